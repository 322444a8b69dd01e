"""claims/retractions-<date>.csv → which sources were retracted; the newest file counts.

The columns are those of the Retraction Watch data that Crossref publishes: `OriginalPaperDOI`,
`OriginalPaperPubMedID`, `RetractionNature`, `RetractionDate`, `RetractionDOI`, `Reason`.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..diagnostics import Span
from ..diagnostics.catalogue import files as rules
from ..model import Source
from .reader import Reader

FOLDER = "claims"
NAME = re.compile(r"retractions-(\d{4}-\d{2}-\d{2})\.csv")
NEEDED = ("OriginalPaperDOI", "RetractionNature", "RetractionDate")
NATURES = {
    "retraction": "retraction",
    "expression of concern": "expression-of-concern",
    "reinstatement": "reinstatement",
}
"""Corrections and anything else take no support away."""
Nature = Literal["retraction", "expression-of-concern"]


@dataclass(frozen=True)
class Notice:
    """What was published about a paper: the newest retraction or expression of concern."""

    nature: Nature
    date: datetime.date | None
    doi: str | None
    """Of the notice, not of the paper."""
    reason: str | None
    span: Span
    """The line of the snapshot."""


@dataclass(frozen=True)
class Retractions:
    """A snapshot, narrowed to the sources of the notebook."""

    path: str
    date: datetime.date
    """Of the snapshot: nothing later is known."""
    notices: Mapping[str, Notice] = field(default_factory=dict)
    """By source id."""


def load_retractions(reader: Reader, sources: Mapping[str, Source]) -> Retractions | None:
    """The newest snapshot; None where there is none, or it is not one (with its fault)."""
    found = [
        (match[1], f"{FOLDER}/{entry.name}")
        for entry in reader.children(FOLDER)
        if (match := NAME.fullmatch(entry.name)) and entry.is_file()
    ]
    if not found:
        return None
    day, path = max(found)
    try:
        date = datetime.date.fromisoformat(day)
    except ValueError:
        reader.report.add(rules.BAD_RETRACTIONS.at(Span(path), f"{day} is no day of the calendar"))
        return None
    try:
        with (reader.root / path).open(encoding="utf-8-sig", errors="replace", newline="") as file:
            rows = csv.DictReader(file)
            missing = [name for name in NEEDED if name not in (rows.fieldnames or ())]
            if missing:
                message = f"the first line has no column {', '.join(missing)}"
                reader.report.add(rules.BAD_RETRACTIONS.at(Span(path), message))
                return None
            return Retractions(path, date, _newest(_notices(rows, path, sources)))
    except (OSError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"cannot be read as a table: {reason}"
        reader.report.add(rules.BAD_RETRACTIONS.at(Span(path), message))
        return None


def _notices(
    rows: csv.DictReader[str], path: str, sources: Mapping[str, Source]
) -> Iterator[tuple[str, str, Notice]]:
    """Each row about a source of the notebook: its id, the nature, the notice."""
    dois: dict[str, list[str]] = {}
    pubmed: dict[str, list[str]] = {}
    for name, source in sources.items():
        if source.DOI:
            dois.setdefault(source.DOI.lower(), []).append(name)
        if source.PMID:
            pubmed.setdefault(source.PMID, []).append(name)
    line = rows.line_num + 1
    for row in rows:
        here, line = line, rows.line_num + 1
        nature = NATURES.get((row["RetractionNature"] or "").strip().casefold())
        doi = (row["OriginalPaperDOI"] or "").strip().lower()
        names = dois.get(doi, []) + pubmed.get((row.get("OriginalPaperPubMedID") or "").strip(), [])
        for name in dict.fromkeys(names) if nature else ():
            notice = Notice(
                nature=nature,  # type: ignore[arg-type]
                date=_date(row["RetractionDate"] or ""),
                doi=_identifier(row.get("RetractionDOI")),
                reason=_reason(row.get("Reason")),
                span=Span(path, here),
            )
            yield name, nature, notice


def _newest(found: Iterator[tuple[str, str, Notice]]) -> dict[str, Notice]:
    """What stands of each source: a reinstatement undoes what came before it, and a retraction
    is not undone by a later expression of concern."""
    by_source: dict[str, list[tuple[str, Notice]]] = {}
    for name, nature, notice in found:
        by_source.setdefault(name, []).append((nature, notice))
    standing = {}
    for name, notices in by_source.items():
        latest: Notice | None = None
        for nature, notice in sorted(notices, key=lambda n: n[1].date or datetime.date.min):
            if nature == "reinstatement":
                latest = None
            elif nature == "retraction" or latest is None or latest.nature != "retraction":
                latest = notice
        if latest:
            standing[name] = latest
    return standing


def _date(text: str) -> datetime.date | None:
    """`8/16/2023 0:00` (month first), or ISO."""
    day = text.strip().split(" ")[0]
    for form in ("%m/%d/%Y", "%Y-%m-%d"):
        try:
            return datetime.datetime.strptime(day, form).date()
        except ValueError:
            continue
    return None


def _identifier(text: str | None) -> str | None:
    value = (text or "").strip()
    return value if value.startswith("10.") else None


def _reason(text: str | None) -> str | None:
    reasons = [part.strip().lstrip("+").strip() for part in (text or "").split(";")]
    return "; ".join(reason for reason in reasons if reason) or None
