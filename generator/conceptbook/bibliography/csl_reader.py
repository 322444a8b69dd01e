"""CSL items of any origin → items that claims/sources.yaml takes, and what was left out.

CSL is read as Zotero and Better CSL write it: JSON or YAML, dates as EDTF text, as
`[{year, month, day}]` or as date-parts, keys as citation keys or as addresses.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from ..load import yaml
from ..model import Source
from ..model.source import DATE_VARIABLES

DROPPED = frozenset({"abstract", "annote", "note", "keyword", "file", "source"})
"""Variables that the notebook does not keep."""
DATES = frozenset({"issued", "accessed", *DATE_VARIABLES})
FIRST = ("id", "type", "title", "author", "editor", "issued", "container-title")
NAMED = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_:.+-]*")
LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae",
     "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th", "ı": "i"}
)  # fmt: skip
"""Letters that no accent makes."""
SHIFTED = {
    "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"),
    "sup": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"),
}
_FIELDS = {info.alias or name: name for name, info in Source.model_fields.items()}


class Unreadable(Exception):
    """The bibliography cannot be read at all; the message says why."""


@dataclass
class Reading:
    """Items in their order, and what could not be carried over: (key of the item, words)."""

    items: list[dict[str, Any]] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)


def read_csl(text: str) -> Reading:
    """CSL JSON, or CSL YAML with its items under `references`. Raises Unreadable."""
    reading = Reading()
    for raw in _raw_items(text):
        take(reading, _without_markup(raw))
    return reading


def take(reading: Reading, raw: Any) -> None:
    """One more item, its variables brought into the form of the notebook."""
    if not isinstance(raw, Mapping):
        reading.lost.append(("?", "an item is no mapping"))
        return
    key = _key(raw, reading)
    item: dict[str, Any] = {"id": key}
    for name, value in raw.items():
        if name in {"id", "citation-key"} or value in (None, "", [], {}):
            continue
        if name in DROPPED:
            continue
        if name not in _FIELDS:
            reading.lost.append((key, f'"{name}" is no CSL variable'))
            continue
        taken = _date(value) if name in DATES else _value(value)
        if taken is None:
            reading.lost.append((key, f'"{name}" cannot be read: {value!r}'))
        else:
            item[name] = taken
            if name in DATES and "season" in str(value):
                reading.lost.append((key, f'the season of "{name}" is left out: {value!r}'))
    sound = _sound(item, reading)
    if sound:
        reading.items.append(sound)


def ordered(item: Mapping[str, Any]) -> dict[str, Any]:
    """The keys as a person looks for them."""
    keys = [*(key for key in FIRST if key in item), *(key for key in item if key not in FIRST)]
    return {key: item[key] for key in keys}


def fold(text: str) -> str:
    """Letters and digits alone, without case and accents: to tell whether titles are the same."""
    plain = unicodedata.normalize("NFKD", re.sub(r"<[^>]*>", "", text)).casefold()
    return "".join(char for char in plain if char.isalnum())


def _raw_items(text: str) -> Iterable[Any]:
    if text.lstrip().startswith(("[", "{")):
        try:
            data = json.loads(text)
        except ValueError as error:
            raise Unreadable(f"this is no JSON: {error}") from None
    else:
        document, faults = yaml.read(text.removeprefix("---\n").rsplit("\n...", 1)[0], "the file")
        if document is None:
            raise Unreadable(f"line {faults[0].span.line}: {faults[0].message}")
        data = document.data
    if isinstance(data, Mapping) and "references" not in data and "id" in data:
        data = [data]
    items = data.get("references") if isinstance(data, Mapping) else data
    if not isinstance(items, list):
        raise Unreadable('the file wants a list of items, or "references" with one')
    return items


def _key(raw: Mapping[str, Any], reading: Reading) -> str:
    """The citation key as it is, where it can be one; else one made of it."""
    given = str(raw.get("citation-key") or raw.get("id") or "")
    if NAMED.fullmatch(given):
        return given
    if given and "://" not in given:
        plain = unicodedata.normalize("NFKD", given.translate(LETTERS))
        plain = plain.encode("ascii", "ignore").decode()
        made = re.sub(r"[^A-Za-z0-9_:.+-]+", "-", plain).strip("-:.+")
    else:
        made = _made_of(raw)
    made = made or "source"
    reading.lost.append((made, f'the key "{given}" cannot be one here; it is "{made}" now'))
    return made


def _made_of(raw: Mapping[str, Any]) -> str:
    """Family name, year and first word of the title."""
    names = raw.get("author") or raw.get("editor") or [{}]
    first = names[0] if isinstance(names, list) and isinstance(names[0], Mapping) else {}
    date = _date(raw.get("issued")) or ""
    words = re.findall(r"\w{4,}", str(raw.get("title") or ""))
    parts = [
        fold(str(first.get("family") or first.get("literal") or "")),
        str(date)[:4],
        fold(words[0]) if words else "",
    ]
    return re.sub(r"[^a-z0-9-]", "", "-".join(part for part in parts if part))


def _date(value: Any) -> str | None:
    """EDTF text; None where there is no year in it."""
    if isinstance(value, str | int):
        text = str(value).strip()
        return text if re.fullmatch(r"-?\d{4,}(-\d{2}){0,2}[?~%]?(/.*)?", text) else None
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return "/".join(end for end in map(_date, value) if end) or None
    if not isinstance(value, Mapping):
        return None
    about = "~" if str(value.get("circa", "")).casefold() not in {"", "false", "0"} else ""
    if "date-parts" in value and isinstance(value["date-parts"], list):
        found = [_from_parts(parts) for parts in value["date-parts"] if isinstance(parts, list)]
        begin, *end = [day for day in found if day] or [None]
        return "/".join([f"{begin}{about}", *end]) if begin else None
    if "year" in value:
        begin = _from_parts([value.get(k) for k in ("year", "month", "day")])
        return f"{begin}{about}" if begin else None
    return _date(value.get("raw") or value.get("literal") or "")


def _from_parts(parts: list[Any]) -> str | None:
    numbers = []
    for part in parts[:3]:
        if part in (None, "") or not re.fullmatch(r"-?\d+", str(part)):
            break
        numbers.append(int(str(part)))
    if not numbers:
        return None
    year, *rest = numbers
    sign = "-" if year < 0 else ""
    return "-".join([f"{sign}{abs(year):04d}", *(f"{number:02d}" for number in rest)])


def _value(value: Any) -> Any:
    """Numbers as the text that they are; names and mappings as they stand."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return [_value(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _value(one) for key, one in value.items() if one not in (None, "")}
    return " ".join(str(value).split())


