"""The keys that a record may have, found by walking the model's types along a location."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from ..model import Record
from ..model.shapes import SHAPES


def known_keys(model: type[Record], loc: tuple[str | int, ...]) -> list[str]:
    """The keys, as authors write them, of the record at a pydantic error's location."""
    candidates: list[Any] = [model]
    for part in loc:
        if part in SHAPES and any(kind in candidates for kind in SHAPES.values()):
            candidates = [SHAPES[part]]
            continue
        inner = [found for each in candidates for found in _step(each, part) if _holds(found)]
        candidates = inner or candidates
    keys = (
        field.alias or name
        for record in candidates
        if isinstance(record, type) and issubclass(record, Record)
        for name, field in record.model_fields.items()
        if not _is_tag(name, record)
    )
    return list(dict.fromkeys(keys))


def _step(kind: Any, part: str | int) -> Iterator[Any]:
    if isinstance(kind, type) and issubclass(kind, Record):
        for name, field in kind.model_fields.items():
            if part in (name, field.alias):
                yield from members(field.annotation)
    elif isinstance(part, int) and get_origin(kind) in (tuple, list):
        yield from members(get_args(kind)[0])
    elif get_origin(kind) is dict:
        yield from members(get_args(kind)[1])


def _holds(kind: Any) -> bool:
    """Whether a value of this type can hold keys; what cannot was the name of a union member."""
    record = isinstance(kind, type) and issubclass(kind, Record)
    return record or get_origin(kind) in (tuple, list, dict)


def members(annotation: Any) -> Iterator[Any]:
    """The types that an annotation allows, without `Annotated` and `|`."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from members(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from members(member)
    else:
        yield annotation


def _is_tag(name: str, record: type[Record]) -> bool:
    return (
        name == "kind"
        and get_origin(record.model_fields[name].annotation) is Literal
        and (record in SHAPES.values())
    )
