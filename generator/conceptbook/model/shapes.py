"""The shape vocabulary: laws that a curve must obey.

In YAML each is a one-key map, `peak: {at: n_train}`; here the key becomes `kind`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from .base import Id, Number, Pair, Place, Record, Text, describe


class _Shape(Record):
    from_: Number | None = Field(None, alias="from", description="begin of the closed range of x")
    to: Number | None = Field(None, description="end of the closed range of x")
    because: Text | None = Field(None, description="why the law holds")


class Peak(_Shape):
    """The unique maximum over the range lies at `at`, not at an end of the range."""

    kind: Literal["peak"]
    at: Place = Field(description="where: a value, or [low, high]")
    within: Number | None = Field(None, description="distance allowed; default one grid step")
    times: Number | None = Field(None, description="at least that factor over both neighbours")


class Valley(Peak):
    """The unique minimum over the range lies at `at`, not at an end of the range."""

    kind: Literal["valley"]


class Increasing(_Shape):
    """Every step is up."""

    kind: Literal["increasing"]
    slack: Number = Field(0, description="relative step against the direction that is allowed")


class Decreasing(Increasing):
    """Every step is down."""

    kind: Literal["decreasing"]


class Above(_Shape):
    """Strictly above a value or a curve, by more than `by`, at every common x."""

    kind: Literal["above"]
    value: Number | None = Field(None, description="a level; or give `curve`")
    curve: Id | None = Field(None, description="another curve of the concept")
    by: Number = Field(0, description="margin")


class Below(Above):
    """Strictly below a value or a curve, by more than `by`, at every common x."""

    kind: Literal["below"]


class Within(_Shape):
    """Between two levels."""

    kind: Literal["within"]
    low: Number = Field(description="lower level")
    high: Number = Field(description="upper level")


class Ratio(_Shape):
    """Bounds on y(x1) / y(x2)."""

    kind: Literal["ratio"]
    x1: Number = Field(description="x of the numerator")
    x2: Number = Field(description="x of the denominator")
    at_least: Number | None = Field(None, description="lower bound")
    at_most: Number | None = Field(None, description="upper bound")


class Slope(_Shape):
    """The least-squares slope on the axes named lies in [low, high]."""

    kind: Literal["slope"]
    axes: Literal["linear", "loglog", "semilogx", "semilogy"] = Field("linear", description="axes")
    low: Number = Field(description="lower bound")
    high: Number = Field(description="upper bound")


class Converges(_Shape):
    """All |y − target| ≤ within, from some x on.

    Here `to` is the value that the curve converges to, and `from` is required.
    """

    kind: Literal["converges"]
    from_: Number = Field(alias="from", description="from this x on")
    to: Number = Field(description="the value that the curve converges to")
    within: Number = Field(description="distance allowed")


class Equal(_Shape):
    """Pointwise equal to another curve, on common x."""

    kind: Literal["equal"]
    curve: Id = Field(description="another curve of the concept")
    rtol: Number = Field(1e-6, description="relative tolerance")
    atol: Number = Field(0, description="absolute tolerance")


class Crosses(_Shape):
    """The first crossing of a level lies at `at`, in the direction named."""

    kind: Literal["crosses"]
    level: Number = Field(description="the level")
    at: Place = Field(description="where: [low, high], or a value with `within`")
    within: Number | None = Field(None, description="distance allowed around a value")
    direction: Literal["up", "down"] | None = Field(None, description="up or down")


SHAPES: dict[str, type[_Shape]] = {
    "peak": Peak,
    "valley": Valley,
    "increasing": Increasing,
    "decreasing": Decreasing,
    "above": Above,
    "below": Below,
    "within": Within,
    "ratio": Ratio,
    "slope": Slope,
    "converges": Converges,
    "equal": Equal,
    "crosses": Crosses,
}


def _unwrap(value: Any) -> Any:
    """`{peak: {at: 40}}` as `{kind: peak, at: 40}`."""
    if isinstance(value, _Shape):
        return value
    if not isinstance(value, dict) or len(value) != 1:
        raise PydanticCustomError(
            "wrong_type", "wants one shape as a one-key map, such as peak: {at: 40}"
        )
    [(kind, args)] = value.items()
    if kind not in SHAPES:
        raise PydanticCustomError(
            "unknown_shape", 'has no shape called "{kind}"', {"kind": kind, "known": sorted(SHAPES)}
        )
    if args is None:
        args = {}
    if not isinstance(args, dict):
        raise PydanticCustomError(
            "wrong_type", "wants a mapping, not {got}", {"got": describe(args)}
        )
    return {**args, "kind": str(kind)}


Shape = Annotated[
    Annotated[
        Peak
        | Valley
        | Increasing
        | Decreasing
        | Above
        | Below
        | Within
        | Ratio
        | Slope
        | Converges
        | Equal
        | Crosses,
        Field(discriminator="kind"),
    ],
    BeforeValidator(_unwrap),
]


class CurveShape(Record):
    """A shape of a curve named with it: `{curve: test-error, peak: {at: 40}}`."""

    curve: Id = Field(description="the curve")
    shape: Shape = Field(description="one shape")


def _unwrap_curve(value: Any) -> Any:
    if isinstance(value, CurveShape):
        return value
    if not isinstance(value, dict) or "curve" not in value or len(value) != 2:
        raise PydanticCustomError(
            "wrong_type",
            "wants a curve and one shape, such as {curve: test-error, peak: {at: 40}}",
        )
    return {
        "curve": value["curve"],
        "shape": {key: args for key, args in value.items() if key != "curve"},
    }


CurveShapeField = Annotated[CurveShape, BeforeValidator(_unwrap_curve)]

__all__ = ["SHAPES", "CurveShape", "CurveShapeField", "Pair", "Shape"]
