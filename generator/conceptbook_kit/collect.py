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
REAL_KINDS = frozenset("biufO")
KINDS = {"M": "dates", "m": "spans of time", "S": "bytes", "U": "text", "V": "records"}
"""numpy's kinds of dtype, in words."""

TEXT = (str, bytes, bytearray)


def collect(declaration: Declaration, space: Mapping[str, Any], outcome: Outcome) -> None:
    """Fill the outcome's arrays, array_faults and scalars from the namespace of a run."""
    # A key of a class of the program's would have code of its own run wherever it is looked up.
    own = {
        name: value
        for name, value in space.items()
        if type(name) is str and not name.startswith("__")
    }
    for name in needed(declaration):
        try:
            outcome.arrays[name] = sequence(name, own)
        except NotASequence as fault:
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


class NotASequence(Exception):
    """A name that no curve can be drawn from; the message says why."""


def sequence(name: str, space: Mapping[str, Any]) -> list[float]:
    """The numbers under a name of the program's; NotASequence where there are none."""
    if name not in space:
        hint = did_you_mean(name, space)
        raise NotASequence(f"the program has no top-level name {name!r}{hint}")
    value = space[name]
    raw = _array(name, value)
    kind = raw.dtype.kind
    if kind == "c":
        raise NotASequence(f"{name} holds complex numbers; a curve needs real ones")
    if kind not in REAL_KINDS:
        raise NotASequence(f"{name} is no sequence of numbers: it holds {KINDS.get(kind, kind)}")
    if raw.ndim == 0 and kind == "O":
        raise NotASequence(f"{name} is no sequence of numbers but a {type(value).__name__}")
    if raw.ndim != 1:
        shape = "a single number" if raw.ndim == 0 else f"{raw.ndim}-dimensional"
        raise NotASequence(f"{name} is {shape}; a curve needs a 1-D sequence")
    if len(raw) > MOST_POINTS:
        raise NotASequence(f"{name} has {len(raw)} points; a curve may have {MOST_POINTS}")
    numbers = [_float(name, item) for item in raw.tolist()] if kind == "O" else _floats(raw)
    if isinstance(value, numpy.ma.MaskedArray):
        # A masked value is a missing one; below the mask lies anything.
        mask = numpy.ma.getmaskarray(value).tolist()
        numbers = [math.nan if hidden else n for n, hidden in zip(numbers, mask, strict=True)]
    return numbers


def _array(name: str, value: Any) -> numpy.ndarray:
    try:
        return numpy.asarray(value)
    except MemoryError:
        raise
    except ValueError as error:
        if isinstance(value, list | tuple):
            raise NotASequence(
                f"{name} is no sequence of numbers: its items are sequences that differ in length"
            ) from None
        fault: Exception = error
    except Exception as error:
        fault = error
    kind = type(value).__name__
    raise NotASequence(f"{name} is no sequence of numbers but a {kind} ({fault})") from None


def _floats(array: numpy.ndarray) -> list[float]:
    return array.astype(float).tolist()


def _float(name: str, item: Any) -> float:
    """One item of a list of mixed things, Fractions and Decimals among them."""
    what = type(item).__name__
    if isinstance(item, TEXT):
        raise NotASequence(f"{name} is no sequence of numbers: it holds text")
    if item is numpy.ma.masked:
        return math.nan
    try:
        return float(item)
    except OverflowError:
        raise NotASequence(f"{name} holds a number too large for a float") from None
    except (TypeError, ValueError):
        raise NotASequence(f"{name} is no sequence of numbers: it holds a {what}") from None


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
