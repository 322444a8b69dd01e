"""Draws curves as SVG: structure and classes here, colours and strokes in the theme's CSS."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from conceptbook_kit import legend, marks, series
from conceptbook_kit.declaration import Axis, Curve, Plot
from conceptbook_kit.layers import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    RUNS,
    TOP,
    WIDTH,
    Frame,
    Layer,
    Mark,
)
from conceptbook_kit.plaintext import plain
from conceptbook_kit.scales import Scale, drawable, format_number, scale
from conceptbook_kit.svg import label, line, number, rectangle, words

__all__ = ["Layer", "Mark", "draw", "format_number", "sentence"]

TEXT = 13
INSET = 9.0
"""Between the frame's sides and the outermost points."""

DRAWING_ORDER = {"ghost": 0, "asserted": 1, "provisional": 2, "live": 2}
WHOSE = {"asserted": "Recorded", "live": "This run", "provisional": "This run so far"}


def draw(plot: Plot, layers: Sequence[Layer], *, ident: str) -> str:
    """The plot as one SVG element of 640 × 360 units.

    Every id begins with `ident`. Numbers have at most two decimals, so that the same data give
    the same bytes. Values that are not finite break their line; on a log axis so do those <= 0.
    """
    known = {curve.id for curve in plot.curves}
    drawn = sorted(
        (layer for layer in layers if layer.curve_id in known),
        key=lambda layer: DRAWING_ORDER[layer.role],
    )
    rows = legend.rows(legend.items(plot, drawn))
    frame = _frame(plot, drawn, TOP + legend.ROW * len(rows))
    over = {layer.curve_id for layer in drawn if layer.role in RUNS}
    name = escape(ident)
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" class="cb-plot" viewBox="0 0 640 360" '
        f'role="img" aria-labelledby="{name}-title {name}-desc" font-size="{TEXT}" '
        f'data-x="{_place(frame.x)}" data-y="{_place(frame.y)}" '
        f'data-series="{" ".join(curve.id for curve in plot.curves)}">',
        f'<title id="{name}-title">{label(plot.title)}</title>',
        f'<desc id="{name}-desc">{escape(sentence(plot, layers))}</desc>',
        _clip(frame, name),
        *_grid(frame),
        *_axes(plot, frame),
        *legend.draw(rows),
        f'<g clip-path="url(#{name}-clip)">',
        *(part for layer in drawn for part in series.bands(layer, plot, frame)),
        *(part for layer in drawn for part in series.draw(layer, plot, frame, over)),
        "</g>",
        *marks.draw([mark for layer in drawn for mark in layer.shapes], frame),
        *([] if any(layer.x for layer in drawn) else [_nothing(frame)]),
        "</svg>",
    ]
    return "".join(parts)


def sentence(plot: Plot, layers: Sequence[Layer]) -> str:
    """What the plot shows, for those who do not see it: axes, range and extremes."""
    parts = [f"{_axis_name(plot.y)} against {_axis_name(plot.x)}."]
    several = len(plot.curves) > 1
    for curve in plot.curves:
        for layer in layers:
            if layer.curve_id == curve.id and layer.role != "ghost":
                parts.append(_extremes(plot, curve, layer, several))
    ghosts = sum(layer.role == "ghost" for layer in layers)
    if ghosts:
        parts.append(f"{ghosts} earlier {'run is' if ghosts == 1 else 'runs are'} drawn faintly.")
    return " ".join(parts)


