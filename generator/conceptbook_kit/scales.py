"""Numbers on axes: short texts, round ticks, and the way from a value to its place."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

MOST_TICKS = 6
LARGEST = 1e150
"""Beyond this, and on a log axis below SMALLEST, the arithmetic of an axis breaks down."""

SMALLEST = 1e-150

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def format_number(value: float, digits: int = 4) -> str:
    """A short text for people: 0.085, 12,000, 3.2×10⁻⁷, −4, 10⁶; never more than `digits`."""
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else ("∞" if value > 0 else "−∞")
    if value == 0:
        return "0"
    sign, size = ("−" if value < 0 else ""), abs(value)
    mantissa, exponent = f"{size:.{digits - 1}e}".split("e")
    power = int(exponent)
    if -4 <= power < 6:
        text = f"{float(f'{size:.{digits}g}'):,.{max(0, digits - 1 - power)}f}"
        return sign + (text.rstrip("0").rstrip(".") if "." in text else text)
    short = mantissa.rstrip("0").rstrip(".")
    ten = "10" + str(power).translate(SUPERSCRIPT)
    return f"{sign}{ten}" if short == "1" else f"{sign}{short}×{ten}"


@dataclass(frozen=True)
class Scale:
    """An axis: its domain [low, high], the places of both ends, its ticks with their texts."""

    kind: Literal["linear", "log"]
    low: float
    high: float
    start: float
    end: float
    ticks: tuple[tuple[float, str], ...] = ()

    def place(self, value: float) -> float | None:
        """The coordinate of a value; None where it has no place on this axis."""
        if not math.isfinite(value) or (self.kind == "log" and value <= 0):
            return None
        if self.kind == "log":
            low, high, value = math.log10(self.low), math.log10(self.high), math.log10(value)
        else:
            low, high = self.low, self.high
        share = (value - low) / (high - low)
        # Far outside is enough for a clipped line and keeps the numbers short.
        return self.start + min(max(share, -10.0), 11.0) * (self.end - self.start)


def drawable(value: float | None, kind: str) -> bool:
    """Whether a value has a place on an axis of this kind."""
    if value is None or not math.isfinite(value) or abs(value) > LARGEST:
        return False
    return kind == "linear" or value > SMALLEST


def scale(
    values: Iterable[float | None],
    kind: Literal["linear", "log"],
    start: float,
    end: float,
    *,
    rounded: bool = False,
    zero: bool = False,
) -> Scale:
    """The axis for some values: `rounded` widens it to whole ticks, `zero` includes 0."""
    good = [value for value in values if value is not None and drawable(value, kind)]
    low, high = (min(good), max(good)) if good else (1.0, 10.0) if kind == "log" else (0.0, 1.0)
    if kind == "log":
        low, high = _log_domain(low, high, rounded)
        return Scale(kind, low, high, start, end, _log_ticks(low, high))
    if zero or (rounded and 0 < low < 0.4 * high):
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        pad = abs(high) * 0.5 or 1.0
        low, high = low - pad, high + pad
    step = _step(high - low)
    if rounded:
        low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
        step = _step(high - low)
    return Scale("linear", low, high, start, end, _linear_ticks(low, high, step))


def _step(span: float) -> float:
    """The smallest of 1, 2, 5 × 10^k that gives no more than MOST_TICKS ticks."""
    power = 10.0 ** math.floor(math.log10(span / (MOST_TICKS - 1)))
    for factor in (1, 2, 5, 10):
        if span / (factor * power) <= MOST_TICKS - 1 + 1e-9:
            return factor * power
    return 20 * power


def _linear_ticks(low: float, high: float, step: float) -> tuple[tuple[float, str], ...]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    values = [index * step for index in range(first, last + 1)]
    largest = max((abs(value) for value in values), default=0.0)
    if largest >= 1e6 or step < 1e-4:
        # As many digits as tell neighbours apart.
        digits = min(15, 1 + max(0, math.ceil(math.log10(largest / step)))) if largest else 1
        return tuple((value, format_number(value, digits)) for value in values)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return tuple((v, f"{v + 0.0:,.{decimals}f}".replace("-", "−")) for v in values)


def _log_domain(low: float, high: float, rounded: bool) -> tuple[float, float]:
    if high / low < 1 + 1e-9:
        return low / 2, high * 2
    if not rounded:
        return low, high
    # A sixteenth more at both ends, or the whole decade where it is near.
    pad = (high / low) ** 0.06
    down, up = 10.0 ** math.floor(math.log10(low)), 10.0 ** math.ceil(math.log10(high))
    near = 1.8 * pad
    return (down if low / down < near else low / pad), (up if up / high < near else high * pad)


def _log_ticks(low: float, high: float) -> tuple[tuple[float, str], ...]:
    first = math.ceil(math.log10(low) - 1e-9)
    last = math.floor(math.log10(high) + 1e-9)
    for factors in ((1,), (1, 3), (1, 2, 5)):
        values = [f * 10.0**k for k in range(first - 1, last + 1) for f in factors]
        values = [v for v in values if low * (1 - 1e-9) <= v <= high * (1 + 1e-9)]
        if len(values) >= 3:
            break
    if len(values) < 2:
        return _linear_ticks(low, high, _step(high - low))
    every = math.ceil(len(values) / MOST_TICKS)
    values = [v for i, v in enumerate(values) if (first + i) % every == 0 or every == 1]
    return tuple((value, format_number(value, 2)) for value in values)
