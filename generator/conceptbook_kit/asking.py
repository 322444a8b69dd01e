"""Shapes that are asked of a run beside those that its witness promises: answers to predict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from conceptbook_kit.declaration import Declaration, Shape
from conceptbook_kit.outcome import Outcome
from conceptbook_kit.shapes import XY, ShapeResult, hold


def ask(curve: str, shape: Shape, declaration: Declaration, outcome: Outcome) -> ShapeResult:
    """Whether a curve of the run obeys the shape; ok is None where the run left no such curve."""
    curves = _curves(declaration, outcome)
    if curve not in curves:
        return ShapeResult(shape.kind, dict(shape.args), None, f"the run left no curve {curve!r}")
    return hold(shape, *curves[curve], curves, outcome.scalars)


def answers(
    questions: Iterable[Mapping[str, Any]], declaration: Declaration, outcome: Outcome
) -> list[dict[str, Any]]:
    """[{ok, detail}] for questions [{curve, kind, args}], in their order."""
    found = []
    for question in questions:
        shape = Shape(question["kind"], question.get("args") or {})
        result = ask(question["curve"], shape, declaration, outcome)
        # A run that failed answers nothing, whatever curves it had by then.
        ok = None if outcome.error else result.ok
        detail = outcome.error["message"] if outcome.error else result.detail
        found.append({"ok": ok, "detail": detail})
    return found


def _curves(declaration: Declaration, outcome: Outcome) -> dict[str, XY]:
    arrays = outcome.arrays
    return {
        curve.id: (arrays[curve.x], arrays[curve.y])
        for curve in declaration.curves
        if len(arrays.get(curve.x, ())) == len(arrays.get(curve.y, ())) > 0
    }
