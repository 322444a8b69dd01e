"""The base of every record, and the small types that their fields share.

The loader hands over scalars as text (`Quoted` where the author quoted them), so that each
field's type decides what a text means: `no` is a word, `1.10` a version, `1e-6` a number.
"""

from __future__ import annotations

import datetime
import math
import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
)
from pydantic_core import PydanticCustomError

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
RESERVED_DOMAINS = frozenset(
    "claims sources audit api assets runtime search map feed glossary page static".split()
)


class Quoted(str):
    """A scalar that the author put in quotes, or in a block: always text."""


class Record(BaseModel):
    """A mapping of an author file: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


def _matches(pattern: str, what: str):
    compiled = re.compile(pattern)

    def validate(value: str) -> str:
        if not compiled.fullmatch(value):
            raise PydanticCustomError("bad_form", "is not {what}", {"what": what})
        return value

    return AfterValidator(validate)


def _text(value: Any) -> Any:
    if isinstance(value, str):
        return str(value)
    raise PydanticCustomError("wrong_type", "wants text, not {got}", {"got": describe(value)})


def _not_blank(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("blank", "is empty")
    return value


def _one_line(value: str) -> str:
    if "\n" in value.strip():
        raise PydanticCustomError("many_lines", "must be one line")
    return value.strip()


def _iso_date(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError("bad_date", "is no day of the calendar") from error
    raise PydanticCustomError("bad_date", "wants a day as YYYY-MM-DD")


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise PydanticCustomError("bad_number", "wants a finite number")
    return value


def _scalar(value: Any) -> Any:
    """An unquoted text as the number or boolean that it spells, else as text."""
    if isinstance(value, bool | int | float):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError(
            "wrong_type",
            "wants a number, a word, true or false, not {got}",
            {"got": describe(value)},
        )
    if isinstance(value, Quoted):
        return str(value)
    if value in {"true", "false"}:
        return value == "true"
    for kind in (int, float):
        try:
            return kind(value)
        except ValueError:
            continue
    return str(value)


def _number_or_name(value: Any) -> Any:
    scalar = _scalar(value)
    if isinstance(scalar, str) and not scalar.isidentifier():
        raise PydanticCustomError(
            "wrong_type", "wants a number, or the name of a top-level scalar of the witness"
        )
    if isinstance(scalar, bool):
        raise PydanticCustomError("wrong_type", "wants a number, not true or false")
    return scalar


def _interval(value: Any) -> Any:
    if isinstance(value, list | tuple) and len(value) != 2:
        raise PydanticCustomError("bad_pair", "wants a pair [low, high]")
    return value


def describe(value: Any) -> str:
    """The form of a value in an author's words."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return f'"{value}"'


class Prose:
    """Marks the fields that hold CommonMark inline text with `$math$`, citations and links."""


Text = Annotated[str, BeforeValidator(_text), AfterValidator(_not_blank), Prose()]
"""Prose: may be long."""
Line = Annotated[str, BeforeValidator(_text), AfterValidator(_not_blank), AfterValidator(_one_line)]
Id = Annotated[
    str, BeforeValidator(_text), _matches(ID_PATTERN, "an id: lower case words joined by hyphens")
]
Ref = Annotated[
    str,
    BeforeValidator(_text),
    _matches(rf"{ID_PATTERN}(/{ID_PATTERN}){{0,2}}", "an id, or ids joined by slashes"),
]
ConceptRef = Annotated[
    str,
    BeforeValidator(_text),
    _matches(rf"{ID_PATTERN}/{ID_PATTERN}", "the id of a concept, domain/concept"),
]
SourceId = Annotated[
    str, BeforeValidator(_text), _matches(r"[A-Za-z0-9_][A-Za-z0-9_:.+-]*", "a citation key")
]
Sha256 = Annotated[
    str, BeforeValidator(_text), _matches("[0-9a-f]{64}", "a SHA-256: 64 digits of 0-9 and a-f")
]
WheelFile = Annotated[
    str,
    BeforeValidator(_text),
    _matches(
        r"(?:[\w+-][\w.+-]*/)*[\w.!+-]+\.whl",
        "a wheel: a file of the notebook such as wheels/x-1.0-py3-none-any.whl, or its name alone",
    ),
]
Name = Annotated[str, BeforeValidator(_text), _matches(r"[^\W\d]\w*", "a name of the witness")]
ObjectKey = Annotated[
    str,
    BeforeValidator(_text),
    _matches(r"[a-z]+:\S+", "an object key, kind:id"),
]
Url = Annotated[str, BeforeValidator(_text), _matches(r"https?://[^\s/]+(/\S*)?", "a web address")]
Date = Annotated[datetime.date, BeforeValidator(_iso_date)]
Num = Annotated[float, AfterValidator(_finite)]
Scalar = Annotated[int | float | bool | str, BeforeValidator(_scalar)]
Number = Annotated[int | float | str, BeforeValidator(_number_or_name)]
"""A number, or the name of a top-level scalar of the witness."""
Pair = Annotated[tuple[Number, Number], BeforeValidator(_interval)]
Place = Annotated[
    Annotated[Number, Tag("number")] | Annotated[Pair, Tag("pair")],
    Discriminator(lambda value: "pair" if isinstance(value, list | tuple) else "number"),
    Field(description="a value, or a pair [low, high]"),
]
