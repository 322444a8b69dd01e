"""Sources → CSL JSON, for other programs and for the site."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ..model import Source
from ..model.source import CslDate
from .csl_reader import DATES, DROPPED, ordered


def write_csl(sources: Iterable[Source]) -> str:
    """A list of CSL 1.0.2 items."""
    return json.dumps([to_csl(source) for source in sources], indent=2, ensure_ascii=False) + "\n"


Item = Mapping[str, Any]
"""A CSL-JSON item."""


def to_csl(source: Source, *, custom: bool = True) -> dict[str, Any]:
    """One item; what the notebook keeps for itself alone is left out.

    `custom`: with what the notebook adds to CSL, which other programs pass over.
    """
    fields = source.model_dump(
        mode="json",
        by_alias=True,
        exclude_none=True,
        exclude_defaults=True,
        exclude={"custom", *DATES, *(name.replace("-", "_") for name in DATES), *DROPPED},
    )
    for name in DATES:
        date = getattr(source, name.replace("-", "_"), None)
        if date is not None:
            fields[name] = date_parts(date)
    added = source.custom.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    if custom and added:
        fields["custom"] = _stripped(added)
    return ordered(fields)


def _stripped(value: Any) -> Any:
    """Without the newline that YAML's folded texts end with."""
    if isinstance(value, dict):
        return {name: _stripped(inner) for name, inner in value.items()}
    return value.strip() if isinstance(value, str) else value


def date_parts(date: CslDate) -> dict[str, Any]:
    """A date as CSL-JSON has it: `{"date-parts": [[2019, 3]]}`."""
    days = [date, date.until] if date.until else [date]
    parts = [[n for n in (day.year, day.month, day.day) if n is not None] for day in days]
    return {"date-parts": parts, **({"circa": True} if date.circa else {})}


def edtf(date: CslDate) -> str:
    """As precise as it is known: `2019`, `2019-08`, `2019-08-06`, with `~` for about; an interval
    with `/` between."""
    sign = "-" if date.year < 0 else ""
    parts = [f"{sign}{abs(date.year):04d}"]
    parts += [f"{part:02d}" for part in (date.month, date.day) if part is not None]
    end = f"/{edtf(date.until)}" if date.until else ""
    return "-".join(parts) + ("~" if date.circa else "") + end
