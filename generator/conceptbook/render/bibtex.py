"""A CSL-JSON item as a BibTeX entry in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .csl import Item

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
_SPECIAL = re.compile(r"[&%#_$]")
_BRACED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def entry(item: Item) -> str:
    """One entry with a line a field, each in braces; it ends with a newline."""
    kind = TYPES.get(item["type"], "misc")
    lines = [f"  {name} = {value},\n" for name, value in _fields(item, kind)]
    return f"@{kind}{{{item['id']},\n{''.join(lines)}}}\n"


def _fields(item: Item, kind: str) -> Iterator[tuple[str, str]]:
    for role in ("author", "editor"):
        if item.get(role):
            yield role, f"{{{' and '.join(_name(name) for name in item[role])}}}"
    yield "title", f"{{{{{_escape(item['title'])}}}}}"
    if item.get("container-title"):
        yield CONTAINER.get(kind, "howpublished"), _braced(item["container-title"])
    yield from _date(item.get("issued"))
    if item.get("publisher"):
        owner = {"phdthesis": "school", "techreport": "institution"}.get(kind, "publisher")
        yield owner, _braced(item["publisher"])
    if item.get("page"):
        yield "pages", _braced(re.sub(r"\s*[-–]+\s*", "--", item["page"]))
    for name, field in PLAIN.items():
        if item.get(name):
            text = str(item[name])
            yield field, f"{{{text}}}" if field in VERBATIM else _braced(text)
    if str(item.get("archive", "")).casefold() == "arxiv" and item.get("archive_location"):
        yield "eprint", f"{{{item['archive_location'].removeprefix('arXiv:')}}}"
        yield "archiveprefix", "{arXiv}"


def _date(issued: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    parts: Sequence[int] = issued["date-parts"][0] if issued else ()
    if parts:
        yield "year", f"{{{parts[0]}}}"
    if len(parts) > 1:
        yield "month", MONTHS[parts[1] - 1]


def _name(name: Mapping[str, str]) -> str:
    """`von Family, Jr, Given`; a body's name in braces of its own."""
    if name.get("literal"):
        return f"{{{_escape(name['literal'])}}}"
    family = _escape(name.get("family", ""))
    particle = name.get("non-dropping-particle") or name.get("dropping-particle")
    parts = [f"{_escape(particle)} {family}" if particle else family]
    parts += [_escape(name[key]) for key in ("suffix", "given") if name.get(key)]
    return ", ".join(parts)


def _braced(text: str) -> str:
    return f"{{{_escape(text)}}}"


def _escape(text: str) -> str:
    """What TeX reads as an instruction, as the character itself; unbalanced braces go."""
    opened = "".join(_BRACED.get(character, character) for character in text)
    balanced = opened if text.count("{") == text.count("}") else re.sub(r"[{}]", "", opened)
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", balanced)
