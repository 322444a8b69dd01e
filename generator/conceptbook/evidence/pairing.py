"""What is the same in two lists, by one rule after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def paired(
    before: Sequence[T], after: Sequence[T], *rules: Callable[[T, T], bool]
) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """Pairs that the first rule calls the same, then of the rest those of the next rule; then
    what is gone, and what came."""
    gone, come, pairs = list(before), list(after), []
    for same in rules:
        for one in list(gone):
            other = next((other for other in come if same(one, other)), None)
            if other is not None:
                gone.remove(one)
                come.remove(other)
                pairs.append((one, other))
    return pairs, gone, come
