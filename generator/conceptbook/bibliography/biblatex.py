"""Sources → BibLaTeX. What it has no field for stands in fields `x-csl-…`, which `import` reads
and every other program passes over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..model import Source
from ..model.source import NAME_VARIABLES
from .bibtex_reader import EXACT, NAMES, PLAIN, TEXT, TYPES
from .csl import edtf, to_csl
from .csl_reader import DATES
from .languages import NAMES as LANGUAGES
from .latex import latex, plain_name

ENTRY = {
    "article-journal": "article", "book": "book", "chapter": "incollection",
    "paper-conference": "inproceedings", "thesis": "thesis", "report": "report",
    "webpage": "online", "manuscript": "unpublished", "software": "software",
    "dataset": "dataset", "patent": "patent", "standard": "standard", "pamphlet": "booklet",
    "periodical": "periodical", "entry-encyclopedia": "inreference",
}  # fmt: skip
FIELD = {
    "container-title": "booktitle", "container-title-short": "shortjournal", "collection-title":
    "series", "volume": "volume", "number-of-volumes": "volumes", "publisher": "publisher",
    "publisher-place": "location", "edition": "edition", "chapter-number": "chapter",
    "number-of-pages": "pagetotal", "genre": "type", "event-title": "eventtitle", "event-place":
    "venue", "title-short": "shorttitle", "version": "version", "language": "langid",
    "original-title": "origtitle", "call-number": "library", "status": "pubstate", "ISSN": "issn",
    "part-number": "part",
}  # fmt: skip
DATE = {
    "issued": "date",
    "accessed": "urldate",
    "original-date": "origdate",
    "event-date": "eventdate",
}
NAME = {variable: name for name, variable in NAMES.items()}
PLAINLY = {variable: name for name, variable in PLAIN.items()}
assert set(FIELD.values()) <= set(TEXT)


def write_biblatex(sources: Iterable[Source]) -> str:
    """The entries, one after the other, UTF-8."""
    return "\n".join(_entry(source) for source in sources)


def _entry(source: Source) -> str:
    kind = ENTRY.get(source.type, "misc")
    lines = [f"  {name} = {{{value}}}" for name, value in _fields(source, kind)]
    return f"@{kind}{{{source.id},\n" + ",\n".join(lines) + "\n}\n"


def _fields(source: Source, kind: str) -> Iterator[tuple[str, str]]:
    item = to_csl(source)
    dates = {name: getattr(source, name.replace("-", "_")) for name in DATES if name in item}
    for name, value in item.items():
        if name in {"id", "custom"}:
            continue
        if name == "type":
            if _read_back(kind, item) != value:
                yield f"{EXACT}type", value
        elif name == "title":
            yield "title", f"{{{latex(value)}}}"
        elif name in dates:
            yield DATE.get(name, f"{EXACT}{name}"), edtf(dates[name])
        elif name in NAME or name in NAME_VARIABLES or name == "editor":
            yield NAME.get(name, f"{EXACT}{name}"), " and ".join(map(_name, value))
        elif name in PLAINLY:
            yield PLAINLY[name], value
        else:
            yield from _text(name, value, kind, item)


def _text(name: str, value: str, kind: str, item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    journal = kind in {"article", "periodical"}
    series = "collection-title" in item and kind != "report"
    if name == "page":
        yield "pages", latex(value).replace("-{}-", "-").replace("-", "--")
    elif name in {"archive", "archive_location"} and {"archive", "archive_location"} <= set(item):
        yield ("eprinttype" if name == "archive" else "eprint"), value
    elif (name, journal, series) in {
        ("issue", True, True),
        ("issue", True, False),
        ("collection-number", False, True),
        ("number", False, False),
    }:
        yield "number", latex(value)
    elif name == "language":
        yield "langid", LANGUAGES.get(value, value)
    elif name == "container-title" and journal:
        yield "journaltitle", latex(value)
    else:
        yield FIELD.get(name, f"{EXACT}{name}"), latex(value)


def _read_back(kind: str, item: Mapping[str, Any]) -> str:
    """The type that `import` would read."""
    read = TYPES[kind]
    preprint = item.get("archive") == "arXiv" and "archive_location" in item
    return "article" if preprint and read in {"document", "webpage"} else read


def _name(name: Mapping[str, str]) -> str:
    family_alone = "family" in name and "given" not in name
    extended = "literal" not in name and ("dropping-particle" in name or family_alone)
    return _extended(name) if extended else plain_name(name)


def _extended(name: Mapping[str, str]) -> str:
    """A name in BibLaTeX's form with named parts."""
    particle = name.get("non-dropping-particle") or name.get("dropping-particle")
    parts = {
        "family": name.get("family"),
        "given": name.get("given"),
        "prefix": particle,
        "suffix": name.get("suffix"),
    }
    written = [f"{part}={{{latex(text)}}}" for part, text in parts.items() if text]
    if particle:
        written.append(f"useprefix={str('non-dropping-particle' in name).lower()}")
    return ", ".join(written)
