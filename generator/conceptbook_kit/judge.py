"""The one judge: a declaration, a record and an outcome in, the Verdict out.

Plain Python floats only, so that a patched numpy cannot deceive it. The same code judges in the
native parent, in the page and in the tests.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conceptbook_kit.declaration import Asserted, Curve, Declaration, Scalar
from conceptbook_kit.outcome import Outcome
from conceptbook_kit.settings import settle
from conceptbook_kit.shapes import XY, hold

SCHEMA = 1
GRID_RTOL = 1e-12


def judge(
    declaration: Declaration,
    asserted: Mapping[str, Asserted],
    outcome: Outcome,
    *,
    settings: Mapping[str, Scalar],
    edited: bool = False,
    code_digest: str,
    runtime: Mapping[str, Any],
) -> dict[str, Any]:
    """The Verdict, JSON-able, without NaN.

    Points and laws are judged at the asserted setting and with unedited code only; elsewhere the
    shapes are shown and nothing is decided ("exploring"). Precedence: stopped, error, fails,
    holds. Each curve has, beside the contract's keys, `detail`: why it fails as a whole, or None.
    """
    settled = settle(declaration, settings)
    at_asserted = asserted_setting(declaration, settings)
    bench = _Bench(declaration, asserted, outcome, at_asserted and not edited)
    curves = [bench.curve(curve) for curve in declaration.curves]
    error = outcome.error or bench.error
    state, ok = _state(bench.judging, error, outcome, curves)
    return {
        "schema": SCHEMA,
        "concept": declaration.concept,
        "witness": declaration.witness,
        "state": state,
        "ok": ok,
        "error": error,
        "code": code_digest,
        "runtime": dict(runtime),
        "controls": settled,
        "asserted_setting": at_asserted,
        "edited": edited,
        "curves": curves,
        "asserts": dict(outcome.asserts),
        "stdout": outcome.stdout,
        "stdout_truncated": outcome.stdout_truncated,
        "duration_s": outcome.duration_s,
    }


def asserted_setting(declaration: Declaration, settings: Mapping[str, Scalar]) -> bool:
    """Whether every control stands where the record was made."""
    return settle(declaration, settings) == declaration.defaults


def code_digest(code: str) -> str:
    """`sha256:…` of the source with LF line ends, without trailing blanks and blank last lines."""
    lines = code.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def asserted_atol(curve: Curve, asserted: Asserted) -> float:
    """The curve's absolute tolerance: as declared, else 1e-9 of the largest recorded |y|."""
    if curve.atol is not None:
        return curve.atol
    return 1e-9 * asserted.largest


def allowed(curve: Curve, asserted: Asserted, i: int) -> float:
    """How far y may be from recorded point i: atol + rtol·|asserted|, the record's own first."""
    atol = asserted_atol(curve, asserted) if asserted.atol is None else asserted.atol[i]
    rtol = curve.rtol if asserted.rtol is None else asserted.rtol[i]
    return atol + rtol * abs(asserted.y[i])


def _state(
    judging: bool,
    error: Mapping[str, Any] | None,
    outcome: Outcome,
    curves: Sequence[Mapping[str, Any]],
) -> tuple[str, bool | None]:
    if error is not None:
        if error["kind"] == "stopped":
            return "stopped", None
        return "error", False if judging else None
    if not judging:
        return "exploring", None
    holds = outcome.asserts["ok"] is True and all(curve["ok"] is True for curve in curves)
    return ("holds", True) if holds else ("fails", False)


