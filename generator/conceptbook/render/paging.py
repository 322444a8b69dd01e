"""Long lists on several static pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .address import list_page
from .site import relative

LENGTH = 50
Item = TypeVar("Item")


NEAR = 2
"""How many pages before and after the present one are named, beside the first and the last."""


@dataclass(frozen=True)
class PageLink:
    number: int
    href: str
    current: bool
    gap: bool
    """Pages between the link before and this one are left out."""


@dataclass(frozen=True)
class Pages:
    """Where the other pages of a list are: each is reached from each, step by step."""

    links: tuple[PageLink, ...]
    count: int
    root: str
    """Of the list's first page; page n is `page/n/` below it."""


@dataclass(frozen=True)
class Pager(Generic[Item]):
    """One page of a list: its path, its items, and the other pages where there are several."""

    path: str
    number: int
    items: Sequence[Item]
    total: int
    pages: Pages | None


def pagers(folder: str, items: Sequence[Item]) -> Iterator[Pager[Item]]:
    """At least one page, also for an empty list."""
    count = max(1, -(-len(items) // LENGTH))
    for number in range(1, count + 1):
        path = list_page(folder, number)
        chosen = items[(number - 1) * LENGTH : number * LENGTH]
        pages = _pages(folder, path, number, count) if count > 1 else None
        yield Pager(path, number, chosen, len(items), pages)


def _pages(folder: str, path: str, number: int, count: int) -> Pages:
    near = range(number - NEAR, number + NEAR + 1)
    named = [n for n in range(1, count + 1) if n in (1, count) or n in near]
    links = tuple(
        PageLink(n, relative(path, list_page(folder, n)), n == number, n - before > 1)
        for before, n in zip([0, *named], named, strict=False)
    )
    return Pages(links, count, relative(path, list_page(folder, 1)))
