"""JSON Schema, draft-07, of the author files as they stand in YAML.

Drawn from the records themselves. Where an editor's YAML reader takes a plain `1.10` for a
number, a field that holds text allows numbers too.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import Any

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic.fields import FieldInfo

from . import base, claim, concept, people, settings, shapes, source
from .base import Record

DRAFT = "http://json-schema.org/draft-07/schema#"
FILES: Mapping[str, type[Record]] = {
    "notebook": settings.Settings,
    "concept": concept.Concept,
    "claim": claim.Claim,
    "sources": source.Sources,
}
"""The schema's file name → the record of the whole author file."""
ID = f"^{base.ID_PATTERN}$"
REF = rf"^{base.ID_PATTERN}(/{base.ID_PATTERN}){{0,2}}$"
TEXT = {"type": ["string", "number", "boolean"]}
LINE = {**TEXT, "minLength": 1}
NUMBER_OR_NAME = {"type": ["number", "string"]}
DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
PAIR = {"type": "array", "items": NUMBER_OR_NAME, "minItems": 2, "maxItems": 2}
CSL_DATE = {
    "anyOf": [
        {"type": "integer"},
        {"type": "string", "pattern": r"^-?\d{4,}"},
        {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/CslDate"}},
        {"$ref": "#/definitions/CslDate"},
        {
            "type": "object",
            "properties": {"date-parts": {"type": "array", "minItems": 1}},
            "required": ["date-parts"],
        },
    ]
}
KNOWN: tuple[tuple[Any, dict[str, Any]], ...] = (
    (base.Id, {"type": ["string", "integer"], "pattern": ID}),
    (base.Ref, {"type": ["string", "integer"], "pattern": REF}),
    (base.ConceptRef, {"type": "string", "pattern": rf"^{base.ID_PATTERN}/{base.ID_PATTERN}$"}),
    (base.SourceId, {"type": ["string", "integer"], "pattern": "^[A-Za-z0-9_][A-Za-z0-9_:.+-]*$"}),
    (base.Name, {"type": "string", "pattern": r"^[^\W\d]\w*$"}),
    (base.ObjectKey, {"type": "string", "pattern": r"^[a-z]+:\S+$"}),
    (base.Url, {"type": "string", "pattern": r"^https?://[^\s/]+(/\S*)?$"}),
    (settings.BaseUrl, {"type": "string", "pattern": r"^https?://[^\s/@?#]+(/[^\s?#]*)?$"}),
    (base.Date, DATE),
    (base.Scalar, TEXT),
    (base.Number, NUMBER_OR_NAME),
    (base.Pair, PAIR),
    (base.Place, {"anyOf": [NUMBER_OR_NAME, PAIR]}),
    (people.PersonRef, {"anyOf": [{"type": "string", "pattern": ID},
                                  {"$ref": "#/definitions/InlinePerson"}]}),
    (people.Orcid, {"type": "string", "pattern": r"^(https://orcid\.org/)?(\d{4}-?){3}\d{3}[\dX]$"}),
    (source.DateField, CSL_DATE),
    (source.Doi, {"type": "string", "pattern": r"^10\.\d{4,9}/\S+$"}),
    (source.Isbn, {"type": ["string", "integer"], "pattern": r"^[\d -]+[xX]?$"}),
    (claim.DigestPart, {"type": ["string", "number"], "pattern": "^[0-9a-f]{16}$"}),
    (shapes.Shape, {"$ref": "#/definitions/Shape"}),
    (shapes.CurveShapeField, {"$ref": "#/definitions/CurveShape"}),
    (base.Text, LINE),
    (base.Line, LINE),
)  # fmt: skip
"""Types whose form no annotation tells. A type that begins with one of them is read as it."""
PLAIN = {
    str: TEXT,
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
}
LIMITS = {
    Ge: ("minimum", "ge"),
    Gt: ("exclusiveMinimum", "gt"),
    Le: ("maximum", "le"),
    Lt: ("exclusiveMaximum", "lt"),
    MinLen: ("minItems", "min_length"),
    MaxLen: ("maxItems", "max_length"),
}


def json_schema(name: str) -> dict[str, Any]:
    """The schema of one kind of file: "notebook", "concept", "claim" or "sources"."""
    drawing = _Drawing()
    root = drawing.record(FILES[name])
    return {
        "$schema": DRAFT,
        "title": f"{root.pop('title')} of a concept notebook",
        **root,
        "definitions": dict(sorted(drawing.definitions.items())),
    }


class _Drawing:
    """One schema being drawn, with the definitions that it refers to."""

    def __init__(self) -> None:
        self.definitions: dict[str, dict[str, Any]] = {}

    def record(
        self, record: type[Record], leave_out: frozenset[str] = frozenset()
    ) -> dict[str, Any]:
        """A mapping with the record's fields, but for those left out."""
        fields = {
            field.alias or name: field
            for name, field in record.model_fields.items()
            if name not in leave_out
        }
        required = [name for name, field in fields.items() if field.is_required()]
        return {
            "title": record.__name__,
            "description": (record.__doc__ or "").strip().splitlines()[0],
            "type": "object",
            "properties": {name: self.field(field) for name, field in fields.items()},
            **({"required": required} if required else {}),
            "additionalProperties": record.model_config.get("extra") == "allow",
        }

    def field(self, field: FieldInfo) -> dict[str, Any]:
        hint = (
            typing.Annotated[field.annotation, *field.metadata]
            if field.metadata
            else field.annotation
        )
        drawn = self.type(hint)
        about = {"description": field.description} if field.description else {}
        default = field.default
        if isinstance(default, str | int | float | bool) and default != "":
            about["default"] = default
        if "$ref" in drawn:
            # Draft-07 ignores whatever stands beside a $ref.
            return {"allOf": [drawn], **about}
        return {**drawn, **about}

    def type(self, hint: Any) -> dict[str, Any]:
        known = next((drawn for kind, drawn in KNOWN if _begins_with(hint, kind)), None)
        if known is not None:
            return self.referred(known)
        origin, args = typing.get_origin(hint), typing.get_args(hint)
        if origin is typing.Annotated:
            return {**self.type(args[0]), **_limits(args[1:])}
        if origin is typing.Literal:
            return {"enum": list(args)}
        if origin in (types.UnionType, typing.Union):
            return self.union(args)
        if origin is tuple:
            return self.tuple(args)
        if origin is dict:
            keys = self.type(args[0]).get("pattern")
            names = {"propertyNames": {"pattern": keys}} if keys else {}
            return {"type": "object", **names, "additionalProperties": self.type(args[1])}
        if isinstance(hint, type) and issubclass(hint, Record):
            return self.referred({"$ref": f"#/definitions/{hint.__name__}"}, hint)
        return dict(PLAIN[hint])

    def union(self, args: tuple[Any, ...]) -> dict[str, Any]:
        kinds = [self.type(arg) for arg in args if arg is not type(None)]
        if len(kinds) < len(args):
            kinds = [_or_nothing(kind) for kind in kinds]
        return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}

    def tuple(self, args: tuple[Any, ...]) -> dict[str, Any]:
        if args[-1] is Ellipsis:
            return {"type": "array", "items": self.type(args[0])}
        kinds = [self.type(arg) for arg in args]
        return {"type": "array", "items": kinds, "minItems": len(kinds), "maxItems": len(kinds)}

    def referred(self, drawn: dict[str, Any], record: type[Record] | None = None) -> dict[str, Any]:
        """The same, with the definition that it refers to drawn too."""
        for name in _references(drawn):
            if name not in self.definitions:
                self.definitions[name] = {}
                self.definitions[name] = self.definition(name, record)
        return dict(drawn)

    def definition(self, name: str, record: type[Record] | None) -> dict[str, Any]:
        if name == "Shape":
            return self.shape("One law, as a map with one key.", {})
        if name == "CurveShape":
            curve = {**self.type(base.Id), "description": "the curve"}
            return self.shape("A curve, and one law that it must obey.", {"curve": curve})
        return self.record(record or _NAMED[name])

    def shape(self, about: str, beside: dict[str, Any]) -> dict[str, Any]:
        laws = {}
        for kind, record in shapes.SHAPES.items():
            drawn = self.record(record, frozenset({"kind"}))
            drawn["title"] = kind
            laws[kind] = drawn if drawn.get("required") else _or_nothing(drawn)
        count = 1 + len(beside)
        return {
            "description": about,
            "type": "object",
            "properties": {**beside, **laws},
            **({"required": list(beside)} if beside else {}),
            "minProperties": count,
            "maxProperties": count,
            "additionalProperties": False,
        }


