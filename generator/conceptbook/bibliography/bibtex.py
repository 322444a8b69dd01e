"""A CSL-JSON item as a BibTeX entry in UTF-8, to cite it: fields that every style knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .csl import Item
from .latex import latex, plain_name

TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "paper-conference": "inproceedings",
    "book": "book",
    "chapter": "incollection",
    "thesis": "phdthesis",
    "report": "techreport",
}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
CONTAINER = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}
PLAIN = {
    "volume": "volume",
    "issue": "number",
    "edition": "edition",
    "version": "version",
    "collection-title": "series",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "URL": "url",
}
VERBATIM = frozenset({"doi", "url", "eprint"})


def entry(item: Item) -> str:
    """One entry with a line a field; it ends with a newline."""
    kind = TYPES.get(item["type"], "misc")
    fields = [
        # The names of months are abbreviations that a style knows.
        f"  {name} = {value},\n" if name == "month" else f"  {name} = {{{value}}},\n"
        for name, value in _fields(item, kind)
    ]
    return f"@{kind}{{{item['id']},\n{''.join(fields)}}}\n"


def _fields(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    for role in ("author", "editor"):
        if item.get(role):
            yield role, " and ".join(plain_name(name) for name in item[role])
    yield "title", f"{{{latex(item['title'])}}}"
    if item.get("container-title"):
        yield CONTAINER.get(kind, "howpublished"), latex(item["container-title"])
    yield from _date(item.get("issued"))
    if item.get("publisher"):
        owner = {"phdthesis": "school", "techreport": "institution"}.get(kind, "publisher")
        yield owner, latex(item["publisher"])
    if item.get("page"):
        yield "pages", re.sub(r"\s*[-–]+\s*", "--", latex(item["page"]))
    for name, field in PLAIN.items():
        if item.get(name):
            text = str(item[name])
            yield field, text if field in VERBATIM else latex(text)
    if str(item.get("archive", "")).casefold() == "arxiv" and item.get("archive_location"):
        yield "eprint", item["archive_location"].removeprefix("arXiv:")
        yield "archiveprefix", "arXiv"


def _date(issued: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    parts: Sequence[int] = issued["date-parts"][0] if issued else ()
    if parts:
        yield "year", str(parts[0])
    if len(parts) > 1:
        yield "month", MONTHS[parts[1] - 1]
