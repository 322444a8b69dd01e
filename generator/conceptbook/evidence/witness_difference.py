"""What the notebook itself shows of a claim, in two revisions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from conceptbook_kit.declaration import Curve

from ..diagnostics import Diagnostic, Span
from ..diagnostics.catalogue import changes as rules
from ..load.loaded import LoadedClaim, LoadedConcept, LoadedNotebook
from ..model.claim import WitnessEvidence
from .digests import judged_points, text
from .evidence_difference import Found
from .pairing import paired
from .wording import derivation, wording

Entry = tuple[int, WitnessEvidence]
"""The position in the claim, the entry."""
SAME: tuple[Callable[[Entry, Entry], bool], ...] = (
    lambda a, b: (a[1].key, a[1].at) == (b[1].key, b[1].at),
    lambda a, b: a[1].key == b[1].key,
    lambda a, b: a[1].model_copy(update={"id": b[1].id}) == b[1],
)
"""The same object, at the same x where it stands twice; else one that only its id tells apart."""


def shown_changes(
    old: tuple[LoadedClaim, LoadedNotebook], new: tuple[LoadedClaim, LoadedNotebook]
) -> Iterator[Found]:
    """What became of each local object that a claim names."""
    claim, entries = new[0], list(enumerate(new[0].record.witnesses))
    pairs, gone, come = paired(list(enumerate(old[0].record.witnesses)), entries, *SAME)
    for (_, one), (index, other) in pairs:
        before, after = _said(one, old[1]), _said(other, new[1])
        if before != after:
            span = claim.places.value("witnesses", index)
            message = f"what {other.key} shows is put otherwise"
            yield rules.EVIDENCE_REWORDED, span, message, before or None, after or None
    span = claim.places.key("witnesses") if entries else claim.places.value("statement")
    for _, entry in gone:
        message = f"{entry.key} is not named as showing the claim any more"
        yield rules.WITNESS_DROPPED, span, message, entry.key, None
    for index, entry in come:
        span = claim.places.value("witnesses", index)
        message = f"{entry.key} is said to show the claim"
        yield rules.WITNESS_ADDED, span, message, None, entry.key


def asserted_otherwise(old: LoadedConcept, new: LoadedConcept) -> Iterator[Diagnostic]:
    """Curves whose points are judged in another way, or that must hold other shapes."""
    before = {curve: how for _, curve, how in _asserted(old)}
    for span, curve, how in _asserted(new):
        if curve in before and before[curve] != how:
            was = before[curve]
            moves = [
                f"{name} ({was[name]}, now {now})" if isinstance(now, float | str) else name
                for name, now in how.items()
                if now != was[name]
            ]
            message = f'of the curve "{curve}" another {", another ".join(moves)} is asserted'
            yield rules.ASSERTION_CHANGED.at(span, message)


def derived_otherwise(
    old: tuple[LoadedConcept, LoadedNotebook],
    new: tuple[LoadedConcept, LoadedNotebook],
    named: Collection[str],
) -> Iterator[tuple[Diagnostic, str, str]]:
    """Proofs and equations whose text changed, of those that claims name (as "proof:id")."""
    before = {key: words for key, _, words in _derived(*old)}
    for key, span, words in _derived(*new):
        if key in named and key in before and before[key] != words:
            message = f"{key}, which a claim names, was rewritten"
            yield rules.PROOF_REWRITTEN.at(span, message), before[key], words


def _said(entry: WitnessEvidence, notebook: LoadedNotebook) -> str:
    said = [wording(words, notebook.sources) for words in (entry.shows, entry.covers) if words]
    return "; ".join([f"at {entry.at:g}", *said] if entry.at is not None else said)


def _asserted(concept: LoadedConcept) -> Iterator[tuple[Span, str, dict[str, Any]]]:
    for witness in concept.witnesses.values():
        if witness.declaration is None:
            continue
        curves = {curve.id: curve for curve in witness.declaration.curves}
        for p, plot in enumerate(witness.record.plots):
            for c, record in enumerate(plot.curves):
                place = ("witnesses", witness.index, "plots", p, "curves", c, "id")
                yield concept.places.value(*place), record.id, _judged(record.id, curves)


def _judged(name: str, curves: Mapping[str, Curve]) -> dict[str, Any]:
    """How a curve is judged; another curve by its sequences, since ids may change."""
    shapes = []
    for shape in curves[name].shapes:
        args = dict(shape.args)
        if other := curves.get(args.get("curve", "")):
            args["curve"] = [other.x, other.y]
        shapes.append([shape.kind, args])
    return {**judged_points(curves[name]), "shapes": shapes}


def _derived(concept: LoadedConcept, notebook: LoadedNotebook) -> Iterator[tuple[str, Span, str]]:
    for proof in concept.page.proofs if concept.page else ():
        words = (derivation(words, notebook.sources) for words in (proof.text, *proof.notes))
        yield f"proof:{proof.id}", proof.span, " ".join(words)
    for name, formula in concept.page.equations.items() if concept.page else ():
        yield f"equation:{name}", formula.span, text(formula.tex)
