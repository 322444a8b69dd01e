"""What a parsed text is made of: Fragment and its objects, Section, Proof and Page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from markdown_it.token import Token

from ..diagnostics import Span

OBJECT_KINDS = (
    "concept",
    "claim",
    "source",
    "equation",
    "curve",
    "witness",
    "value",
    "misconception",
    "demo",
)
SECTIONS = ("intuition", "math", "code", "demo")


@dataclass(frozen=True)
class CitationItem:
    """One source of a citation: `see @key, fig. 1` has prefix `see` and locator `fig. 1`."""

    key: str
    prefix: str
    locator: str
    span: Span


@dataclass(frozen=True)
class Citation:
    """`[@a, p. 2; see @b]`, or in the running text (`narrative`) `@a [p. 2]`."""

    items: tuple[CitationItem, ...]
    narrative: bool
    span: Span


@dataclass(frozen=True)
class ObjectLink:
    """`[text](kind:[concept/]id[@value])`; empty text asks for the object's title."""

    kind: str
    target: str
    value: str | None
    text: str
    span: Span


@dataclass(frozen=True)
class PlainLink:
    """A link to an address: https, mailto, a relative page or `#anchor`."""

    href: str
    span: Span


@dataclass(frozen=True)
class Image:
    src: str
    alt: str
    decorative: bool
    span: Span


@dataclass(frozen=True)
class Formula:
    """TeX as written; `id` names a display equation, `number` counts those of a page from 1."""

    tex: str
    display: bool
    id: str | None
    span: Span
    number: int | None = None


@dataclass(frozen=True)
class Fragment:
    """A parsed text. `tokens` concern markup alone; `plain` is the text for search and meta."""

    tokens: tuple[Token, ...] = ()
    citations: tuple[Citation, ...] = ()
    links: tuple[ObjectLink, ...] = ()
    hrefs: tuple[PlainLink, ...] = ()
    images: tuple[Image, ...] = ()
    formulas: tuple[Formula, ...] = ()
    plain: str = ""


@dataclass(frozen=True)
class Proof:
    """A `::: proof` or `::: example` block; `text` is its source, for digests."""

    kind: Literal["proof", "example"]
    id: str | None
    text: str
    span: Span
    notes: tuple[str, ...] = ()
    """The sources of the footnotes that it cites."""


@dataclass(frozen=True)
class Heading:
    """A heading below level 2 of a section."""

    level: int
    id: str
    title: str


@dataclass(frozen=True)
class Section:
    """The part of a page under one of the four level-2 headings."""

    id: str
    fragment: Fragment
    span: Span
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True)
class Page:
    """A parsed page.md."""

    path: str
    sections: tuple[Section, ...] = ()
    proofs: tuple[Proof, ...] = ()
    text: str = ""
    equations: dict[str, Formula] = field(default_factory=dict)
    """Named display equations by id, in the order of the page."""

    def section(self, name: str) -> Section | None:
        return next((section for section in self.sections if section.id == name), None)

    @property
    def fragments(self) -> Iterator[Fragment]:
        return (section.fragment for section in self.sections)

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(item for fragment in self.fragments for item in fragment.citations)

    @property
    def links(self) -> tuple[ObjectLink, ...]:
        return tuple(item for fragment in self.fragments for item in fragment.links)

    @property
    def hrefs(self) -> tuple[PlainLink, ...]:
        return tuple(item for fragment in self.fragments for item in fragment.hrefs)

    @property
    def images(self) -> tuple[Image, ...]:
        return tuple(item for fragment in self.fragments for item in fragment.images)

    @property
    def formulas(self) -> tuple[Formula, ...]:
        return tuple(item for fragment in self.fragments for item in fragment.formulas)

    @property
    def plain(self) -> str:
        return "\n".join(fragment.plain for fragment in self.fragments if fragment.plain)