@dataclass
class _Bench:
    """What the curves of one outcome are judged with; `error` is the first curve at fault."""

    declaration: Declaration
    asserted: Mapping[str, Asserted]
    outcome: Outcome
    judging: bool
    error: dict[str, Any] | None = None

    def curve(self, curve: Curve) -> dict[str, Any]:
        """One entry of the verdict's `curves`."""
        x, y, fault = self._data(curve)
        if fault:
            # A program that stopped early never came to bind the name; that is no second fault.
            if self.outcome.asserts["ok"] is True:
                self._blame(f"curve {curve.id}: {fault}")
            ok = False if self.judging else None
            return _entry(curve, x, y, points=[], shapes=[], ok=ok, detail=fault)
        grid = self._grid(curve, x)
        points, detail = self._points(curve, y, grid)
        shapes = self._shapes(curve, x, y, grid)
        ok = None
        if self.judging:
            met = [point["ok"] for point in points] + [shape["ok"] for shape in shapes]
            ok = detail is None and all(result is True for result in met)
        return _entry(curve, x, y, points=points, shapes=shapes, ok=ok, detail=detail)

    def _data(self, curve: Curve) -> tuple[list[float], list[float], str | None]:
        """x, y and what is wrong with them; what is there comes even with a fault."""
        arrays, faults = self.outcome.arrays, self.outcome.array_faults
        x, y = arrays.get(curve.x, []), arrays.get(curve.y, [])
        wanted = [curve.x, curve.y]
        if curve.band:
            wanted += [curve.band.low, curve.band.high]
        for name in wanted:
            if name not in arrays:
                return x, y, faults.get(name, f"the run left no {name!r}")
            if len(arrays[name]) != len(x):
                return x, y, f"{name} has {len(arrays[name])} points, {curve.x} has {len(x)}"
        return x, y, None

    def _grid(self, curve: Curve, x: list[float]) -> str | None:
        asserted = self.asserted.get(curve.id)
        if not self.judging or curve.judge == "shapes" or asserted is None:
            return None
        return _grid_fault(x, asserted.x)

    def _points(
        self, curve: Curve, y: list[float], grid: str | None
    ) -> tuple[list[dict[str, Any]], str | None]:
        """The recorded points, judged, and why they fail; `grid` is the fault of the x grid."""
        if not self.judging or curve.judge == "shapes":
            return [], None
        asserted = self.asserted.get(curve.id)
        if asserted is None:
            return [], "nothing is recorded for this curve"
        points = [
            _point(curve, asserted, i, y[i] if grid is None else None)
            for i in range(len(asserted.x))
        ]
        bad = sum(not point["ok"] for point in points)
        if grid is None and bad:
            return points, f"{bad} of {len(points)} points are outside their tolerance"
        return points, grid

    def _shapes(
        self, curve: Curve, x: list[float], y: list[float], grid: str | None
    ) -> list[dict[str, Any]]:
        results = []
        for shape in curve.shapes:
            result = hold(shape, x, y, self._xy(), self.outcome.scalars)
            if result.ok is None and self.judging:
                # On another grid a shape may well make no sense; the grid is what went wrong.
                amiss = f"the shape {shape.kind} asks amiss: {result.detail}"
                self._blame(f"curve {curve.id}: {grid or amiss}")
            results.append(for_json(result.to_json()))
        return results

    def _xy(self) -> dict[str, XY]:
        data = {curve.id: self._data(curve) for curve in self.declaration.curves}
        return {name: (x, y) for name, (x, y, fault) in data.items() if fault is None}

    def _blame(self, message: str) -> None:
        if self.error is None:
            self.error = {"kind": "curve", "message": message, "line": None}


def _grid_fault(x: Sequence[float], recorded: Sequence[float]) -> str | None:
    """None where x is the recorded grid in length, order and, within 1e-12 relative, value."""
    if len(x) != len(recorded):
        return f"another x grid: {len(x)} points, recorded are {len(recorded)}"
    # A recorded 0 may come out as rounding dust of its neighbours.
    dust = 1e-15 * max((abs(value) for value in recorded), default=0.0)
    for i, (value, wanted) in enumerate(zip(x, recorded, strict=True)):
        if not abs(value - wanted) <= max(GRID_RTOL * abs(wanted), dust):
            return f"another x grid: point {i + 1} is at x = {value!r}, recorded is {wanted!r}"
    return None


def _point(curve: Curve, asserted: Asserted, i: int, y: float | None) -> dict[str, Any]:
    tolerance = allowed(curve, asserted, i)
    finite = y is not None and math.isfinite(y)
    deviation = abs(y - asserted.y[i]) if finite else None
    return for_json(
        {
            "x": asserted.x[i],
            "y": y,
            "asserted": asserted.y[i],
            "deviation": deviation,
            "allowed": tolerance,
            "ok": deviation is not None and deviation <= tolerance,
        }
    )


def _entry(curve: Curve, x: list[float], y: list[float], **rest: Any) -> dict[str, Any]:
    return {"id": curve.id, "x": for_json(x), "y": for_json(y), **rest}


def for_json(value: Any) -> Any:
    """The same data with None for each number that JSON cannot hold."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: for_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [for_json(item) for item in value]
    return value
