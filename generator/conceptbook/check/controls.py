"""Controls: top-level literals, their ranges, and the settings that name them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conceptbook_kit import source

from ..diagnostics import Diagnostic, Rule, Span, did_you_mean
from ..diagnostics.catalogue import fields as field_rules
from ..diagnostics.catalogue import references as reference_rules
from ..diagnostics.catalogue import witnesses as rules
from ..load import LoadedConcept, LoadedNotebook
from ..model import Witness
from ..model.witness import Control
from .programs import Program

SCALAR = bool | int | float | str
GRID = 1e-6


@dataclass(frozen=True)
class WrongSetting:
    """A setting of a control that a reader could not make."""

    name: str
    rule: Rule
    message: str
    hint: str | None = None


def literals(notebook: LoadedNotebook, each: Program) -> Iterator[Diagnostic]:
    """Each control is bound once, at top level, to a literal within its range."""
    if each.tree is None:
        return
    for index, control in enumerate(each.witness.record.controls):
        span = each.field("controls", index, "name")
        literal = each.literals.get(control.name)
        if literal is None:
            yield _unbound(each, control, span)
        elif not isinstance(literal.value, SCALAR):
            yield rules.CONTROL_NOT_LITERAL.at(
                span,
                f'"{control.name}" is bound to a {type(literal.value).__name__}; a control is '
                "a number, a text, or True or False",
                related=[(each.place(literal.line, literal.column), "bound here")],
            )
        elif wrong := outside(control, literal.value):
            yield rules.CONTROL_OUT_OF_RANGE.at(
                span,
                f'the default of "{control.name}", {literal.value!r}, {wrong}',
                "widen the range, or change the literal",
                related=[(each.place(literal.line, literal.column), "bound here")],
            )


def _unbound(each: Program, control: Control, span: Span) -> Diagnostic:
    places = source.bindings(each.tree).get(control.name, [])
    if len(places) > 1:
        lines = " and ".join(str(place.line) for place in places)
        return rules.CONTROL_REBOUND.at(
            span,
            f'"{control.name}" is bound {len(places)} times, in lines {lines}',
            "give the later ones another name: the reader's value would be overwritten",
            related=[(each.place(place.line, place.column), "bound here") for place in places],
        )
    if places:
        return rules.CONTROL_NOT_LITERAL.at(
            span,
            f'"{control.name}" is not bound to a plain literal',
            "bind it to a number, a text, or True or False",
            related=[(each.place(places[0].line, places[0].column), "bound here")],
        )
    return rules.CONTROL_NOT_LITERAL.at(
        span,
        f'{each.witness.record.path} binds no "{control.name}" at top level',
        did_you_mean(control.name, each.literals),
    )


def ranges(notebook: LoadedNotebook, each: Program) -> Iterator[Diagnostic]:
    """A range or choices for each number; a range that has an inside."""
    declared = each.witness.declaration
    for index, control in enumerate(each.witness.record.controls):
        wrong = _bad_range(control, declared.defaults.get(control.name) if declared else None)
        if wrong:
            span = each.field("controls", index, wrong[0])
            yield field_rules.INCONSISTENT_FIELDS.at(span, *wrong[1:])


def _bad_range(control: Control, default: Any) -> tuple[str, str, str] | None:
    name = f'the control "{control.name}"'
    if (control.min is None) != (control.max is None):
        there, lacks = ("min", "max") if control.max is None else ("max", "min")
        return there, f"{name} has {there} and no {lacks}", f"add {lacks}"
    if control.min is not None and control.max is not None and control.min >= control.max:
        return "min", f"{name} has no range: min is not below max", "exchange them"
    if control.scale == "log" and control.min is not None and control.min <= 0:
        return "min", f"{name} has a log scale, and min is not above 0", "raise min"
    number = isinstance(default, int | float) and not isinstance(default, bool)
    if number and control.min is None and not control.choices:
        hint = "give it both, or choices"
        return "name", f"{name} is a number and has neither min and max nor choices", hint
    return None


def settings(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """What predictions and the storyboard set: controls that exist, values within range."""
    for concept in notebook.concepts.values():
        witnesses = {witness.id: witness for witness in reversed(concept.record.witnesses)}
        first = next(iter(concept.record.witnesses), None)
        for index, prediction in enumerate(concept.record.predictions):
            chosen = witnesses.get(prediction.witness) if prediction.witness else first
            if chosen:
                at = ("predictions", index, "set")
                yield from _settings(concept, [chosen], prediction.set, at)
        for index, step in enumerate(concept.record.storyboard):
            at = ("storyboard", index, "set")
            yield from _settings(concept, list(concept.record.witnesses), step.set, at)


def _settings(
    concept: LoadedConcept, witnesses: list[Witness], values: Mapping[str, Any], at: tuple
) -> Iterator[Diagnostic]:
    for wrong in wrong_settings(concept, witnesses, values):
        place = concept.places.key if wrong.rule is reference_rules.UNKNOWN_CONTROL else None
        span = (place or concept.places.value)(*at, wrong.name)
        yield wrong.rule.at(span, wrong.message, wrong.hint)


def wrong_settings(
    concept: LoadedConcept, witnesses: Sequence[Witness], values: Mapping[str, Any]
) -> Iterator[WrongSetting]:
    """What a demo could not be set to: no control of these witnesses, or no value of its own."""
    controls = {c.name: (w, c) for w in reversed(witnesses) for c in w.controls}
    for name, value in values.items():
        if name not in controls:
            where = f'the witness "{witnesses[0].id}"' if len(witnesses) == 1 else "this concept"
            listed = f"its controls are {', '.join(controls)}" if controls else None
            message = f'{where} has no control "{name}"'
            hint = did_you_mean(name, controls) or listed
            yield WrongSetting(name, reference_rules.UNKNOWN_CONTROL, message, hint)
            continue
        witness, control = controls[name]
        wrong = _other_type(value, default_of(concept, witness, name)) or outside(control, value)
        if wrong:
            message = f'"{name}" is set to {value!r}, which {wrong}'
            yield WrongSetting(name, rules.CONTROL_OUT_OF_RANGE, message)


def default_of(concept: LoadedConcept, witness: Witness, name: str) -> Any:
    """The control's value in the program; None where it cannot be read."""
    loaded = concept.witnesses.get(witness.id)
    declared = loaded.declaration if loaded else None
    return declared.defaults.get(name) if declared else None


