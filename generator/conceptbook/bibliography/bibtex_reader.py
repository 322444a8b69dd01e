"""BibTeX and BibLaTeX → CSL items."""

from __future__ import annotations

import logging
import re
from typing import Any

import bibtexparser
from bibtexparser.library import Library
from bibtexparser.middlewares.names import (
    InvalidNameError,
    NameParts,
    parse_single_name_into_parts,
)
from bibtexparser.model import Entry
from pylatexenc.latex2text import LatexNodes2Text

from ..model.source import NAME_VARIABLES
from .csl_reader import Reading, Unreadable, take
from .languages import tag

TYPES = {
    "article": "article-journal", "book": "book", "mvbook": "book", "booklet": "pamphlet",
    "collection": "book", "mvcollection": "book", "proceedings": "book", "manual": "book",
    "inbook": "chapter", "incollection": "chapter", "inproceedings": "paper-conference",
    "conference": "paper-conference", "inreference": "entry-encyclopedia", "thesis": "thesis",
    "phdthesis": "thesis", "mastersthesis": "thesis", "report": "report", "techreport": "report",
    "online": "webpage", "www": "webpage", "electronic": "webpage", "unpublished": "manuscript",
    "misc": "document", "software": "software", "dataset": "dataset", "patent": "patent",
    "standard": "standard", "video": "motion_picture", "image": "graphic", "periodical":
    "periodical", "legislation": "legislation", "review": "review", "letter":
    "personal_communication",
}  # fmt: skip
TEXT = {
    "journal": "container-title", "journaltitle": "container-title", "booktitle":
    "container-title", "shortjournal": "container-title-short", "series": "collection-title",
    "volume": "volume", "volumes": "number-of-volumes", "publisher": "publisher", "address":
    "publisher-place", "location": "publisher-place", "school": "publisher", "institution":
    "publisher", "organization": "publisher", "edition": "edition", "chapter": "chapter-number",
    "pagetotal": "number-of-pages", "type": "genre", "eventtitle": "event-title", "venue":
    "event-place", "shorttitle": "title-short", "version": "version", "langid": "language",
    "language": "language", "origtitle": "original-title", "library": "call-number",
    "pubstate": "status", "issn": "ISSN", "part": "part-number",
}  # fmt: skip
PLAIN = {"doi": "DOI", "isbn": "ISBN", "url": "URL", "pmid": "PMID", "pmcid": "PMCID"}
NAMES = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "bookauthor": "container-author",
    "director": "director",
}
DATES = {
    "date": "issued",
    "urldate": "accessed",
    "origdate": "original-date",
    "eventdate": "event-date",
}
LEFT_OUT = frozenset(
    """abstract annotation annote note keywords keyword file timestamp owner bdsk-url-1 groups
    date-added date-modified primaryclass eprintclass shortauthor ids mendeley-tags""".split()
)
ELSEWHERE = frozenset(
    """title subtitle year month day number issue pages eprint archiveprefix eprinttype
    howpublished crossref""".split()
)
PREPRINTS = {"document": "article", "webpage": "article"}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
EXACT = "x-csl-"
"""Fields of our own export, for what BibTeX has no field for."""
NAME_FIELDS = frozenset({*NAMES, *(f"{EXACT}{name}" for name in NAME_VARIABLES)})
CIRCUMFLEX = "\ue000"
"""Stands for a plain ^ while LaTeX is read, which would make an accent of it."""
_WORDS = LatexNodes2Text(math_mode="text", keep_comments=True)


