"""Points of a line that can be told apart by eye: a long record draws as short as it looks."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

UNSEEN = 0.1
"""Units of the drawing, 640 wide, that a line may be off."""

Point = tuple[float, float]
ANY, NONE = (float("-inf"), float("inf")), (float("inf"), float("-inf"))


def seen(points: Sequence[Point]) -> list[Point]:
    """The points without those that the line through their neighbours passes within `UNSEEN`.

    From the last point kept, a window of slopes leads past all points since; where the next
    point lies outside of it, the one before is kept.
    """
    kept = list(points[:1])
    window = ANY
    for last, point in itertools.pairwise(points):
        if last is not kept[-1] and not _leads(kept[-1], point, window):
            kept.append(last)
            window = ANY
        window = _narrowed(kept[-1], point, window)
    return kept + list(points[1:][-1:])


def _leads(start: Point, end: Point, window: Point) -> bool:
    """No window leads straight up or back."""
    across = end[0] - start[0]
    return across > 0 and window[0] <= (end[1] - start[1]) / across <= window[1]


def _narrowed(start: Point, by: Point, window: Point) -> Point:
    across, up = by[0] - start[0], by[1] - start[1]
    if across <= 0:
        return NONE
    return max(window[0], (up - UNSEEN) / across), min(window[1], (up + UNSEEN) / across)


def places(points: Iterable[Point]) -> list[str]:
    """The points as text, `12.5,80`; a tenth of a unit is as much as can be seen."""
    return [f"{_short(x)},{_short(y)}" for x, y in points]


def _short(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
