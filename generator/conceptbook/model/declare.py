"""A witness's record and its program's literals → the Declaration that the kit judges by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conceptbook_kit import declaration as kit

from .settings import Limits
from .shapes import Shape
from .witness import Axis, Control, Curve, Plot, Witness


def declare(
    concept: str,
    title: str,
    witness: Witness,
    limits: Limits,
    literals: Mapping[str, kit.Scalar],
) -> kit.Declaration:
    """`literals` holds the program's own value for each control's name."""
    return kit.Declaration(
        concept=concept,
        witness=witness.id,
        file=witness.path,
        title=witness.title or title,
        seconds=witness.seconds or limits.browser.seconds,
        memory_mb=limits.browser.memory_mb,
        controls=tuple(_control(control, literals[control.name]) for control in witness.controls),
        plots=tuple(_plot(plot) for plot in witness.plots),
    )


def shape(record: Shape) -> kit.Shape:
    """A shape's record as the kit's: arguments by their YAML names, unset ones left out."""
    args: dict[str, Any] = record.model_dump(
        by_alias=True, exclude_none=True, exclude={"kind", "because"}
    )
    plain = {name: list(arg) if isinstance(arg, tuple) else arg for name, arg in args.items()}
    return kit.Shape(kind=record.kind, args=plain, because=record.because)


def _control(control: Control, default: kit.Scalar) -> kit.Control:
    fields = control.model_dump(exclude={"label"})
    return kit.Control(label=control.label or control.name, default=default, **fields)


def _axis(axis: Axis) -> kit.Axis:
    return kit.Axis(**axis.model_dump())


def _curve(curve: Curve) -> kit.Curve:
    fields = curve.model_dump(exclude={"label", "band", "shapes"})
    return kit.Curve(
        label=curve.label or curve.id,
        band=kit.Band(curve.band.low, curve.band.high) if curve.band else None,
        shapes=tuple(shape(record) for record in curve.shapes),
        **fields,
    )


def _plot(plot: Plot) -> kit.Plot:
    return kit.Plot(
        id=plot.id,
        title=plot.title,
        x=_axis(plot.x),
        y=_axis(plot.y),
        curves=tuple(_curve(curve) for curve in plot.curves),
        caption=plot.caption,
    )
