"""Native, browser and asserted side by side, for each point of each curve."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .row import Row

HEAD = ("x", "native", "browser", "asserted", "allowed ±", "off by")


@dataclass(frozen=True)
class Point:
    """One point; a value that was not computed, or is not finite, is None."""

    x: float
    asserted: float
    allowed: float
    native: float | None
    browser: float | None

    @property
    def share(self) -> float:
        """The farther value's deviation over what is allowed."""
        return max(self._share(y) for y in (self.native, self.browser))

    def _share(self, y: float | None) -> float:
        if y is None:
            return math.inf
        if y == self.asserted:
            return 0.0
        return abs(y - self.asserted) / self.allowed if self.allowed else math.inf


@dataclass(frozen=True)
class Sides:
    """A curve that is judged by its points, in both places."""

    concept: str
    witness: str
    curve: str
    points: tuple[Point, ...]

    @property
    def worst(self) -> Point:
        return max(self.points, key=lambda point: point.share)

    def to_json(self) -> dict[str, Any]:
        points = [{**vars(point), "share": point.share} for point in self.points]
        worst = self.worst
        return {
            "concept": self.concept,
            "witness": self.witness,
            "curve": self.curve,
            "worst": {"x": worst.x, "share": worst.share},
            "points": points,
        }

    def lines(self) -> Iterator[str]:
        """A table with a line for each point; the worst is marked."""
        worst = self.worst
        rows = [HEAD, *(_cells(point, point is worst) for point in self.points)]
        widths = [max(len(row[k]) for row in rows) for k in range(len(HEAD))]
        yield f"{self.concept} {self.witness}, curve {self.curve}"
        for row in rows:
            cells = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
            yield "  " + "  ".join(cells)


def beside(rows: Sequence[Row]) -> list[Sides]:
    """The curves of witnesses that have a verdict in both places, in the order of the rows."""
    verdicts = {(row.concept, row.witness, row.place): row.verdict for row in rows}
    found = []
    for row in rows:
        native = verdicts.get((row.concept, row.witness, "native"))
        browser = verdicts.get((row.concept, row.witness, "browser"))
        if row.place == "native" and native and browser:
            found += _curves(row, native, browser)
    return found


def _curves(row: Row, native: Mapping[str, Any], browser: Mapping[str, Any]) -> Iterator[Sides]:
    there = {curve["id"]: curve["points"] for curve in browser["curves"]}
    for curve in native["curves"]:
        ours, theirs = curve["points"], there.get(curve["id"], ())
        points = [
            Point(one["x"], one["asserted"], one["allowed"], one["y"], other["y"])
            for one, other in zip(ours, theirs, strict=False)
            if one["asserted"] is not None and one["allowed"] is not None
        ]
        if points:
            yield Sides(row.concept, row.witness, curve["id"], tuple(points))


def _cells(point: Point, is_worst: bool) -> tuple[str, ...]:
    numbers = (point.x, point.native, point.browser, point.asserted)
    shown = ("-" if number is None else f"{number!r}" for number in numbers)
    share = f"{point.share:.1g} of it" if math.isfinite(point.share) else "more than it"
    return (*shown, f"{point.allowed:.2g}", f"{share}{', the worst' if is_worst else ''}")