def read_bibtex(text: str) -> Reading:
    """The entries as CSL items, and what could not be carried over. Raises Unreadable."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = bibtexparser.parse_string(text)
    if not library.entries:
        raise Unreadable("no entry of BibTeX is in the file")
    reading = Reading()
    for block in library.failed_blocks:
        name = str(getattr(block, "key", None) or f"line {block.start_line + 1}")
        why = str(block.error) or "its braces or quotes do not close"
        reading.lost.append((name, f"cannot be read: {why}"))
    for entry in library.entries:
        take(reading, _item(entry, library, reading))
    return reading


def words(value: str) -> str:
    """LaTeX as plain text."""
    tex = re.sub(r"(?<!\\)&", r"\\&", value).replace(r"\textasciicircum{}", CIRCUMFLEX)
    return " ".join(_WORDS.latex_to_text(tex).replace(CIRCUMFLEX, "^").split())


def _item(entry: Entry, library: Library, reading: Reading) -> dict[str, Any]:
    fields = {f.key.lower(): f.value for f in entry.fields}
    fields = {**_inherited(fields, library), **fields}
    kind = entry.entry_type.lower()
    item: dict[str, Any] = {"id": entry.key, "type": TYPES.get(kind, "document")}
    if kind not in TYPES:
        reading.lost.append((entry.key, f"@{kind} is no known type; it is a document now"))
    for name, value in fields.items():
        if name in LEFT_OUT or name in ELSEWHERE:
            continue
        _field(item, name, value, entry.key, reading)
    item["title"] = _title(fields)
    _dates(item, fields)
    if fields.get("year") and "issued" not in item:
        reading.lost.append((entry.key, f'"year" cannot be read: {fields["year"]!r}'))
    _numbers(item, fields, kind)
    _archive(item, fields)
    _genre(item, kind)
    if "language" in item:
        item["language"] = tag(item["language"])
    return {name: value for name, value in item.items() if value}


def _field(item: dict[str, Any], name: str, value: Any, key: str, reading: Reading) -> None:
    if name in NAME_FIELDS:
        item[NAMES.get(name, name.removeprefix(EXACT))] = _names(value, key, reading)
    elif name in TEXT:
        item.setdefault(TEXT[name], words(value))
    elif name in PLAIN:
        item[PLAIN[name]] = _verbatim(value)
    elif name in DATES:
        item[DATES[name]] = value.strip()
    elif name.startswith(EXACT):
        item[name.removeprefix(EXACT)] = words(value)
    else:
        reading.lost.append((key, f'the field "{name}" has no place here: {value!r}'))


def _verbatim(value: str) -> str:
    """An address or a number, which some programs escape and some do not."""
    return re.sub(r"\\([_%&#~])(\{\})?", r"\1", value).strip()


def _inherited(fields: dict[str, Any], library: Library) -> dict[str, Any]:
    """What an entry takes from the one that its `crossref` names."""
    parent = library.entries_dict.get(str(fields.get("crossref", "")))
    if parent is None:
        return {}
    given = {f.key.lower(): f.value for f in parent.fields}
    own = {name: value for name, value in given.items() if name not in {"title", "subtitle"}}
    return {**own, **({"booktitle": given["title"]} if "title" in given else {})}


def _title(fields: dict[str, Any]) -> str:
    parts = [words(fields[name]) for name in ("title", "subtitle") if fields.get(name)]
    return ": ".join(parts)


def _names(value: str, key: str, reading: Reading) -> list[dict[str, str]]:
    found = []
    for name in _several(value):
        if name == "others":
            reading.lost.append((key, "“and others”: the other names are not known"))
        elif re.match(r"(family|given|prefix|suffix)\s*=", name):
            found.append(_extended(name))
        else:
            try:
                found.append(_name(parse_single_name_into_parts(name)))
            except InvalidNameError as error:
                reading.lost.append((key, f"a name cannot be read: {error}"))
    return found


def _several(value: str) -> list[str]:
    """Names between the words `and` that stand outside braces."""
    names, depth = [""], 0
    for part in re.split(r"(\s+and\s+|[{}])", value):
        depth += {"{": 1, "}": -1}.get(part, 0)
        if depth == 0 and part.strip() == "and":
            names.append("")
        else:
            names[-1] += part
    return [name.strip() for name in names if name.strip()]


def person(name: str) -> dict[str, str]:
    """A name as people write it, "Aad van der Vaart" or "Vaart, Aad van der"; {} if unreadable."""
    try:
        return _name(parse_single_name_into_parts(name))
    except InvalidNameError:
        return {}


def _extended(name: str) -> dict[str, str]:
    """BibLaTeX's `family=Schaar, given=Mihaela, prefix=van der, useprefix=true`."""
    given = dict(re.findall(r"([\w-]+)\s*=\s*((?:\{[^{}]*\}|[^,{}])*)", name))
    kept = given.get("useprefix", "").strip() == "true"
    particle = "non-dropping-particle" if kept else "dropping-particle"
    parts = {
        "family": words(given.get("family", "")),
        "given": words(given.get("given", "")),
        particle: words(given.get("prefix", "")),
        "suffix": words(given.get("suffix", "")),
    }
    return {part: text for part, text in parts.items() if text}


def _name(name: NameParts) -> dict[str, str]:
    family, given = " ".join(name.last), " ".join(name.first)
    if not given and not name.von and re.fullmatch(r"\{.*\}", family, re.S):
        return {"literal": words(family)}
    parts = {
        "family": words(family),
        "given": words(given),
        "non-dropping-particle": words(" ".join(name.von)),
        "suffix": words(" ".join(name.jr)),
    }
    return {part: text for part, text in parts.items() if text}


def _dates(item: dict[str, Any], fields: dict[str, Any]) -> None:
    year = str(fields.get("year", "")).strip()
    if "issued" in item or not re.fullmatch(r"-?\d{4}", year):
        return
    month = words(str(fields.get("month", ""))).casefold()
    number = (
        int(month)
        if month.isdigit()
        else next((i for i, name in enumerate(MONTHS, 1) if month.startswith(name)), None)
    )
    day = str(fields.get("day", "")).strip()
    date = f"{year}-{number:02d}" if number else year
    item["issued"] = f"{date}-{int(day):02d}" if number and day.isdigit() else date


def _numbers(item: dict[str, Any], fields: dict[str, Any], kind: str) -> None:
    if pages := fields.get("pages"):
        item["page"] = re.sub(r"\s*[-–—]+\s*", "-", words(pages))
    number, issue = fields.get("number"), fields.get("issue")
    if kind in {"article", "periodical"}:
        value = number or issue
        item["issue"] = words(value) if value else ""
    elif number:
        place = "collection-number" if "series" in fields and kind != "report" else "number"
        item[place] = words(number)


def _archive(item: dict[str, Any], fields: dict[str, Any]) -> None:
    scheme = str(fields.get("archiveprefix") or fields.get("eprinttype") or "").strip()
    eprint = str(fields.get("eprint") or "").strip()
    if eprint and (scheme.casefold() == "arxiv" or not scheme):
        scheme = "arXiv"
    if eprint:
        item |= {"archive": scheme, "archive_location": eprint.removeprefix("arXiv:")}
        if scheme == "arXiv" and f"{EXACT}type" not in fields:
            item["type"] = PREPRINTS.get(item["type"], item["type"])
    how = str(fields.get("howpublished") or "")
    address = re.search(r"https?://[^\s{}]+", how)
    if address:
        item.setdefault("URL", _verbatim(address[0]))
    elif how:
        item.setdefault("medium", words(how))


def _genre(item: dict[str, Any], kind: str) -> None:
    known = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
    if item.get("genre") in {"phdthesis", "mathesis"}:
        item["genre"] = known["phdthesis" if item["genre"] == "phdthesis" else "mastersthesis"]
    elif kind in known:
        item.setdefault("genre", known[kind])