def _extremes(plot: Plot, curve: Curve, layer: Layer, several: bool) -> str:
    who = WHOSE[layer.role]
    if several:
        who += f", {plain(curve.label)}"
    pairs = list(zip(layer.x, layer.y, strict=False))
    good = [p for p in pairs if drawable(p[0], plot.x.scale) and drawable(p[1], plot.y.scale)]
    if not good:
        return f"{who}: no point to show."
    lowest, highest = min(good, key=lambda p: p[1]), max(good, key=lambda p: p[1])
    xs = [p[0] for p in good]
    short, unit = format_number, f" {plain(plot.x.unit)}" if plot.x.unit else ""
    count = f"{len(good)} point" + ("" if len(good) == 1 else "s")
    text = (
        f"{who}: {count} from x = {short(min(xs))} to {short(max(xs))}{unit}, "
        f"lowest {short(lowest[1])} at x = {short(lowest[0])}, "
        f"highest {short(highest[1])} at x = {short(highest[0])}."
    )
    if layer.tol_low is not None and layer.tol_high is not None:
        reach = max((h - w for w, h in zip(layer.tol_low, layer.tol_high, strict=True)), default=0)
        text += f" A run may deviate by {short(reach / 2, 2)} at most."
    missing = len(pairs) - len(good)
    if missing:
        axis = "a log axis" if "log" in (plot.x.scale, plot.y.scale) else "the axes"
        text += f" {missing} {'has' if missing == 1 else 'have'} no place on {axis}."
    return text


def _frame(plot: Plot, layers: Sequence[Layer], top: float) -> Frame:
    # Earlier runs do not stretch the axes: they are clipped, so that the present stays readable.
    fitted = [layer for layer in layers if layer.role != "ghost"] or list(layers)
    bars = tuple(curve.id for curve in plot.curves if curve.mark == "bars")
    xs = [x for layer in fitted for x in layer.x]
    ys = [y for layer in fitted for y in (*layer.y, *(layer.low or ()), *(layer.high or ()))]
    inset = INSET
    if bars:
        inset = max(INSET, (WIDTH - LEFT - RIGHT) / (2 * max(4, len(set(xs)))))
    across = scale(xs, plot.x.scale, LEFT + inset, WIDTH - RIGHT - inset)
    up = scale(ys, plot.y.scale, HEIGHT - BOTTOM, top, rounded=True, zero=bool(bars))
    return Frame(top, across, up, bars)


def _clip(frame: Frame, name: str) -> str:
    box = rectangle(LEFT, frame.top - 5, WIDTH - RIGHT - LEFT, frame.bottom - frame.top + 10)
    return f'<defs><clipPath id="{name}-clip"><rect {box}/></clipPath></defs>'


def _grid(frame: Frame) -> list[str]:
    places = [frame.y.place(value) for value, _ in frame.y.ticks]
    lines = [line(LEFT, y, WIDTH - RIGHT, y) for y in places]
    return ['<g class="cb-grid">', *lines, "</g>"]


def _axes(plot: Plot, frame: Frame) -> list[str]:
    bottom = frame.bottom
    across = [(frame.x.place(value), text) for value, text in frame.x.ticks]
    up = [(frame.y.place(value), text) for value, text in frame.y.ticks]
    return [
        '<g class="cb-frame">',
        line(LEFT, bottom, WIDTH - RIGHT, bottom),
        *(line(x, bottom, x, bottom + 5) for x, _ in across),
        '</g><g class="cb-tick" text-anchor="middle">',
        *(words(x, bottom + 20, text) for x, text in across),
        '</g><g class="cb-tick" text-anchor="end">',
        *(words(LEFT - 8, y + 4.5, text) for y, text in up),
        "</g>",
        f'<text class="cb-label" x="4" y="{number(frame.top - 19)}">↑ {_axis_text(plot.y)}</text>',
        f'<text class="cb-label" x="{number(WIDTH - RIGHT)}" y="{number(HEIGHT - 10)}" '
        f'text-anchor="end">{_axis_text(plot.x)} →</text>',
    ]


def _nothing(frame: Frame) -> str:
    middle = (LEFT + WIDTH - RIGHT) / 2, (frame.top + frame.bottom) / 2
    return f'<g class="cb-tick">{words(*middle, "nothing to draw yet", anchor="middle")}</g>'


def _place(axis: Scale) -> str:
    """What a script needs to find a value on an axis: `log 1 200 67 613`."""
    return f"{axis.kind} {axis.low:.8g} {axis.high:.8g} {number(axis.start)} {number(axis.end)}"


def _axis_name(axis: Axis) -> str:
    name = plain(axis.label)
    return f"{name} in {plain(axis.unit)}" if axis.unit else name


def _axis_text(axis: Axis) -> str:
    return label(axis.label) + (f" ({label(axis.unit)})" if axis.unit else "")
