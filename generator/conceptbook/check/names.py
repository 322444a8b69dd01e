"""Ids that must mean one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..diagnostics import Diagnostic, Span
from ..diagnostics.catalogue import references as rules
from ..load import LoadedConcept, LoadedNotebook, absolute

Named = Iterable[tuple[str, Span]]


def duplicate_ids(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Ids that stand twice where they must tell things apart, and old ids that are in use."""
    places = notebook.settings_places
    yield from _twice(
        "domain",
        (
            (domain.id, places.value("domains", index, "id"))
            for index, domain in enumerate(notebook.settings.domains)
        ),
    )
    for concept in notebook.concepts.values():
        yield from _in_concept(concept)
    for claim in notebook.claims.values():
        yield from _twice(
            "review",
            (
                (review.id, claim.places.value("reviews", index, "id"))
                for index, review in enumerate(claim.record.reviews)
                if review.id
            ),
        )
    yield from _aliases(notebook)


def _in_concept(concept: LoadedConcept) -> Iterator[Diagnostic]:
    record, value = concept.record, concept.places.value
    witnesses = list(enumerate(record.witnesses))
    plots = [(w, p, plot) for w, witness in witnesses for p, plot in enumerate(witness.plots)]
    yield from _twice(
        "witness", ((witness.id, _id(concept, "witnesses", w)) for w, witness in witnesses)
    )
    yield from _twice(
        "plot", ((plot.id, value("witnesses", w, "plots", p, "id")) for w, p, plot in plots)
    )
    yield from _twice(
        "curve",
        (
            (curve.id, value("witnesses", w, "plots", p, "curves", c, "id"))
            for w, p, plot in plots
            for c, curve in enumerate(plot.curves)
        ),
    )
    for w, witness in witnesses:
        yield from _twice(
            "control",
            (
                (control.name, value("witnesses", w, "controls", c, "name"))
                for c, control in enumerate(witness.controls)
            ),
        )
    for kind, items in (("practice", record.practice), ("misconceptions", record.misconceptions)):
        yield from _twice(
            kind.removesuffix("s") if kind != "practice" else "practice card",
            ((item.id, _id(concept, kind, i)) for i, item in enumerate(items) if item.id),
        )
    if record.claims:
        yield from _twice(
            "claim",
            (
                (absolute(name, concept.id), value("claims", i))
                for i, name in enumerate(record.claims)
            ),
        )


def _aliases(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Old ids that are in use, or that two objects share."""
    taken: dict[str, str] = dict.fromkeys(notebook.concepts, "the id of a concept")
    taken |= dict.fromkeys(notebook.claims, "the id of a claim")
    old = [
        (alias, concept.id, concept.places.value("aliases", index))
        for concept in notebook.concepts.values()
        for index, alias in enumerate(concept.record.aliases)
    ] + [
        (absolute(alias, claim.concept), claim.id, claim.places.value("aliases", index))
        for claim in notebook.claims.values()
        for index, alias in enumerate(claim.record.aliases)
    ]
    for alias, owner, span in old:
        if alias in taken:
            yield rules.DUPLICATE_ID.at(
                span,
                f'the old id "{alias}" is {taken[alias]}',
                "an address means one thing: take the alias away",
            )
        taken.setdefault(alias, f'an old id of "{owner}" too')


def _twice(kind: str, named: Named) -> Iterator[Diagnostic]:
    first: dict[str, Span] = {}
    for name, span in named:
        if name in first:
            yield rules.DUPLICATE_ID.at(
                span, f'the {kind} "{name}" stands twice', related=[(first[name], "first here")]
            )
        first.setdefault(name, span)


def _id(concept: LoadedConcept, key: str, index: int) -> Span:
    return concept.places.value(key, index, "id")
