"""What a witness promises: its controls, its plots and the curves it must reproduce.

A declaration is plain data. The build embeds it in the page, the native child gets it on
standard input, and the judge judges by it; all three read it through these classes.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Literal

SCHEMA = 1

Scalar = int | float | bool | str
Number = int | float | str
"""A number, or the name of a top-level scalar of the witness."""


@dataclass(frozen=True)
class Control:
    """A top-level literal of the witness that the reader may change."""

    name: str
    label: str
    default: Scalar
    help: str | None = None
    unit: str | None = None
    min: float | None = None
    max: float | None = None
    step: float | None = None
    scale: Literal["linear", "log"] = "linear"
    choices: tuple[Scalar, ...] = ()


@dataclass(frozen=True)
class Axis:
    """One axis of a plot."""

    label: str
    unit: str | None = None
    scale: Literal["linear", "log"] = "linear"


@dataclass(frozen=True)
class Band:
    """A spread around a curve: names of two sequences of the witness."""

    low: str
    high: str


@dataclass(frozen=True)
class Shape:
    """A law that a curve must obey: a kind of the shape vocabulary and its arguments.

    `args` holds everything but `because`: numbers, names of scalars, pairs, `from` and `to`.
    """

    kind: str
    args: dict[str, Any] = field(default_factory=dict)
    because: str | None = None


@dataclass(frozen=True)
class Curve:
    """Two sequences of the witness, by name, and how closely they must meet the record."""

    id: str
    x: str
    y: str
    label: str
    mark: Literal["line", "points", "bars", "steps"] = "line"
    band: Band | None = None
    judge: Literal["points", "shapes"] = "points"
    rtol: float = 1e-6
    atol: float | None = None
    """None means 1e-9 times the largest asserted |y|."""
    tolerance_because: str | None = None
    shapes: tuple[Shape, ...] = ()


@dataclass(frozen=True)
class Plot:
    """One stage of the demo: curves over common axes."""

    id: str
    title: str
    x: Axis
    y: Axis
    curves: tuple[Curve, ...]
    caption: str | None = None


@dataclass(frozen=True)
class Wheel:
    """A pure-Python wheel, by the hash of its file; `imports` are its top-level modules."""

    file: str
    sha256: str
    imports: tuple[str, ...]


@dataclass(frozen=True)
class Declaration:
    """All that one witness promises."""

    concept: str
    witness: str
    file: str
    title: str
    seconds: float
    memory_mb: int
    controls: tuple[Control, ...] = ()
    plots: tuple[Plot, ...] = ()
    wheels: tuple[Wheel, ...] = ()
    """The notebook's locked wheels that the witness imports, with those that they need."""

    @property
    def curves(self) -> tuple[Curve, ...]:
        return tuple(curve for plot in self.plots for curve in plot.curves)

    @property
    def extra_imports(self) -> frozenset[str]:
        """Top-level names that the wheels bring."""
        return frozenset(name for wheel in self.wheels for name in wheel.imports)

    @property
    def defaults(self) -> dict[str, Scalar]:
        """The asserted setting: every control at the literal of the source."""
        return {control.name: control.default for control in self.controls}

    def to_json(self) -> dict[str, Any]:
        return {"schema": SCHEMA, **asdict(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Declaration:
        return cls(
            concept=data["concept"],
            witness=data["witness"],
            file=data["file"],
            title=data["title"],
            seconds=data["seconds"],
            memory_mb=data["memory_mb"],
            controls=tuple(
                Control(**{**control, "choices": tuple(control.get("choices", ()))})
                for control in data.get("controls", ())
            ),
            plots=tuple(_plot(plot) for plot in data.get("plots", ())),
            wheels=tuple(
                Wheel(**{**wheel, "imports": tuple(wheel["imports"])})
                for wheel in data.get("wheels", ())
            ),
        )


@dataclass(frozen=True)
class Asserted:
    """A recorded curve: x and y of equal length; tolerances a point where the record has them."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    rtol: tuple[float, ...] | None = None
    atol: tuple[float, ...] | None = None

    @cached_property
    def largest(self) -> float:
        """The largest |y|."""
        return max((abs(value) for value in self.y), default=0.0)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Asserted:
        columns = {name: data.get(name) for name in ("x", "y", "rtol", "atol")}
        return cls(**{name: None if col is None else tuple(col) for name, col in columns.items()})


def _plot(data: dict[str, Any]) -> Plot:
    return Plot(
        id=data["id"],
        title=data["title"],
        x=Axis(**data["x"]),
        y=Axis(**data["y"]),
        curves=tuple(_curve(curve) for curve in data["curves"]),
        caption=data.get("caption"),
    )


def _curve(data: dict[str, Any]) -> Curve:
    band = data.get("band")
    return Curve(
        **{
            **data,
            "band": Band(**band) if band else None,
            "shapes": tuple(Shape(**shape) for shape in data.get("shapes", ())),
        }
    )
