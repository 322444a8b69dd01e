"""What a run would change in a recorded curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

SHOWN = 5


@dataclass(frozen=True)
class Point:
    """One point of a curve, run against record."""

    x: float
    asserted: float
    y: float | None
    """None where it is not finite."""
    deviation: float | None
    allowed: float

    @property
    def share(self) -> float:
        """The deviation as a part of what is allowed."""
        if self.deviation is None:
            return float("inf")
        if self.deviation == 0:
            return 0.0
        return self.deviation / self.allowed if self.allowed else float("inf")

    def __str__(self) -> str:
        now = "not finite" if self.y is None else f"{self.y!r}"
        return f"x = {self.x:g}: {self.asserted!r} -> {now} (allowed ± {self.allowed:.3g})"


@dataclass(frozen=True)
class CurveChange:
    """A curve's run against its record.

    `changed` with an empty `first` means another grid, which `detail` describes. `missing`: the
    run left no curve to write; `detail` says why.
    """

    curve: str
    state: Literal["new", "unchanged", "changed", "missing"]
    points: int
    worst: Point | None = None
    first: tuple[Point, ...] = ()
    """The first points outside their tolerance, at most five."""
    detail: str | None = None

    def lines(self) -> list[str]:
        """For people: a line, and one for each of the first changed points."""
        text = f"{self.curve}: {self.state}, {self.points} points"
        if self.worst and self.worst.deviation is not None:
            text += (
                f"; worst deviation {self.worst.deviation:.3g} of {self.worst.allowed:.3g}"
                f" allowed, at x = {self.worst.x:g}"
            )
        if self.detail:
            text += f" ({self.detail})"
        return [text, *(f"  {point}" for point in self.first)]


def compared(curve: str, entry: Mapping[str, Any], *, recorded: bool, kept: bool) -> CurveChange:
    """The change from a curve's entry in a Verdict, judged by points against the record."""
    if not recorded:
        return CurveChange(curve, "new", len(entry["x"]))
    fields = ("x", "asserted", "y", "deviation", "allowed")
    same_grid = not str(entry["detail"] or "").startswith("another x grid")
    points = [Point(*(point[name] for name in fields)) for point in entry["points"]]
    return CurveChange(
        curve,
        "unchanged" if kept else "changed",
        len(entry["x"]),
        worst=max(points, key=lambda point: point.share, default=None) if same_grid else None,
        first=_outside(points, entry["points"]) if same_grid else (),
        detail=entry["detail"],
    )


def _outside(points: Sequence[Point], judged: Sequence[Mapping[str, Any]]) -> tuple[Point, ...]:
    bad = [point for point, entry in zip(points, judged, strict=True) if not entry["ok"]]
    return tuple(bad[:SHOWN])
