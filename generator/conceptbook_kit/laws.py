"""The laws of the shape vocabulary, one function a kind: does this curve obey it?

Plain Python floats throughout, so that nothing a program did to numpy can reach a judgement.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

XY = tuple[Sequence[float], Sequence[float]]
Finding = tuple[bool, str]
"""Whether the law holds, and what was found."""

GRID_RTOL = 1e-9


class Unfit(Exception):
    """The shape makes no statement about this curve."""


class Broken(Exception):
    """The law fails before it can be put: a number is not finite."""


class Points(NamedTuple):
    x: list[float]
    y: list[float]


@dataclass(frozen=True)
class Case:
    """One shape put to one curve: the points of its range, its resolved arguments."""

    points: Points
    args: dict[str, Any]
    curves: Mapping[str, XY] = field(default_factory=dict)

    def number(self, name: str, default: float | None = None) -> float:
        value = self.args.get(name, default)
        if value is None:
            raise Unfit(f"{name} is missing")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Unfit(f"{name} must be a number")
        return value

    def on_grid(self, value: float) -> int:
        """The index of the grid point at `value`."""
        size = max(abs(x) for x in self.points.x)
        for index, x in enumerate(self.points.x):
            if abs(x - value) <= GRID_RTOL * max(abs(value), size * 1e-3):
                return index
        raise Unfit(f"x = {value:g} is not on the grid")

    def common(self) -> list[tuple[float, float, float]]:
        """(x, y, other's y) at every x of the range that the other curve has too."""
        name = self.args.get("curve")
        if name not in self.curves:
            raise Unfit(f"there is no curve {name!r}")
        other = sorted(zip(*self.curves[name], strict=True), key=lambda point: point[0])
        found = []
        for x, y in zip(*self.points, strict=True):
            slack = GRID_RTOL * abs(x)
            index = bisect.bisect_left(other, x - slack, key=lambda point: point[0])
            if index < len(other) and other[index][0] <= x + slack:
                if not math.isfinite(other[index][1]):
                    raise Broken(f"the curve {name} is not finite at x = {x:g}")
                found.append((x, y, other[index][1]))
        if not found:
            raise Unfit(f"no x of the range is in the curve {name!r}")
        return found


def _peak(case: Case) -> Finding:
    return _extremum(case, +1.0, "largest")


def _valley(case: Case) -> Finding:
    return _extremum(case, -1.0, "smallest")


def _extremum(case: Case, sign: float, word: str) -> Finding:
    x, y = case.points
    wanted = _place(case)
    best = max(sign * value for value in y)
    indices = [index for index, value in enumerate(y) if sign * value == best]
    index = indices[0]
    found = f"the {word} value, {y[index]:.4g}, lies at x = {x[index]:g}"
    if len(indices) > 1:
        return False, f"{found} and again at x = {x[indices[1]]:g}"
    if index in (0, len(x) - 1):
        return False, f"{found}, an end of the range"
    if not wanted(index):
        return False, found
    if "times" not in case.args:
        return True, found
    times, neighbours = case.number("times"), (y[index - 1], y[index + 1])
    if min(*neighbours, y[index]) <= 0:
        raise Unfit("times compares positive values only")
    pairs = [(y[index], n) if sign > 0 else (n, y[index]) for n in neighbours]
    factor = min(high / low for high, low in pairs)
    over = "over" if sign > 0 else "under"
    return factor >= times, f"{found}, {factor:.3g} times {over} its neighbours"


def _place(case: Case) -> Callable[[int], bool]:
    """Whether the grid point of an index lies at `at` ± `within`."""
    x, at = case.points.x, case.args.get("at")
    slack = GRID_RTOL * max(abs(value) for value in x)
    if isinstance(at, list):
        low, high = _pair(at)
        more = case.number("within", 0.0) + slack
        return lambda index: low - more <= x[index] <= high + more
    home = case.on_grid(case.number("at"))
    if "within" not in case.args:
        return lambda index: abs(index - home) <= 1
    reach = case.number("within") + slack
    return lambda index: abs(x[index] - x[home]) <= reach


def _increasing(case: Case) -> Finding:
    return _monotone(case, +1.0, "rises")


def _decreasing(case: Case) -> Finding:
    return _monotone(case, -1.0, "falls")


def _monotone(case: Case, sign: float, word: str) -> Finding:
    x, y = case.points
    slack = case.number("slack", 0.0)
    for i in range(len(x) - 1):
        step = sign * (y[i + 1] - y[i])
        if not (step > 0 or (slack > 0 and step >= -slack * abs(y[i]))):
            change = f"goes from {y[i]:.4g} to {y[i + 1]:.4g}"
            return False, f"between x = {x[i]:g} and {x[i + 1]:g} it {change}"
    return True, f"it {word} from {y[0]:.4g} at x = {x[0]:g} to {y[-1]:.4g} at x = {x[-1]:g}"


def _above(case: Case) -> Finding:
    return _beside(case, +1.0, "above")


def _below(case: Case) -> Finding:
    return _beside(case, -1.0, "below")


def _beside(case: Case, sign: float, word: str) -> Finding:
    if ("value" in case.args) == ("curve" in case.args):
        raise Unfit("it needs either value or curve")
    if "curve" in case.args:
        triples, other = case.common(), f"the curve {case.args['curve']}"
    else:
        level = case.number("value")
        triples, other = [(x, y, level) for x, y in zip(*case.points, strict=True)], f"{level:g}"
    x, y, w = min(triples, key=lambda triple: sign * (triple[1] - triple[2]))
    gap = sign * (y - w)
    if gap > case.number("by", 0.0):
        return True, f"{word} {other} by {gap:.4g} or more (closest at x = {x:g})"
    return False, f"at x = {x:g} it is {y:.4g} against {w:.4g}, not {word} {other} far enough"


def _within(case: Case) -> Finding:
    low, high = case.number("low"), case.number("high")
    for x, y in zip(*case.points, strict=True):
        if not low <= y <= high:
            return False, f"at x = {x:g} it is {y:.4g}, outside {low:g} … {high:g}"
    least, most = min(case.points.y), max(case.points.y)
    return True, f"it stays between {least:.4g} and {most:.4g}"


def _ratio(case: Case) -> Finding:
    if "at_least" not in case.args and "at_most" not in case.args:
        raise Unfit("it needs at_least or at_most")
    i, j = case.on_grid(case.number("x1")), case.on_grid(case.number("x2"))
    x, y = case.points
    if y[j] == 0:
        raise Unfit(f"y is 0 at x = {x[j]:g}")
    ratio = y[i] / y[j]
    ok = case.number("at_least", -math.inf) <= ratio <= case.number("at_most", math.inf)
    return ok, f"y({x[i]:g}) / y({x[j]:g}) = {ratio:.4g}"


def _slope(case: Case) -> Finding:
    axes = case.args.get("axes", "linear")
    if axes not in ("linear", "loglog", "semilogx", "semilogy"):
        raise Unfit(f"{axes!r} are no axes")
    low, high = case.number("low"), case.number("high")
    x, y = case.points
    if axes in ("loglog", "semilogx"):
        x = _logs(x, "x")
    if axes in ("loglog", "semilogy"):
        y = _logs(y, "y")
    mean_x, mean_y = math.fsum(x) / len(x), math.fsum(y) / len(y)
    spread = math.fsum((v - mean_x) ** 2 for v in x)
    if spread == 0:
        raise Unfit("all x of the range are the same")
    slope = math.fsum((v - mean_x) * (w - mean_y) for v, w in zip(x, y, strict=True)) / spread
    return low <= slope <= high, f"its slope on {axes} axes is {slope:.4g}"


def _logs(values: list[float], axis: str) -> list[float]:
    """Decimal logarithms, as on a plot's axes: a slope on semilog axes is one per decade."""
    if min(values) <= 0:
        raise Unfit(f"{axis} = {min(values):g} has no logarithm")
    return [math.log10(value) for value in values]


def _converges(case: Case) -> Finding:
    limit, within = case.number("to"), case.number("within")
    case.number("from")
    x, y = max(zip(*case.points, strict=True), key=lambda point: abs(point[1] - limit))
    return abs(y - limit) <= within, f"at most {abs(y - limit):.4g} from {limit:g} (at x = {x:g})"


def _equal(case: Case) -> Finding:
    triples = case.common()
    atol = case.number("atol", 1e-9 * max(abs(w) for _, _, w in triples))
    rtol = case.number("rtol", 1e-6)
    for x, y, w in triples:
        if not abs(y - w) <= atol + rtol * abs(w):
            return False, f"at x = {x:g} it is {y:.6g}, the other {w:.6g}"
    return True, f"equal at {len(triples)} points"


def _crosses(case: Case) -> Finding:
    level, direction = case.number("level"), case.args.get("direction")
    if direction not in (None, "up", "down"):
        raise Unfit("direction must be up or down")
    found = _first_crossing(case.points, level, direction)
    if found is None:
        return False, f"it never crosses {level:g}" + (f" going {direction}" if direction else "")
    place, step = found
    at = case.args.get("at")
    if isinstance(at, list):
        low, high = _pair(at)
        more = case.number("within", 0.0)
    else:
        low = high = case.number("at")
        more = case.number("within", step)
    more += GRID_RTOL * max(abs(x) for x in case.points.x)
    return low - more <= place <= high + more, f"it first crosses {level:g} at x ≈ {place:.4g}"


def _first_crossing(
    points: Points, level: float, direction: str | None
) -> tuple[float, float] | None:
    """Where the polygon first changes sides of the level, and the length of that step in x."""
    x, y = points
    last = None
    for i, value in enumerate(y):
        side = (value > level) - (value < level)
        if side == 0:
            continue
        if last is not None and side != last[1]:
            j = last[0]
            if direction is None or (direction == "up") == (side > 0):
                if i - j > 1:
                    return x[j + 1], x[i] - x[j]
                share = (level - y[j]) / (y[i] - y[j])
                return x[j] + share * (x[i] - x[j]), x[i] - x[j]
        last = (i, side)
    return None


def _pair(at: list[Any]) -> tuple[float, float]:
    if len(at) != 2 or not all(isinstance(v, int | float) for v in at) or at[0] > at[1]:
        raise Unfit("at must be a number or a pair [low, high]")
    return at[0], at[1]


KINDS: dict[str, Callable[[Case], Finding]] = {
    "peak": _peak,
    "valley": _valley,
    "increasing": _increasing,
    "decreasing": _decreasing,
    "above": _above,
    "below": _below,
    "within": _within,
    "ratio": _ratio,
    "slope": _slope,
    "converges": _converges,
    "equal": _equal,
    "crosses": _crosses,
}
