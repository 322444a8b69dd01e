"""The drawn data: lines, points, bars, steps, spread bands and tolerances."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from conceptbook_kit.declaration import Plot
from conceptbook_kit.layers import RUNS, Frame, Layer, Values, classes, curve_of
from conceptbook_kit.outline import Point, places, seen
from conceptbook_kit.svg import circle, number, rectangle

MOST_DOTS = 40
THINNEST = 3.0
"""A tolerance band less high than this would only blur the line; the sentence tells it."""


def draw(layer: Layer, plot: Plot, frame: Frame, over: set[str]) -> list[str]:
    """One layer in its curve's mark; `over` holds the ids of the curves that a run stands over."""
    curve = curve_of(plot, layer)
    # The run's dots stand over the record's, so only the topmost layer has any.
    topmost = layer.role in RUNS or (layer.role == "asserted" and layer.curve_id not in over)
    points = [frame.point(x, y) for x, y in zip(layer.x, layer.y, strict=False)]
    parts = [f'<g class="{classes(plot, layer)}">']
    if curve.mark == "bars":
        parts += _bars(layer, points, frame)
    elif curve.mark == "points":
        parts += [circle(point, 3.5) for point in points if point]
    else:
        path = _path(points, stepped=curve.mark == "steps")
        if path:
            parts.append(f'<path class="cb-line" fill="none" d="{path}"/>')
        seen = [point for point in points if point]
        if len(seen) == 1:
            parts.append(circle(seen[0], 4.5))
        elif topmost and curve.mark == "line" and len(seen) <= MOST_DOTS:
            parts += [circle(point, 2.75) for point in seen]
    parts.append("</g>")
    return parts


def _bars(layer: Layer, points: Sequence[tuple[float, float] | None], frame: Frame) -> list[str]:
    places = sorted({point[0] for point in points if point})
    gaps = [b - a for a, b in itertools.pairwise(places)]
    slot = min(min(gaps, default=60.0), 60.0) * 0.78 / len(frame.bars)
    shift = (frame.bars.index(layer.curve_id) - (len(frame.bars) - 1) / 2) * slot
    width = slot * (0.45 if layer.role in RUNS else 0.92)
    ground = frame.y.place(0.0) if frame.y.kind == "linear" else frame.bottom
    parts = []
    for point in points:
        if point:
            x, y = point[0] + shift - width / 2, min(point[1], ground)
            box = rectangle(x, y, width, abs(ground - point[1]))
            parts.append(f'<rect class="cb-bar" {box}/>')
    return parts


def _path(points: Iterable[tuple[float, float] | None], *, stepped: bool) -> str:
    """The path of a line, a piece for each unbroken stretch; a lone point is a dot."""
    pieces: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            pieces.append([])
        else:
            pieces[-1].append(point)
    return "".join(_piece(piece, stepped) for piece in pieces if piece)


def _piece(points: list[Point], stepped: bool) -> str:
    if len(points) == 1:
        return f"M{places(points)[0]}h0"
    if not stepped:
        return "M" + "L".join(places(seen(points)))
    (first, *others) = points
    steps = (f"H{number(x)}V{number(y)}" for x, y in others)
    return f"M{number(first[0])},{number(first[1])}{''.join(steps)}"


def bands(layer: Layer, plot: Plot, frame: Frame) -> list[str]:
    """The spread of a layer, and its tolerance where that is wide enough to be seen."""
    parts = []
    if layer.low is not None and layer.high is not None:
        path, _ = _area(layer.x, layer.low, layer.high, frame)
        if path:
            parts.append(f'<path class="cb-band {classes(plot, layer)}" d="{path}"/>')
    if layer.tol_low is not None and layer.tol_high is not None:
        path, thickness = _area(layer.x, layer.tol_low, layer.tol_high, frame)
        if path and thickness > THINNEST:
            parts.append(f'<path class="cb-tolerance {classes(plot, layer)}" d="{path}"/>')
    return parts


def _area(x: Values, low: Values, high: Values, frame: Frame) -> tuple[str, float]:
    """The path of a band, a piece for each unbroken stretch, and its greatest height."""
    pieces: list[list[tuple[float, float, float]]] = [[]]
    for a, b, c in zip(x, low, high, strict=False):
        below, above = frame.point(a, b), frame.point(a, c)
        if above and not below and frame.y.kind == "log":
            below = (above[0], frame.bottom + 20)
        if below and above:
            pieces[-1].append((below[0], below[1], above[1]))
        elif pieces[-1]:
            pieces.append([])
    path, thickness = "", 0.0
    for piece in pieces:
        if len(piece) > 1:
            there = [(p[0], p[2]) for p in piece]
            back = [(p[0], p[1]) for p in reversed(piece)]
            path += "M" + "L".join(places(seen(there) + seen(back[::-1])[::-1])) + "Z"
            thickness = max(thickness, *(abs(p[1] - p[2]) for p in piece))
    return path, thickness
