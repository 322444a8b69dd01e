"""The witnesses of concept.yaml: programs, their controls, plots and curves."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .base import Id, Line, Name, Num, Record, Scalar, Text
from .shapes import Shape


class Control(Record):
    """A top-level literal of the witness that the reader may change."""

    name: Name = Field(description="the top-level name; its value is the default")
    label: Line | None = Field(None, description="words beside it; default the name")
    help: Text | None = Field(None, description="a sentence of help")
    unit: Line | None = Field(None, description="unit")
    min: Num | None = Field(None, description="least value")
    max: Num | None = Field(None, description="greatest value")
    step: Annotated[Num, Field(gt=0)] | None = Field(None, description="step")
    scale: Literal["linear", "log"] = Field("linear", description="scale of the slider")
    choices: tuple[Scalar, ...] = Field((), description="a list of values in place of a range")


class Axis(Record):
    """One axis of a plot."""

    label: Line = Field(description="what is plotted")
    unit: Line | None = Field(None, description="unit")
    scale: Literal["linear", "log"] = Field("linear", description="linear or log")


class Band(Record):
    """A spread around a curve."""

    low: Name = Field(description="name of the lower sequence")
    high: Name = Field(description="name of the upper sequence")


class Curve(Record):
    """Two sequences of the witness that must meet the recorded ones."""

    id: Id = Field(description="unique in the concept; its record is curves/<id>.csv")
    x: Name = Field(description="name of a 1-D sequence")
    y: Name = Field(description="name of a 1-D sequence of the same length")
    label: Line | None = Field(None, description="words in the legend; default the id")
    mark: Literal["line", "points", "bars", "steps"] = Field("line", description="how it is drawn")
    band: Band | None = Field(None, description="spread")
    judge: Literal["points", "shapes"] = Field("points", description="what decides")
    rtol: Annotated[Num, Field(ge=0)] = Field(1e-6, description="relative tolerance of a point")
    atol: Annotated[Num, Field(ge=0)] | None = Field(
        None, description="absolute tolerance of a point; default 1e-9 of the largest |y|"
    )
    tolerance_because: Text | None = Field(None, description="why a wide tolerance is honest")
    shapes: tuple[Shape, ...] = Field((), description="laws that the curve must obey")


class Plot(Record):
    """One stage of the demo."""

    id: Id = Field(description="unique in the concept")
    title: Line = Field(description="heading")
    x: Axis = Field(description="the horizontal axis")
    y: Axis = Field(description="the vertical axis")
    curves: tuple[Curve, ...] = Field(min_length=1, description="curves over the same axes")
    caption: Text | None = Field(None, description="a sentence below")


class Witness(Record):
    """A program that computes the concept's curves."""

    id: Id = Field("witness", description="unique in the concept")
    title: Line | None = Field(None, description="default the concept's")
    file: Line | None = Field(None, description="in the concept's folder; default <id>.py")
    seconds: Annotated[float, Field(gt=0, le=60)] | None = Field(
        None, description="budget in the browser, s"
    )
    controls: tuple[Control, ...] = Field((), description="what the reader may change")
    plots: tuple[Plot, ...] = Field((), description="stages; the first opens")
    not_runnable: Text | None = Field(
        None, description="why it is shown and never run here; then no controls and no plots"
    )

    @model_validator(mode="after")
    def _file_is_local(self) -> Witness:
        if self.file and ("/" in self.file or not self.file.endswith(".py")):
            raise PydanticCustomError(
                "bad_form", "file wants a .py file of the concept's own folder"
            )
        return self

    @model_validator(mode="after")
    def _promises_only_what_runs(self) -> Witness:
        if self.not_runnable and (self.controls or self.plots):
            raise PydanticCustomError(
                "bad_form", "a witness that is not runnable has no controls and no plots"
            )
        return self

    @property
    def path(self) -> str:
        return self.file or f"{self.id}.py"

    @property
    def curves(self) -> tuple[Curve, ...]:
        return tuple(curve for plot in self.plots for curve in plot.curves)
