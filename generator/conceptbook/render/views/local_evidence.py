"""Local objects that show a claim: curves and assertions as recorded, proofs and equations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conceptbook_kit import declaration as kit
from conceptbook_kit.scales import format_number
from markupsafe import Markup

from ...evidence.grounding import witness_holds
from ...evidence.identity import find_curve
from ...load import LoadedClaim, LoadedConcept, LoadedWitness
from ...markup import MathError, mathml, parse_page, to_html
from ...model.claim import WitnessEvidence
from .. import words
from ..prose import inline
from ..resolver import PageResolver
from . import plot as plots
from .law import Law
from .plot import Plot
from .witness import ran_on, recorded_verdict


@dataclass(frozen=True)
class LocalEvidence:
    """One object of the claim's own concept."""

    key: str
    anchor: str
    kind: str
    title: str
    href: str | None
    says: Markup
    covers: bool
    """`says` names the part of the claim that it covers."""
    state: str
    """`holds`, `fails`, or `` for what no run decides."""
    recorded: str
    """What record.json says, in a sentence."""
    laws: tuple[Law, ...]
    plot: Plot | None
    """Its drawing, where no earlier object of the claim has shown it."""
    content: Markup
    """A proof or an equation, whole."""
    run: str | None
    """Where the program can be run."""


def objects(claim: LoadedClaim, resolver: PageResolver) -> tuple[LocalEvidence, ...]:
    """The claim's local objects in its order; a plot is drawn at the first that needs it."""
    concept = resolver.shown.concepts.get(claim.concept)
    if concept is None:
        return ()
    drawn: set[str] = set()
    return tuple(
        _object(claim, index, concept, resolver, drawn)
        for index in range(len(claim.record.witnesses))
    )


def _object(
    claim: LoadedClaim,
    index: int,
    concept: LoadedConcept,
    resolver: PageResolver,
    drawn: set[str],
) -> LocalEvidence:
    entry = claim.record.witnesses[index]
    witness, curve = _program(entry, concept)
    target = resolver.local(claim.concept, entry.object, entry.id)
    plot = _plot(entry, concept, witness, resolver)
    field = "shows" if entry.shows else "covers"
    fresh = plot is not None and plot.id not in drawn
    if plot is not None:
        drawn.add(plot.id)
    groups = plot.laws if plot else ()
    demo = f"demo-{witness.record.id}" if witness and witness.runs else ""
    return LocalEvidence(
        key=entry.key,
        anchor=f"shown-{index + 1}",
        kind=words.OBJECT[entry.object],
        title=_title(entry, target.title if target else "", witness),
        covers=entry.shows is None,
        href=target.href if target else None,
        says=inline(claim.prose, resolver, "witnesses", index, field),
        state=_state(entry, claim, resolver) if witness and witness.runs else "",
        recorded=_recorded(entry, concept, witness, curve),
        laws=tuple(law for group in groups if group.id == entry.id for law in group.laws),
        plot=plot if fresh else None,
        content=_content(entry, concept, resolver),
        run=resolver.to_concept(concept.id, demo) if demo else None,
    )


def _program(
    entry: WitnessEvidence, concept: LoadedConcept
) -> tuple[LoadedWitness | None, kit.Curve | None]:
    if entry.object == "curve":
        return find_curve(concept, entry.id) or (None, None)
    if entry.object == "assert":
        return concept.witnesses.get(entry.id), None
    return None, None


def _title(entry: WitnessEvidence, title: str, witness: LoadedWitness | None) -> str:
    name = title or entry.id
    if entry.object == "assert" and witness is not None:
        name = f"Assertions of {witness.record.title or witness.record.path}"
    name = name[:1].upper() + name[1:]
    return name if entry.at is None else f"{name} at {format_number(entry.at)}"


def _state(entry: WitnessEvidence, claim: LoadedClaim, resolver: PageResolver) -> str:
    return "holds" if witness_holds(entry, claim, resolver.shown.notebook) else "fails"


def _recorded(
    entry: WitnessEvidence,
    concept: LoadedConcept,
    witness: LoadedWitness | None,
    curve: kit.Curve | None,
) -> str:
    if witness is None:
        return ""
    if not witness.runs:
        return "This program is shown and never run here, so nothing shows that it holds."
    verdict = recorded_verdict(concept, witness)
    if not verdict:
        return "No run of this program has been recorded."
    versions = words.listed(ran_on(verdict), "with")
    where = f"The recorded run ({versions})" if versions else "The recorded run"
    if curve is None:
        held = verdict.get("asserts", {}).get("ok")
        return f"{where} {'met' if held else 'did not meet'} every assertion of the program."
    judged = next((c for c in verdict.get("curves", ()) if c["id"] == curve.id), None)
    if judged is None:
        return f"{where} gave no such curve."
    return f"{where} {_judged(judged, curve, witness, entry.at)}"


def _judged(
    judged: Mapping[str, Any], curve: kit.Curve, witness: LoadedWitness, at: float | None
) -> str:
    points, shapes = judged.get("points", ()), judged.get("shapes", ())
    close = sum(bool(point["ok"]) for point in points)
    parts = []
    if curve.judge == "points" and points:
        parts.append(f"met {close} of {words.count(len(points), 'recorded point')}")
    if shapes:
        held = sum(bool(shape["ok"]) for shape in shapes)
        parts.append(f"kept {held} of {words.count(len(shapes), 'law')}")
    said = words.listed(parts) or "was recorded"
    value = _value_at(witness, curve.id, at)
    return f"{said}{f'; the recorded value is {value}' if value else ''}."


def _value_at(witness: LoadedWitness, curve: str, at: float | None) -> str | None:
    record = witness.asserted.get(curve)
    if record is None or at is None:
        return None
    pairs = zip(record.x, record.y, strict=True)
    return next((format_number(y, plots.DIGITS) for x, y in pairs if x == at), None)


def _plot(
    entry: WitnessEvidence,
    concept: LoadedConcept,
    witness: LoadedWitness | None,
    resolver: PageResolver,
) -> Plot | None:
    if entry.object != "curve" or witness is None or witness.declaration is None:
        return None
    verdict = recorded_verdict(concept, witness)
    results = {curve["id"]: curve for curve in verdict.get("curves", ())}
    for index, plot in enumerate(witness.declaration.plots):
        if any(curve.id == entry.id for curve in plot.curves):
            return plots.view(index, plot, witness, results, resolver)
    return None


def _content(entry: WitnessEvidence, concept: LoadedConcept, resolver: PageResolver) -> Markup:
    """The proof or the equation itself, so that it can be read beside the claim."""
    if concept.page is None:
        return Markup("")
    if entry.object == "equation" and entry.id in concept.page.equations:
        try:
            return Markup(mathml(concept.page.equations[entry.id].tex, True))
        except MathError:
            return Markup("")
    if entry.object == "proof":
        for proof in concept.page.proofs:
            if proof.id == entry.id:
                page, _ = parse_page(f"## Math\n\n{proof.text}\n", concept.page.path)
                return Markup(to_html(page.sections[0].fragment, resolver))
    return Markup("")
