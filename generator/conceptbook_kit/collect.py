"""Takes the sequences and scalars that a declaration names out of a program's namespace."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from numbers import Real
from typing import Any

import numpy

from conceptbook_kit.declaration import Declaration
from conceptbook_kit.outcome import Outcome

MOST_POINTS = 20_000
MOST_SCALARS = 500


def collect(declaration: Declaration, space: Mapping[str, Any], outcome: Outcome) -> None:
    """Fill the outcome's arrays, array_faults and scalars from the namespace of a run."""
    own = {name: value for name, value in space.items() if not name.startswith("__")}
    for name in needed(declaration):
        try:
            outcome.arrays[name] = _sequence(name, own)
        except _NotASequence as fault:
            outcome.array_faults[name] = str(fault)
    for name, value in own.items():
        if len(outcome.scalars) < MOST_SCALARS and (scalar := _scalar(value)) is not None:
            outcome.scalars[name] = scalar


def needed(declaration: Declaration) -> list[str]:
    """The names of every sequence that a curve or its band needs, each once."""
    names: dict[str, None] = {}
    for curve in declaration.curves:
        names |= dict.fromkeys((curve.x, curve.y))
        if curve.band:
            names |= dict.fromkeys((curve.band.low, curve.band.high))
    return list(names)


def did_you_mean(name: str, known: Mapping[str, Any] | list[str]) -> str:
    """`; did you mean "risk"?` or nothing."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


class _NotASequence(Exception):
    pass


def _sequence(name: str, space: Mapping[str, Any]) -> list[float]:
    if name not in space:
        hint = did_you_mean(name, space)
        raise _NotASequence(f"the program has no top-level name {name!r}{hint}")
    value = space[name]
    try:
        if numpy.asarray(value).dtype.kind == "c":
            raise _NotASequence(f"{name} holds complex numbers; a curve needs real ones")
        array = numpy.asarray(value, float)
    except (_NotASequence, MemoryError):
        raise
    except Exception as error:
        kind = type(value).__name__
        raise _NotASequence(f"{name} is no sequence of numbers but a {kind} ({error})") from None
    if array.ndim != 1:
        shape = "a single number" if array.ndim == 0 else f"{array.ndim}-dimensional"
        raise _NotASequence(f"{name} is {shape}; a curve needs a 1-D sequence")
    if len(array) > MOST_POINTS:
        raise _NotASequence(f"{name} has {len(array)} points; a curve may have {MOST_POINTS}")
    return array.tolist()


def _scalar(value: Any) -> int | float | None:
    """A real number as int or float; None for anything else, and for what no float can hold."""
    if isinstance(value, numpy.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, bool | numpy.bool_) or not isinstance(value, Real):
        return None
    try:
        as_float = float(value)
        whole = isinstance(value, int | numpy.integer)
    except (OverflowError, ValueError, TypeError):
        return None
    return int(value) if whole and math.isfinite(as_float) else as_float
