"""What to draw: the layers of a plot from its record, from a run and from earlier runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from conceptbook_kit.declaration import Asserted, Plot
from conceptbook_kit.judge import allowed
from conceptbook_kit.layers import Layer, Mark, Values
from conceptbook_kit.scales import format_number

Results = Sequence[Mapping[str, Any]]
"""The shape results of a curve as the verdict has them: {kind, args, ok, detail}."""


def recorded(plot: Plot, asserted: Mapping[str, Asserted]) -> list[Layer]:
    """The recorded curves, each with its tolerance."""
    layers = []
    for curve in plot.curves:
        record = asserted.get(curve.id)
        if record is None:
            continue
        low = high = None
        if curve.judge == "points":
            reach = [allowed(curve, record, i) for i in range(len(record.y))]
            low = [y - r for y, r in zip(record.y, reach, strict=True)]
            high = [y + r for y, r in zip(record.y, reach, strict=True)]
        layers.append(Layer(curve.id, record.x, record.y, tol_low=low, tol_high=high))
    return layers


def live(
    plot: Plot, verdict: Mapping[str, Any], arrays: Mapping[str, Sequence[float]]
) -> list[Layer]:
    """The curves of a run, with their spread bands and the marks of their shapes."""
    entries = {entry["id"]: entry for entry in verdict["curves"]}
    layers = []
    for curve in plot.curves:
        entry = entries.get(curve.id)
        if entry is None or not entry["x"] or len(entry["x"]) != len(entry["y"]):
            continue
        low = high = None
        if curve.band:
            low, high = arrays.get(curve.band.low), arrays.get(curve.band.high)
        shapes = marks(entry["shapes"], entry["x"], entry["y"])
        layers.append(Layer(curve.id, entry["x"], entry["y"], "live", low, high, shapes=shapes))
    return layers


def provisional(plot: Plot, arrays: Mapping[str, Sequence[float]]) -> list[Layer]:
    """The curves of a run that is under way, as far as they have come; nothing is judged."""
    return [
        Layer(curve.id, arrays[curve.x], arrays[curve.y], "provisional")
        for curve in plot.curves
        if curve.x in arrays and curve.y in arrays
    ]


def ghosts(plot: Plot, earlier: Mapping[str, Sequence[Mapping[str, Values]]]) -> list[Layer]:
    """Earlier runs: for each curve id a list of {x, y}."""
    return [
        Layer(curve.id, run["x"], run["y"], "ghost")
        for curve in plot.curves
        for run in earlier.get(curve.id, ())
    ]


def marks(results: Results, x: Values, y: Values) -> tuple[Mark, ...]:
    """The marks of those shapes that a picture can show."""
    points = [(a, b) for a, b in zip(x, y, strict=True) if a is not None and b is not None]
    if not points:
        return ()
    found = [_mark(result, points) for result in results if result["ok"] is not None]
    return tuple(mark for mark in found if mark is not None)


def _mark(result: Mapping[str, Any], points: Sequence[tuple[float, float]]) -> Mark | None:
    kind, args, ok = result["kind"], result["args"], bool(result["ok"])
    low, high = args.get("from"), args.get("to") if kind != "converges" else None
    inside = [p for p in points if (low is None or p[0] >= low) and (high is None or p[0] <= high)]
    if not inside:
        return None
    first, last = min(inside)[0], max(inside)[0]
    if kind in ("peak", "valley"):
        pick = max if kind == "peak" else min
        x, y = pick(inside, key=lambda point: point[1])
        return Mark("point", x, y, text=f"{kind} at {format_number(x)}", ok=ok)
    if kind in ("increasing", "decreasing"):
        word = "rise" if kind == "increasing" else "fall"
        return Mark("range", first, x2=last, text=f"{word}s" if ok else f"does not {word}", ok=ok)
    level = {"above": "value", "below": "value", "crosses": "level", "converges": "to"}.get(kind)
    if level in args:
        value = args[level]
        return Mark("level", first, value, last, f"{kind} {format_number(value)}", ok)
    return None
