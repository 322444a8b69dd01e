"""The prose fields of a record, found by the model's marks and parsed where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from ..diagnostics import Diagnostic
from ..markup import Fragment, Origin, parse_inline
from ..model import Record, Source
from ..model.base import Prose
from ..model.shapes import SHAPES, CurveShape
from .places import FieldPath

NEVER_SHOWN = {(Source, "abstract"), (Source, "note")}
"""Prose of a bibliography that never reaches the site."""


def parse_prose(
    record: Record, origins: Mapping[FieldPath, Origin], path: str, at: FieldPath = ()
) -> tuple[dict[FieldPath, Fragment], list[Diagnostic]]:
    """Each prose text of the record by its YAML path below `at`, and the faults of the texts."""
    fragments: dict[FieldPath, Fragment] = {}
    faults: list[Diagnostic] = []
    for field_path, text in texts(record):
        origin = origins.get((*at, *field_path), Origin(path, exact=False))
        fragments[field_path], found = parse_inline(text, origin)
        faults += found
    return fragments, faults


def texts(record: Record, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Every prose text of a record with its YAML path."""
    kind = type(record)
    for name, alias, marked in _fields(kind):
        value = getattr(record, name)
        if isinstance(value, str):
            if marked and (kind, name) not in NEVER_SHOWN:
                yield (*path, alias), value
        elif isinstance(record, CurveShape) and name == "shape":
            yield from texts(value, (*path, value.kind))
        else:
            yield from _nested(value, (*path, alias), marked)


def _nested(value: Any, path: FieldPath, marked: bool) -> Iterator[tuple[FieldPath, str]]:
    if isinstance(value, str):
        if marked:
            yield path, value
    elif isinstance(value, Record):
        yield from texts(value, (*path, value.kind) if type(value) in SHAPES.values() else path)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _nested(item, (*path, index), marked)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _nested(item, (*path, key), marked)


@cache
def _fields(kind: type[Record]) -> tuple[tuple[str, str, bool], ...]:
    """(attribute, YAML key, is prose) for each field."""
    return tuple(
        (name, field.alias or name, _is_prose(field.metadata) or _has_mark(field.annotation))
        for name, field in kind.model_fields.items()
    )


def _has_mark(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        return _is_prose(metadata) or _has_mark(inner)
    return any(_has_mark(argument) for argument in get_args(annotation))


def _is_prose(metadata: Any) -> bool:
    return any(isinstance(mark, Prose) or mark is Prose for mark in metadata)
