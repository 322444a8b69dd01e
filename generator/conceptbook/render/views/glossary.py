"""The glossary of notation: each symbol with what it stands for, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ..paging import Pager, Pages
from ..prose import inline
from ..resolver import PageResolver, Shown
from .source import Link


@dataclass(frozen=True)
class Entry:
    symbol: Markup
    means: Markup
    unit: str | None
    where: Link


@dataclass(frozen=True)
class Glossary:
    title: str
    description: str
    total: int
    entries: tuple[Entry, ...]
    pages: Pages | None


Place = tuple[str, int]
"""A concept, and the position of the symbol in its notation."""


def symbols(shown: Shown) -> list[Place]:
    """In reading order of the concepts; one symbol may well mean several things."""
    return [
        (name, index)
        for name in shown.order
        for index in range(len(shown.concepts[name].record.notation))
    ]


def view(pager: Pager[Place], shown: Shown) -> Glossary:
    """One page of the list of symbols."""
    return Glossary(
        title="Notation" if pager.number == 1 else f"Notation, page {pager.number}",
        description="The symbols of this notebook, what each stands for, and where.",
        total=pager.total,
        entries=tuple(_entries(pager, shown)),
        pages=pager.pages,
    )


def _entries(pager: Pager[Place], shown: Shown) -> Iterator[Entry]:
    for name, index in pager.items:
        concept = shown.concepts[name]
        resolver = PageResolver(shown, pager.path, name, apart=True)
        place = ("notation", index)
        yield Entry(
            inline(concept.prose, resolver, *place, "symbol"),
            inline(concept.prose, resolver, *place, "means"),
            concept.record.notation[index].unit,
            Link(concept.record.title, resolver.to_concept(name, "notation")),
        )
