"""Plain data → a record; pydantic's findings as diagnostics, in an author's words and places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import ValidationError

from ..diagnostics import Diagnostic, Rule, did_you_mean
from ..diagnostics.catalogue import evidence, fields
from ..model import Record
from ..model.base import Quoted, describe
from .keys import known_keys
from .places import FieldPath, Places

T = TypeVar("T", bound=Record)
FORMS = {
    "list": "a list",
    "tuple": "a list",
    "dict": "a mapping",
    "model": "a mapping",
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
}
BOUNDS = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "at most"),
}
REPEATED = frozenset({"bad_date", "bad_identifier", "bad_number", "wrong_type"})
"""Custom errors whose message the value makes clearer."""
SHOWN = 40
"""The longest value that a message repeats."""


def validate(
    model: type[T], data: Any, places: Places, at: FieldPath = ()
) -> tuple[T | None, list[Diagnostic]]:
    """The record; None, and every fault at its place, where the data is not one.

    `at` is where the data stands in its file.
    """
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=True)
        return None, _diagnostics(model, data, found, places, at)


def _diagnostics(
    model: type[Record], data: Any, errors: list[Any], places: Places, at: FieldPath
) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    missing: dict[FieldPath, list[str]] = {}
    short: dict[FieldPath, int] = {}
    unknown: dict[FieldPath, list[str]] = {}
    for error in errors:
        *around, last = error["loc"] or ("",)
        if error["type"] == "missing":
            path = locate(data, around)
            if isinstance(last, str):
                missing.setdefault(path, []).append(last)
            else:
                short[path] = max(short.get(path, 0), last + 1)
        elif not _follows(error, errors):
            path = locate(data, error["loc"])
            found.append(_fault(model, path, error, places, at))
            if error["type"] == "extra_forbidden":
                unknown.setdefault(path[:-1], []).append(str(path[-1]))
    for path, names in missing.items():
        misspelt = {n for n in names for key in unknown.get(path, ()) if did_you_mean(key, [n])}
        if lacking := [name for name in names if name not in misspelt]:
            found.append(_missing(path, lacking, places, at))
    for path, wanted in short.items():
        message = f"{_name(path)} wants {wanted} items"
        found.append(fields.BAD_VALUE.at(places.value(*at, *path), message))
    return list(dict.fromkeys(found))


def _follows(error: Any, errors: list[Any]) -> bool:
    """A list is "too short" to pydantic when its items have faults of their own."""
    if error["type"] != "too_short" or "min_length" not in error.get("ctx", {}):
        return False
    loc = error["loc"]
    return any(len(e["loc"]) > len(loc) and e["loc"][: len(loc)] == loc for e in errors)


def locate(data: Any, loc: Iterable[str | int]) -> FieldPath:
    """The part of an error's location that is written in the file.

    The rest are names of union members. Where such a name is also a key (`on.curve.from`), the
    reading that reaches the last part wins.
    """
    parts = tuple(loc)
    best: tuple[bool, int, FieldPath] = (False, 0, ())

    def walk(value: Any, index: int, path: FieldPath, last: bool) -> None:
        nonlocal best
        reading = (last and index == len(parts), len(path), path)
        if reading[:2] > best[:2]:
            best = reading
        if index == len(parts):
            return
        part = parts[index]
        inside = (
            part in value
            if isinstance(value, dict)
            else isinstance(value, list) and isinstance(part, int) and part < len(value)
        )
        if inside:
            walk(value[part], index + 1, (*path, part), True)
        if isinstance(part, str):
            walk(value, index + 1, path, False)

    walk(data, 0, (), False)
    return best[2]


def _fault(
    model: type[Record], path: FieldPath, error: Any, places: Places, at: FieldPath
) -> Diagnostic:
    kind, context, value = error["type"], error.get("ctx", {}), error["input"]
    span, name = places.value(*at, *path), _name(path)
    if kind == "extra_forbidden":
        known = known_keys(model, error["loc"][:-1])
        key = str(path[-1])
        hint = did_you_mean(key, known) or f"its keys are {', '.join(known)}"
        return fields.UNKNOWN_KEY.at(places.key(*at, *path), f'unknown key "{key}"', hint)
    if error["loc"] and error["loc"][-1] == "[key]" and path:
        return fields.BAD_VALUE.at(places.key(*at, *path), f'the key "{path[-1]}" {error["msg"]}')
    if kind == "literal_error":
        allowed = [choice.strip("'") for choice in _choices(context["expected"])]
        listed = f"{', '.join(allowed[:-1])} or {allowed[-1]}" if allowed[1:] else allowed[0]
        hint = did_you_mean(str(value), allowed)
        if len(allowed) < 12:
            return fields.BAD_VALUE.at(span, f"{name} wants {listed}{_not(value)}", hint)
        message = f"{name} cannot be {describe(value)}"
        return fields.BAD_VALUE.at(span, message, hint or f"it is one of {listed}")
    if kind == "unknown_shape":
        hint = did_you_mean(context["kind"], context["known"])
        hint = hint or f"the shapes are {', '.join(context['known'])}"
        kind_span = places.key(*at, *path, context["kind"])
        return fields.BAD_VALUE.at(kind_span, f'there is no shape "{context["kind"]}"', hint)
    rule, message = _message(kind, context, error["msg"], value, name)
    hint = "begin each entry with `- `, or put [ ] around them" if kind == "tuple_type" else None
    if value is None and path:
        hint = "drop the key, or give it a value"
    return rule.at(span, message, hint)


def _message(
    kind: str, context: dict[str, Any], text: str, value: Any, name: str
) -> tuple[Rule, str]:
    """The rule and the words for what is wrong with one value."""
    if kind in BOUNDS:
        key, words = BOUNDS[kind]
        return fields.BAD_VALUE, f"{name} must be {words} {context[key]:g}{_not(value)}"
    if kind == "too_short" and "min_length" in context:
        wanted = context["min_length"]
        return fields.BAD_VALUE, f"{name} wants at least {wanted} item{'s' * (wanted > 1)}"
    if kind == "too_long":
        count = f", not {len(value)}" if isinstance(value, list) else ""
        return fields.BAD_VALUE, f"{name} wants {context['max_length']} items{count}"
    if kind == "string_pattern_mismatch":
        return fields.BAD_VALUE, f'{name}: "{value}" is not what the tool writes'
    form = kind.partition("_")[0]
    if kind.endswith(("_type", "_parsing", "_from_float", "_parsing_size")) and form in FORMS:
        return fields.WRONG_TYPE, f"{name} wants {FORMS[form]}{_not(value)}"
    rule = {"wrong_type": fields.WRONG_TYPE, "bad_identifier": evidence.BAD_IDENTIFIER}.get(
        kind, fields.BAD_VALUE
    )
    if text.startswith("is ") and kind != "blank" and isinstance(value, str):
        return rule, f'{name}: "{value}" {text}'
    repeat = kind in REPEATED and ", not " not in text
    return rule, f"{name} {text}{_not(value) if repeat else ''}"


def _missing(path: FieldPath, names: list[str], places: Places, at: FieldPath) -> Diagnostic:
    quoted = [f'"{name}"' for name in names]
    words = f"{', '.join(quoted[:-1])} and {quoted[-1]} are" if names[1:] else f"{quoted[0]} is"
    whole = (*at, *path)
    owner = f" in {_name(whole)}" if whole else ""
    return fields.MISSING_KEY.at(places.value(*whole), f"{words} missing{owner}")


def _name(path: FieldPath) -> str:
    """The words for a value: `"title"`, or `item 2 of "tags"`."""
    if not path:
        return "the file"
    last = path[-1]
    if isinstance(last, int):
        return f"item {last + 1} of {_name(path[:-1])}"
    return f'"{last}"'


def _not(value: Any) -> str:
    """`, not "x"`, where the value is short enough to be repeated."""
    words = describe(value)
    if isinstance(value, str | Quoted) and (len(value) > SHOWN or "\n" in value):
        return ""
    return f", not {value if _is_number(value) else words}"


def _is_number(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"-?[\d.]+(e[-+]?\d+)?", value))


def _choices(expected: str) -> list[str]:
    """pydantic lists them as "'a', 'b' or 'c'"."""
    return expected.replace(" or ", ", ").split(", ")
