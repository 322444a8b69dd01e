"""Long lists on several static pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .address import list_page
from .site import relative

LENGTH = 50
Item = TypeVar("Item")


@dataclass(frozen=True)
class PageLink:
    number: int
    href: str
    current: bool


@dataclass(frozen=True)
class Pager(Generic[Item]):
    """One page of a list: its path, its items, and links to all pages where there are several."""

    path: str
    number: int
    items: Sequence[Item]
    total: int
    links: tuple[PageLink, ...]


def pagers(folder: str, items: Sequence[Item]) -> Iterator[Pager[Item]]:
    """At least one page, also for an empty list."""
    count = max(1, -(-len(items) // LENGTH))
    for number in range(1, count + 1):
        path = list_page(folder, number)
        links = tuple(
            PageLink(n, relative(path, list_page(folder, n)), n == number)
            for n in range(1, count + 1)
        )
        chosen = items[(number - 1) * LENGTH : number * LENGTH]
        yield Pager(path, number, chosen, len(items), links if count > 1 else ())
