"""Research room: the objects of a page, what is known of each, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conceptbook_kit.plaintext import plain as label

from ....evidence import ClaimStatus
from ....load import LoadedClaim, LoadedConcept, absolute
from ... import words
from ...citation import addresses, reference
from ...data_file import DataFile, data_file
from ...resolver import PageResolver, claim_anchor, source_anchor
from .question import Question, question

NEEDS = {
    "unreviewed": "A review that opens the places named here and says what they say.",
    "stale": "A new review: the claim or its evidence has changed since the last one.",
    "under-review": "The reviews that are still wanting.",
    "disputed": "An editor's review that settles between the ones that disagree.",
    "rejected": "Words that the evidence bears out, or other evidence.",
    "unsupported": "Evidence of the sort that a claim of this kind needs.",
    "weakened": "Evidence in place of the source that was retracted.",
    "collapsed": "Evidence in place of the sources that were retracted.",
}
"""What a claim still wants, by its computed badge."""


@dataclass(frozen=True)
class Research:
    """`objects` are what the room is built from, in a file beside the page."""

    questions: tuple[Question, ...]
    objects: DataFile

    @property
    def file(self) -> str:
        """Where they are, from the page."""
        return self.objects.path


def view(
    concept: LoadedConcept,
    claims: tuple[str, ...],
    sources: tuple[str, ...],
    statuses: Mapping[str, ClaimStatus],
    resolver: PageResolver,
) -> Research:
    """The research room: every object of the page that can be asked about."""
    claimed = {name: resolver.shown.notebook.claims[name] for name in claims}
    objects = [
        _concept(concept),
        *_claims(claimed, statuses, resolver),
        *_equations(concept, claimed.values()),
        *_witnesses(concept, claimed.values()),
        *_misconceptions(concept),
        *_sources(sources, claimed.values(), resolver),
    ]
    return Research(
        questions=tuple(
            question(index, record, concept, resolver)
            for index, record in enumerate(concept.record.questions)
        ),
        objects=data_file(
            "objects",
            {"concept": concept.id, "title": concept.record.title, "objects": objects},
        ),
    )


def _object(key: str, kind: str, title: str, anchor: str, says: list[str]) -> dict[str, Any]:
    """`says` are the author's own words, for the handoff."""
    return {"key": key, "kind": kind, "title": title, "anchor": anchor, "says": says}


def _concept(concept: LoadedConcept) -> dict[str, Any]:
    record = concept.record
    says = [_line(record.summary)]
    return _object(f"concept:{concept.id}", "Concept", record.title, "main", says)


def _claims(
    claimed: Mapping[str, LoadedClaim], statuses: Mapping[str, ClaimStatus], resolver: PageResolver
) -> Iterator[dict[str, Any]]:
    for name, claim in claimed.items():
        record, status = claim.record, statuses[name]
        if record.withdrawn is not None:
            continue
        badge = words.BADGE.get(status.badge, status.badge)
        says = [
            f"Claim ({words.KIND[record.kind].lower()}; review status: {badge.lower()}): "
            f"{_line(record.statement)}"
        ]
        if record.scope:
            says.append(f"Scope: {_line(record.scope)}")
        says += [f"Caveat: {_line(caveat)}" for caveat in record.caveats]
        title = claim.prose[("statement",)].plain.rstrip(".")
        anchor = claim_anchor(name, resolver.concept)
        found = _object(f"claim:{name}", "Claim", title, anchor, says)
        found["evidence"] = list(_evidence(claim, resolver))
        if status.badge in NEEDS:
            found["needs"] = NEEDS[status.badge]
        yield found


def _evidence(claim: LoadedClaim, resolver: PageResolver) -> Iterator[str]:
    sources = resolver.shown.notebook.sources
    for entry in claim.record.evidence:
        source = sources.get(entry.source)
        said = _cited(source.record) if source else entry.source
        place = f", at {entry.locator}" if entry.locator else ", place not given"
        quote = f': "{_line(entry.quote)}"' if entry.quote else ""
        yield f"Evidence ({words.STANCE[entry.stance].lower()}): {said}{place}{quote}"
    for local in claim.record.witnesses:
        at = f" at x = {local.at:g}" if local.at is not None else ""
        said = _line(local.shows or local.covers or "")
        yield f"Evidence (computed on this page): {local.object} {local.id}{at}: {said}"


def _equations(concept: LoadedConcept, claims: Any) -> Iterator[dict[str, Any]]:
    for name, formula in (concept.page.equations if concept.page else {}).items():
        key = f"equation:{concept.id}/{name}"
        says = [f"Equation ({formula.number}), {name}: $${_line(formula.tex)}$$"]
        found = _object(key, "Equation", f"({formula.number})", f"equation-{name}", says)
        found["related"] = _resting_on(claims, "equation", name, concept.id)
        yield found


def _witnesses(concept: LoadedConcept, claims: Any) -> Iterator[dict[str, Any]]:
    for name, witness in concept.witnesses.items():
        record = witness.record
        title = record.title or record.path
        state = "runs on the page (numpy)" if witness.runs else "is shown and never run"
        says = [f"Program {record.path}, which {state}: {title}"]
        key = f"witness:{concept.id}/{name}"
        found = _object(key, "Witness", title, f"witness-{name}", says)
        if witness.runs:
            found["witness"] = name
        yield found
        for curve in record.curves:
            title = label(curve.label or curve.id)
            says = [f"Curve {curve.id} ({title}) of the program {record.path}"]
            key = f"curve:{concept.id}/{curve.id}"
            found = _object(key, "Curve", title, f"curve-{curve.id}", says)
            found["witness"] = name
            found["related"] = _resting_on(claims, "curve", curve.id, concept.id)
            yield found


def _misconceptions(concept: LoadedConcept) -> Iterator[dict[str, Any]]:
    for item in concept.record.misconceptions:
        says = [f"Often believed, and wrong: {_line(item.text)}", f"Instead: {_line(item.instead)}"]
        found = _object(
            f"misconception:{concept.id}/{item.id}",
            "Misconception",
            _line(item.text).rstrip("."),
            f"misconception-{item.id}",
            says,
        )
        if item.claim:
            found["related"] = [f"claim:{absolute(item.claim, concept.id)}"]
        yield found


def _sources(
    keys: tuple[str, ...], claims: Any, resolver: PageResolver
) -> Iterator[dict[str, Any]]:
    for key in keys:
        source = resolver.shown.notebook.sources.get(key)
        if source is None:
            continue
        title = f"{resolver.shown.labels[key]}: {source.record.title}"
        says = [f"Source: {_cited(source.record)}"]
        found = _object(f"source:{key}", "Source", title, source_anchor(key), says)
        found["related"] = [
            f"claim:{claim.id}"
            for claim in claims
            if any(entry.source == key for entry in claim.record.evidence)
        ]
        yield found


def _resting_on(claims: Any, kind: str, name: str, concept: str) -> list[str]:
    """Keys of the claims that name this object of the concept as evidence."""
    return [
        f"claim:{claim.id}"
        for claim in claims
        if claim.concept == concept
        and any(w.object == kind and w.id == name for w in claim.record.witnesses)
    ]


def _cited(record: Any) -> str:
    """Title, authors, year, container and where to open it."""
    places = addresses(record)
    where = f" {places[0][1]}" if places else ""
    return f"{record.title}. {reference(record)}{where}"


def _line(text: str) -> str:
    return " ".join(text.split())
