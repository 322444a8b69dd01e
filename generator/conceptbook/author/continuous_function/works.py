"""The other notebook's sources as CSL items."""

from __future__ import annotations

import re
from typing import Any

from ...bibliography.bibtex_reader import person
from ...bibliography.csl_reader import Reading, take
from ...diagnostics import Report, Span
from ...diagnostics.catalogue import imports as rules
from ...load import LoadedNotebook
from ..bibliography import Addition, plan
from .records import Work
from .tree import TheirConcept
from .words import line

ARXIV = re.compile(r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/([\w.-]+?(?:/\d+)?)(?:\.pdf)?/?")
DOI = re.compile(r"https?://(?:dx\.)?doi\.org/(10\.\d{4,9}/\S+)")
TYPES = {
    "paper": "article-journal",
    "book": "book",
    "article": "article",
    "documentation": "document",
    "course-notes": "document",
    "reference": "document",
    None: "document",
}
_AND = re.compile(r"\s*(?:;|&|,?\s+and\s)\s*")
_OTHERS = re.compile(r",?\s*\bet\.?\s+al\b\.?|,?\s+(?:and|&)\s+(?:others|colleagues)\b")


class Works:
    """The keys under which the sources of all concepts stand here."""

    def __init__(self, notebook: LoadedNotebook) -> None:
        self._notebook = notebook
        self._reading = Reading()
        self._owners: list[tuple[TheirConcept, str, Span]] = []
        self._keys: dict[tuple[str, str], str] = {}
        self.addition = Addition()

    def take(self, concept: TheirConcept) -> None:
        for index, work in enumerate(concept.record.sources):
            span = concept.places.value("sources", index, "id")
            before, lost = len(self._reading.items), len(self._reading.lost)
            take(self._reading, _item(work, span, concept.report))
            for _, words in self._reading.lost[lost:]:
                concept.report.add(rules.NOT_CARRIED_OVER.at(span, f"{work.id}: {words}"))
            if len(self._reading.items) > before:
                self._owners.append((concept, work.id, span))

    def settle(self) -> None:
        """Once all are taken: one entry for each work, whatever its keys were."""
        self.addition = plan(self._notebook, self._reading)
        added = {item["id"]: item for item in self.addition.items}
        owned = zip(self._owners, self._reading.items, self.addition.names, strict=True)
        for (concept, key, span), item, name in owned:
            self._keys[concept.id, key] = name
            if name != key:
                message = f'the source "{key}" is "{name}" here'
                concept.report.add(rules.CARRIED_OTHERWISE.at(span, message))
            if note := item.get("custom"):
                # The first concept that has a note on a new work gives it.
                kept = added[name].setdefault("custom", note) if name in added else None
                if kept != note:
                    message = f'the note on "{key}" stays behind: "{name}" stands here without it'
                    hint = "put it beside the source where a claim cites it"
                    concept.report.add(rules.NOT_CARRIED_OVER.at(span, message, hint))

    def key(self, concept: TheirConcept, work: str) -> str | None:
        """The citation key here of a source that a concept lists."""
        return self._keys.get((concept.id, work))


def _item(work: Work, span: Span, report: Report) -> dict[str, Any]:
    arxiv = ARXIV.fullmatch(work.url or "")
    doi = DOI.fullmatch(work.url or "")
    names, others = _names(work.authors or "")
    if others:
        message = f"{work.id}: the names behind “et al.” are not in the format"
        report.add(rules.NOT_CARRIED_OVER.at(span, message, "add them in claims/sources.yaml"))
    return {
        "id": work.id,
        "type": "article" if arxiv and work.kind == "paper" else TYPES[work.kind],
        "title": " ".join(work.title.split()),
        "author": names,
        "issued": str(work.year) if work.year else None,
        "DOI": doi[1] if doi else None,
        "URL": None if doi else work.url,
        "archive": "arXiv" if arxiv else None,
        "archive_location": arxiv[1] if arxiv else None,
        "custom": {"note": line(work.note)} if work.note else None,
    }


def _names(text: str) -> tuple[list[dict[str, str]], bool]:
    """The names of one string, and whether there are others that it does not give.

    Commas part names where each part has two words; else the whole is one name as it stands.
    """
    known = _OTHERS.sub("", text).strip(" ,")
    groups = [part.strip() for part in _AND.split(known) if part.strip()]
    names: list[str] = []
    for group in groups:
        parts = [part.strip() for part in group.split(",") if part.strip()]
        apart = all(" " in part and not part.endswith(".") for part in parts)
        names += parts if apart or len(parts) == 1 else [group]
    found = [_name(name) for name in names]
    return found, known != text.strip()


def _name(text: str) -> dict[str, str]:
    found = person(text) if text.count(",") <= 1 else {}
    # A family name in lower case is none: contributors, editors, a team.
    return {"literal": text} if found.get("family", "a")[0].islower() else found
