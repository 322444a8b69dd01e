"""claims/sources.yaml → LoadedSource, each item by itself."""

from __future__ import annotations

from typing import Any

from ..diagnostics import did_you_mean
from ..diagnostics.catalogue import fields as field_rules
from ..diagnostics.catalogue import references as rules
from ..model import Source
from ..model.base import describe
from .fields import validate
from .loaded import LoadedSource
from .places import Places
from .prose import parse_prose
from .reader import Reader
from .yaml import Document

PATH = "claims/sources.yaml"


def load_sources(reader: Reader) -> tuple[dict[str, LoadedSource], Places]:
    """The sources by id. An item that cannot be read is `broken`; the others stay."""
    if not reader.is_file(PATH):
        return {}, Places(PATH)
    document = reader.yaml(PATH)
    if document is None:
        reader.broken.add(PATH)
        return {}, Places(PATH)
    found: dict[str, LoadedSource] = {}
    for index, item in enumerate(_items(reader, document)):
        source = _load_source(reader, document, index, item)
        if source is None:
            continue
        name = source.record.id
        if name in found:
            first = document.places.value("references", found[name].index, "id")
            reader.report.add(
                rules.DUPLICATE_ID.at(
                    document.places.value("references", index, "id"),
                    f'the source "{name}" stands twice',
                    related=[(first, "first here")],
                )
            )
        else:
            found[name] = source
    return found, document.places


def _items(reader: Reader, document: Document) -> list[Any]:
    data, places = document.data, document.places
    if not isinstance(data, dict):
        reader.broken.add(PATH)
        message = f'the file wants a mapping with "references", not {describe(data)}'
        reader.report.add(field_rules.WRONG_TYPE.at(places.value(), message))
        return []
    for key in data:
        if key != "references":
            reader.report.add(
                field_rules.UNKNOWN_KEY.at(
                    places.key(key),
                    f'unknown key "{key}"',
                    did_you_mean(key, ["references"]) or 'its only key is "references"',
                )
            )
    items = data.get("references")
    if isinstance(items, list):
        return items
    reader.broken.add(PATH)
    if "references" not in data:
        message = '"references" is missing'
        reader.report.add(field_rules.MISSING_KEY.at(places.value(), message))
    else:
        message = f'"references" wants a list, not {describe(items)}'
        reader.report.add(field_rules.WRONG_TYPE.at(places.value("references"), message))
    return []


def _load_source(reader: Reader, document: Document, index: int, item: Any) -> LoadedSource | None:
    at = ("references", index)
    record, faults = validate(Source, item, document.places, at)
    reader.report.extend(faults)
    if record is None:
        name = item.get("id") if isinstance(item, dict) else None
        reader.broken.add(str(name) if isinstance(name, str) else PATH)
        return None
    prose, faults = parse_prose(record, document.origins, PATH, at)
    reader.report.extend(faults)
    return LoadedSource(record, index, prose)
