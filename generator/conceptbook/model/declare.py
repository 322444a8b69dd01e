"""A witness's record and its program's literals → the Declaration that the kit judges by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conceptbook_kit import declaration as kit

from .base import Record
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
    fields = type(record).model_fields
    args: dict[str, Any] = {
        fields[name].alias or name: list(arg) if isinstance(arg, tuple) else arg
        for name, arg in _fields(record, "kind", "because").items()
        if arg is not None
    }
    return kit.Shape(kind=record.kind, args=args, because=record.because)


def _fields(record: Record, *but: str) -> dict[str, Any]:
    """The values as they are; `model_dump` would first build a schema for each kind of record."""
    return {name: value for name, value in record if name not in but}


def _control(control: Control, default: kit.Scalar) -> kit.Control:
    fields = _fields(control, "label")
    return kit.Control(label=control.label or control.name, default=default, **fields)


def _axis(axis: Axis) -> kit.Axis:
    return kit.Axis(**_fields(axis))


def _curve(curve: Curve) -> kit.Curve:
    fields = _fields(curve, "label", "band", "shapes")
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
