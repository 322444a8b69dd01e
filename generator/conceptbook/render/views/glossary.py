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
    where: tuple[Link, ...]


@dataclass(frozen=True)
class Glossary:
    title: str
    description: str
    total: int
    entries: tuple[Entry, ...]
    pages: Pages | None


Places = list[tuple[str, int]]
"""Of one meaning of a symbol: a concept, and the position in its notation."""


def meanings(shown: Shown) -> list[Places]:
    """In reading order of the concepts; what one symbol means here and there stands together."""
    found: dict[str, dict[tuple[str, str | None], Places]] = {}
    for name in shown.order:
        for index, entry in enumerate(shown.concepts[name].record.notation):
            of_symbol = found.setdefault(entry.symbol, {})
            of_symbol.setdefault((entry.means, entry.unit), []).append((name, index))
    return [places for of_symbol in found.values() for places in of_symbol.values()]


def view(pager: Pager[Places], shown: Shown) -> Glossary:
    """One page of the list of symbols."""
    return Glossary(
        title="Notation" if pager.number == 1 else f"Notation, page {pager.number}",
        description="The symbols of this notebook, what each stands for, and where.",
        total=pager.total,
        entries=tuple(_entries(pager, shown)),
        pages=pager.pages,
    )


def _entries(pager: Pager[Places], shown: Shown) -> Iterator[Entry]:
    for places in pager.items:
        name, index = places[0]
        concept = shown.concepts[name]
        resolver = PageResolver(shown, pager.path, name, apart=True)
        place = ("notation", index)
        yield Entry(
            inline(concept.prose, resolver, *place, "symbol"),
            inline(concept.prose, resolver, *place, "means"),
            concept.record.notation[index].unit,
            tuple(
                Link(shown.concepts[home].record.title, resolver.to_concept(home, "notation"))
                for home, _ in places
            ),
        )
