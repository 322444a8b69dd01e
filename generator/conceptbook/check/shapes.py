"""Shapes that can be judged: whole arguments, known names, an x on the recorded grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conceptbook_kit import shapes as kit

from ..diagnostics import Diagnostic
from ..diagnostics.catalogue import references as reference_rules
from ..diagnostics.catalogue import witnesses as rules
from ..load import FieldPath, LoadedNotebook
from ..model.declare import shape as declared_shape
from ..model.shapes import Shape
from .curves import curves, unbound
from .objects import ids, missing
from .programs import Program


@dataclass(frozen=True)
class _Declared:
    """A shape in its place: below which path of concept.yaml, of which curve."""

    each: Program
    path: FieldPath
    """Of the shape's arguments in concept.yaml."""
    curve: str
    shape: Shape
    asserted_setting: bool
    """Whether it speaks of the recorded curve."""


def bad_shapes(notebook: LoadedNotebook, each: Program) -> Iterator[Diagnostic]:
    """Shapes of curves and of options that no run could be judged by."""
    for declared in _declared(each):
        yield from _faults(notebook, declared)


def _declared(each: Program) -> Iterator[_Declared]:
    """The shapes of a witness's curves, and of the options about them."""
    base = ("witnesses", each.witness.index)
    own = {curve.id for curve in each.witness.record.curves}
    for at, curve in curves(each):
        for index, shape in enumerate(curve.shapes):
            path = (*base, *at, "shapes", index, shape.kind)
            yield _Declared(each, path, curve.id, shape, True)
    record = each.concept.record
    options = [
        (("predictions", p, "options", o), option, not prediction.set)
        for p, prediction in enumerate(record.predictions)
        for o, option in enumerate(prediction.options)
    ]
    if record.inquiry:
        options += [
            (("inquiry", "options", o), option, True)
            for o, option in enumerate(record.inquiry.options)
        ]
    for path, option, asserted in options:
        if option.shape and option.shape.curve in own:
            shape = option.shape.shape
            at = (*path, "shape", shape.kind)
            yield _Declared(each, at, option.shape.curve, shape, asserted)


def _faults(notebook: LoadedNotebook, declared: _Declared) -> Iterator[Diagnostic]:
    each, places = declared.each, declared.each.concept.places
    other = getattr(declared.shape, "curve", None)
    if other and other not in ids(each.concept, "curve"):
        lost = missing(notebook, each.concept.id, "curve", other)
        span = places.value(*declared.path, "curve")
        yield reference_rules.UNKNOWN_CURVE.at(span, lost.message, lost.hint)
        return
    unknown = list(_unbound(declared)) if each.tree else []
    if unknown:
        yield from unknown
        return
    problem = _senseless(declared.shape) or _unfit(declared)
    if problem:
        yield rules.BAD_SHAPE.at(
            places.key(*declared.path),
            f"this {declared.shape.kind} cannot be judged: {problem[0]}",
            problem[1],
        )


def _unbound(declared: _Declared) -> Iterator[Diagnostic]:
    places = declared.each.concept.places
    dumped = declared_shape(declared.shape).args
    for key, given in dumped.items():
        if key in kit.WORDS:
            continue
        items = list(enumerate(given)) if isinstance(given, list) else [(None, given)]
        for index, value in items:
            if isinstance(value, str) and value not in declared.each.names:
                path = (*declared.path, key) if index is None else (*declared.path, key, index)
                yield unbound(declared.each, value, places.value(*path))


def _senseless(shape: Shape) -> tuple[str, str] | None:
    """What no curve could mend."""
    args = declared_shape(shape).args
    if shape.kind in ("above", "below") and ("value" in args) == ("curve" in args):
        return "it needs either value or curve", "give one of the two"
    if shape.kind == "ratio" and not {"at_least", "at_most"} & args.keys():
        return "it needs at_least or at_most", "give a bound that can fail"
    pairs = [("low", "high"), ("at_least", "at_most")]
    pairs += [("from", "to")] if shape.kind != "converges" else []
    for low, high in pairs:
        if _above(args.get(low), args.get(high)):
            return f"{low} lies above {high}", "exchange them"
    at = args.get("at")
    if isinstance(at, list) and _above(*at):
        return "at is a pair [low, high], and low lies above high", "exchange them"
    return None


def _above(low: object, high: object) -> bool:
    numbers = isinstance(low, int | float) and isinstance(high, int | float)
    return numbers and low > high


def _unfit(declared: _Declared) -> tuple[str, str | None] | None:
    """What the kit says of the recorded curve, where all names are known without a run."""
    witness = declared.each.witness
    asserted = witness.asserted.get(declared.curve)
    if not (declared.asserted_setting and asserted and declared.each.tree):
        return None
    scalars = _scalars(declared.each)
    law = declared_shape(declared.shape)
    if not kit.names(law) <= scalars.keys():
        return None
    recorded = {name: (curve.x, curve.y) for name, curve in witness.asserted.items()}
    other = getattr(declared.shape, "curve", None)
    if other and other not in recorded:
        return None
    try:
        result = kit.hold(law, asserted.x, asserted.y, recorded, scalars)
    except (ArithmeticError, ValueError):
        return "its numbers are too large", None
    return None if result.ok is not None else (result.detail, _grid(result.detail, asserted.x))


def _grid(detail: str, x: tuple[float, ...]) -> str | None:
    if "grid" not in detail and "range" not in detail:
        return None
    shown = ", ".join(f"{value:g}" for value in x[:12])
    return f"the recorded x are {shown}{', …' if len(x) > 12 else ''}"


def _scalars(each: Program) -> Mapping[str, float]:
    return {
        name: literal.value
        for name, literal in each.literals.items()
        if isinstance(literal.value, int | float) and not isinstance(literal.value, bool)
    }