def _other_type(value: Any, default: Any) -> str | None:
    if default is None:
        return None
    numbers = [isinstance(v, int | float) and not isinstance(v, bool) for v in (value, default)]
    if all(numbers):
        whole = isinstance(default, int) and _is_finite(value) and value != int(value)
        return "is not a whole number, as the program's is" if whole else None
    if type(value) is type(default):
        return None
    return f"is not of the program's kind ({type(default).__name__})"


def outside(control: Control, value: Any) -> str | None:
    """Why a reader could not set the control to this value; None where they could."""
    if control.choices:
        listed = ", ".join(str(choice) for choice in control.choices)
        return None if value in control.choices else f"is not one of its choices, {listed}"
    if isinstance(value, bool | str):
        return None
    if not _is_finite(value):
        return "is no finite number"
    if control.min is not None and control.max is not None and control.min >= control.max:
        return None  # The range has its own fault.
    if control.min is not None and value < control.min:
        return f"lies below its min, {control.min:g}"
    if control.max is not None and value > control.max:
        return f"lies above its max, {control.max:g}"
    if control.step and control.min is not None and control.scale == "linear":
        steps = (value - control.min) / control.step
        if not math.isfinite(steps) or abs(steps - round(steps)) > GRID:
            return f"is no step of {control.step:g} from its min, {control.min:g}"
    return None


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False
