"""What a plot is drawn from: layers of data, marks of shapes, the frame they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from conceptbook_kit.declaration import Curve, Plot
from conceptbook_kit.scales import Scale

WIDTH, HEIGHT = 640.0, 360.0
LEFT, RIGHT, TOP, BOTTOM = 58.0, 18.0, 40.0, 54.0
LETTER = 7.0
"""Mean width of a letter of 13 units; generous, since fonts differ."""
SERIES = 6

Values = Sequence[float | None]
Role = Literal["asserted", "live", "provisional", "ghost"]
RUNS = frozenset({"live", "provisional"})
"""Roles of what the present run has computed."""


@dataclass(frozen=True)
class Mark:
    """A note on the plot that shows a shape.

    `point` rings (x, y); `range` spans x to x2 above the x axis; `level` is a line at y over
    x to x2. `ok` False draws it as broken.
    """

    kind: Literal["point", "range", "level"]
    x: float
    y: float | None = None
    x2: float | None = None
    text: str = ""
    ok: bool = True


@dataclass(frozen=True)
class Layer:
    """One drawn curve. `low`/`high`: spread band; `tol_low`/`tol_high`: the tolerance."""

    curve_id: str
    x: Values
    y: Values
    role: Role = "asserted"
    low: Values | None = None
    high: Values | None = None
    tol_low: Values | None = None
    tol_high: Values | None = None
    shapes: Sequence[Mark] = ()


@dataclass(frozen=True)
class Frame:
    """The drawing area and its axes."""

    top: float
    x: Scale
    y: Scale
    bars: tuple[str, ...]

    @property
    def bottom(self) -> float:
        return HEIGHT - BOTTOM

    def point(self, x: float | None, y: float | None) -> tuple[float, float] | None:
        """The place of a data point; None where an axis has none for it."""
        across = self.x.place(x) if x is not None else None
        up = self.y.place(y) if y is not None else None
        return None if across is None or up is None else (across, up)


def curve_of(plot: Plot, layer: Layer) -> Curve:
    """The declaration of a layer's curve."""
    return next(curve for curve in plot.curves if curve.id == layer.curve_id)


def classes(plot: Plot, layer: Layer) -> str:
    """The classes that give a layer its colour and its weight."""
    index = [curve.id for curve in plot.curves].index(layer.curve_id)
    return f"cb-series cb-s{index % SERIES + 1} cb-{layer.role}"
