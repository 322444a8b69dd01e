"""Numbers of a run against numbers recorded or run elsewhere, point by point.

The arithmetic is this module's own, not the judge's: what checks the judge may not be the judge.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conceptbook_kit.declaration import Asserted, Curve, Declaration


@dataclass(frozen=True)
class Parity:
    """How close two runs of a curve are; `share` is the worst deviation over what is allowed."""

    curve: str
    points: int
    share: float
    at: float | None
    """The x of the worst point; None where there is nothing to compare."""

    @property
    def ok(self) -> bool:
        return self.share <= 1.0


def against_record(
    declaration: Declaration, asserted: Mapping[str, Asserted], verdict: Mapping[str, Any]
) -> tuple[Parity, ...]:
    """Each curve of a verdict that is judged by points, against its record."""
    runs = {entry["id"]: entry for entry in verdict["curves"]}
    return tuple(
        _parity(curve, asserted.get(curve.id), runs.get(curve.id))
        for curve in declaration.curves
        if curve.judge == "points"
    )


def between(
    declaration: Declaration,
    asserted: Mapping[str, Asserted],
    one: Mapping[str, Any],
    other: Mapping[str, Any],
) -> tuple[Parity, ...]:
    """Each curve of two verdicts against each other, within the recorded curve's tolerance."""
    standing = {
        entry["id"]: Asserted(
            tuple(entry["x"]),
            tuple(math.nan if y is None else y for y in entry["y"]),
            recorded.rtol if (recorded := asserted.get(entry["id"])) else None,
            recorded.atol if recorded else None,
        )
        for entry in one["curves"]
    }
    return against_record(declaration, standing, other)


def worst(parities: tuple[Parity, ...]) -> Parity | None:
    """The curve that is farthest off; None where none is judged by points."""
    return max(parities, key=lambda parity: parity.share, default=None)


def _parity(curve: Curve, asserted: Asserted | None, run: Mapping[str, Any] | None) -> Parity:
    if asserted is None or run is None or not _same_grid(asserted, run):
        return Parity(curve.id, 0, math.inf, None)
    shares = [
        _share(y, asserted.y[i], _tolerance(curve, asserted, i)) for i, y in enumerate(run["y"])
    ]
    top = max(range(len(shares)), key=shares.__getitem__)
    return Parity(curve.id, len(shares), shares[top], asserted.x[top])


def _same_grid(asserted: Asserted, run: Mapping[str, Any]) -> bool:
    x = run["x"]
    if not x or not len(x) == len(run["y"]) == len(asserted.x):
        return False
    size = max(abs(value) for value in asserted.x)
    return all(
        value is not None and math.isclose(value, wanted, rel_tol=1e-12, abs_tol=1e-15 * size)
        for value, wanted in zip(x, asserted.x, strict=True)
    )


def _tolerance(curve: Curve, asserted: Asserted, i: int) -> float:
    rtol = asserted.rtol[i] if asserted.rtol else curve.rtol
    if asserted.atol:
        atol = asserted.atol[i]
    elif curve.atol is not None:
        atol = curve.atol
    else:
        atol = 1e-9 * max(filter(math.isfinite, map(abs, asserted.y)), default=0.0)
    return atol + rtol * abs(asserted.y[i])


def _share(y: float | None, wanted: float, tolerance: float) -> float:
    if y is None or not math.isfinite(y) or not math.isfinite(wanted):
        return math.inf
    if y == wanted:
        return 0.0
    return abs(y - wanted) / tolerance if tolerance else math.inf
