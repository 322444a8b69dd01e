"""The shape vocabulary: puts a declared law to a curve, its names resolved, in its range."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from conceptbook_kit.declaration import Shape
from conceptbook_kit.laws import GRID_RTOL, KINDS, XY, Broken, Case, Points, Unfit

__all__ = ["KINDS", "XY", "ShapeResult", "hold", "names"]

WORDS = frozenset({"curve", "axes", "direction"})
"""Arguments that are words, never names of scalars."""


@dataclass(frozen=True)
class ShapeResult:
    """`args` with every name resolved; ok None means that the shape cannot be judged."""

    kind: str
    args: dict[str, Any]
    ok: bool | None
    detail: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def hold(
    shape: Shape,
    x: Sequence[float],
    y: Sequence[float],
    curves: Mapping[str, XY],
    scalars: Mapping[str, float],
) -> ShapeResult:
    """Whether the curve (x, y) obeys the shape.

    `curves` are the others by id, `scalars` the program's numbers by name. A y that is not finite
    in the range breaks the law; what makes it senseless (an x off the grid, an unknown name, a
    logarithm of y <= 0) gives ok None and the reason.
    """
    args = dict(shape.args)
    try:
        args = {key: _resolved(key, value, scalars) for key, value in args.items()}
        if shape.kind not in KINDS:
            raise Unfit(f"{shape.kind} is no shape")
        if len(x) != len(y):
            raise Unfit("x and y differ in length")
        points = _range(x, y, args, shape.kind)
        for at, value in zip(*points, strict=True):
            if not math.isfinite(value):
                raise Broken(f"y is not finite at x = {at:g}")
        ok, detail = KINDS[shape.kind](Case(points, args, curves))
    except Unfit as reason:
        return ShapeResult(shape.kind, args, None, str(reason))
    except (OverflowError, ValueError):  # fsum raises the latter on inf - inf
        return ShapeResult(shape.kind, args, False, "the numbers are too large to compare")
    except Broken as reason:
        return ShapeResult(shape.kind, args, False, str(reason))
    return ShapeResult(shape.kind, args, ok, detail)


def names(shape: Shape) -> set[str]:
    """The scalars of the witness that the shape's arguments name."""
    given = [value for key, value in shape.args.items() if key not in WORDS]
    flat = [v for value in given for v in (value if isinstance(value, list | tuple) else [value])]
    return {value for value in flat if isinstance(value, str)}


def _resolved(key: str, value: Any, scalars: Mapping[str, float]) -> Any:
    if key in WORDS:
        return value
    if isinstance(value, list | tuple):
        return [_resolved("", item, scalars) for item in value]
    if not isinstance(value, str):
        return value
    if value not in scalars:
        raise Unfit(f"the program has no top-level number {value!r}")
    if not math.isfinite(scalars[value]):
        raise Unfit(f"{value} is not finite")
    return scalars[value]


def _range(x: Sequence[float], y: Sequence[float], args: dict[str, Any], kind: str) -> Points:
    """The points of the closed range, by rising x."""
    low = args.get("from", -math.inf)
    # In `converges` the word `to` is the limit, not the end of the range.
    high = args.get("to", math.inf) if kind != "converges" else math.inf
    if any(isinstance(bound, bool) or not isinstance(bound, int | float) for bound in (low, high)):
        raise Unfit("from and to must be numbers")
    if not all(math.isfinite(value) for value in x):
        raise Unfit("x is not finite everywhere")
    slack = GRID_RTOL * max((abs(value) for value in x), default=0.0)
    inside = sorted(
        (point for point in zip(x, y, strict=True) if low - slack <= point[0] <= high + slack),
        key=lambda point: point[0],
    )
    if len(inside) < 2:
        raise Unfit(f"the range holds {len(inside)} of the curve's points; it needs two")
    return Points([point[0] for point in inside], [point[1] for point in inside])