_NAMED: Mapping[str, type[Record]] = {
    "CslDate": source.CslDate,
    "InlinePerson": people.InlinePerson,
}


def _begins_with(hint: Any, kind: Any) -> bool:
    """Whether a type is a known one, perhaps with further annotations."""
    if hint == kind:
        return True
    mine, theirs = typing.get_args(hint), typing.get_args(kind)
    return (
        typing.get_origin(hint) is typing.Annotated
        and typing.get_origin(kind) is typing.Annotated
        and mine[0] == theirs[0]
        and _same_checks(mine[1 : len(theirs)], theirs[1:])
    )


def _same_checks(mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> bool:
    return len(mine) == len(theirs) and all(a == b for a, b in zip(mine, theirs, strict=True))


def _limits(metadata: tuple[Any, ...]) -> dict[str, Any]:
    found = {}
    for entry in metadata:
        inner = entry.metadata if isinstance(entry, FieldInfo) else [entry]
        for limit in inner:
            if type(limit) in LIMITS:
                key, attribute = LIMITS[type(limit)]
                found[key] = getattr(limit, attribute)
    return found


def _or_nothing(drawn: dict[str, Any]) -> dict[str, Any]:
    """Also a key without a value."""
    if "enum" in drawn:
        return {**drawn, "enum": [*drawn["enum"], None]}
    if "type" in drawn:
        kinds = drawn["type"] if isinstance(drawn["type"], list) else [drawn["type"]]
        return {**drawn, "type": [*kinds, "null"]}
    return {"anyOf": [*drawn.get("anyOf", [drawn]), {"type": "null"}]}


def _references(drawn: Any) -> list[str]:
    if isinstance(drawn, dict):
        own = [drawn["$ref"].rpartition("/")[2]] if "$ref" in drawn else []
        return own + [name for value in drawn.values() for name in _references(value)]
    if isinstance(drawn, list):
        return [name for value in drawn for name in _references(value)]
    return []
