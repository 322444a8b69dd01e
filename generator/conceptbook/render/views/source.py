"""A source as a card: reference, links, what it grounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from ...load import LoadedSource
from .. import words
from ..citation import addresses, reference
from ..prose import inline
from ..resolver import PageResolver, source_anchor


@dataclass(frozen=True)
class Link:
    words: str
    href: str


@dataclass(frozen=True)
class Source:
    """One card of the page's sources."""

    anchor: str
    kind: str
    label: str
    title: str
    href: str
    """Of its own page."""
    reference: str
    note: Markup
    links: tuple[Link, ...]
    access: str | None
    """Said where opening it needs more than a browser."""


ACCESS = {
    "registration": "needs an account",
    "paywalled": "behind a paywall",
    "print": "in print only",
}


def views(keys: Iterable[str], resolver: PageResolver) -> tuple[Source, ...]:
    """The cards of these sources that the bibliography has, in the given order."""
    sources = resolver.shown.notebook.sources
    return tuple(_view(key, sources[key], resolver) for key in keys if key in sources)


def _view(key: str, source: LoadedSource, resolver: PageResolver) -> Source:
    record = source.record
    return Source(
        anchor=source_anchor(key),
        kind=words.SOURCE_TYPE.get(record.type, record.type.replace("-", " ").capitalize()),
        label=resolver.shown.labels[key],
        title=record.title,
        href=resolver.to_source(key),
        reference=reference(record),
        note=inline(source.prose, resolver, "custom", "note"),
        links=tuple(Link(text, href) for text, href in addresses(record)),
        access=ACCESS.get(record.custom.access),
    )
