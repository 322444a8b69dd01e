"""Sources and claims as CSL-JSON items, for citation managers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..model import Source
from ..model.source import CslDate

PRIVATE = frozenset({"abstract", "annote", "note", "keyword", "file", "source", "custom"})
"""What never reaches the site."""
DATES = ("issued", "accessed", "available-date", "event-date", "original-date", "submitted")

Item = Mapping[str, Any]


def item(source: Source) -> dict[str, Any]:
    """A CSL 1.0.2 item with the fields that the bibliography has, in the order of CSL's names."""
    fields = source.model_dump(
        by_alias=True, exclude_none=True, exclude_defaults=True, mode="json", exclude={*PRIVATE}
    )
    for name in DATES:
        value = getattr(source, name.replace("-", "_"), None)
        if isinstance(value, CslDate):
            fields[name] = date(value)
    first = {name: fields.pop(name) for name in ("id", "type", "title")}
    return first | dict(sorted(fields.items()))


def date(value: CslDate) -> dict[str, Any]:
    parts = [part for part in (value.year, value.month, value.day) if part is not None]
    return {"date-parts": [parts]} | ({"circa": True} if value.circa else {})