def _without_markup(item: Any) -> Any:
    """An item with CSL's rich text as plain text."""
    if not isinstance(item, Mapping):
        return item
    return {name: _plain(one) if isinstance(one, str) else one for name, one in item.items()}


def _plain(text: str) -> str:
    """Digits keep their height: `H<sub>2</sub>O` is H₂O."""
    for tag, digits in SHIFTED.items():
        text = re.sub(rf"<{tag}>([\d+-]+)</{tag}>", lambda m, to=digits: m[1].translate(to), text)
    return re.sub(r"</?(?:i|b|sub|sup|sc|span)(?:\s[^<>]*)?>", "", text)


def _sound(item: dict[str, Any], reading: Reading) -> dict[str, Any] | None:
    """The item without what its fields cannot take; None where too little is left."""
    item = _identifiers(item, reading)
    while True:
        try:
            Source.model_validate(item)
            return ordered(item)
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0])
            name = next((alias for alias in _FIELDS if name in (alias, _FIELDS[alias])), name)
            words = _fault(name, first)
            if name in {"id", "type", "title"} or name not in item:
                reading.lost.append((item["id"], f"left out whole: {words}"))
                return None
            reading.lost.append((item["id"], f"{words}: {item[name]!r}"))
            del item[name]


def _fault(name: str, error: Any) -> str:
    match error["type"]:
        case "missing":
            return f"it has no {name}"
        case "literal_error":
            return f'"{error["input"]}" is no {name} of CSL'
        case _:
            return f'"{name}" {error["msg"]}'


def _identifiers(item: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """DOI without its address, the first of several ISBNs, an arXiv address as archive."""
    found = dict(item)
    if isinstance(found.get("DOI"), str):
        found["DOI"] = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", found["DOI"], flags=re.I)
    if isinstance(found.get("ISBN"), str):
        found["ISBN"], *more = re.split(r"[,;]\s*|\s+(?=97[89])", found["ISBN"].strip())
        reading.lost += [(item["id"], f'"ISBN" has one number here, without {n}') for n in more]
    number = str(found.get("number") or "")
    if number.startswith("arXiv:"):
        given = {"archive": "arXiv", "archive_location": number.removeprefix("arXiv:")}
        found = {**given, **found}
        del found["number"]
    return found
