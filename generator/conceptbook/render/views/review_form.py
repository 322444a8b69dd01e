"""What a claim's page offers a reviewer without a terminal: a form, and the same in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ...check.reviews import against, checks_wanted
from ...evidence.conclusion import WORST_FIRST, meaning
from ...evidence.identity import SCHEME, claim_digest
from ...evidence.people import authors_of, is_human, person_of
from ...evidence.vocabulary import CONCLUDES, FOUND, OPENED
from ...load import LoadedClaim, LoadedNotebook
from ...model.claim import PASSES
from .local_evidence import LocalEvidence
from .matrix import Row
from .witness import embedded

NEW = "at the end of the file"
MORE = "at the end of the file, below the last review"
EMPTY = "in place of the line that begins with reviews:"
INSIDE = "inside the brackets of reviews, as one more entry"


@dataclass(frozen=True)
class Word:
    """One value of a field, and what it means."""

    value: str
    words: str


@dataclass(frozen=True)
class ReviewForm:
    """The form's data as JSON, and what a reader without scripts needs."""

    data: Markup
    block: str
    """A review of the claim as it stands, with blanks to fill in."""
    file: str
    """The claim's file, from the root of the notebook."""
    edit: str | None
    """Where that file can be edited, where the notebook's repository is known."""
    where: str
    """Where in the file the block goes."""
    access: tuple[Word, ...]
    findings: tuple[Word, ...]
    conclusions: tuple[Word, ...]


def view(
    claim: LoadedClaim,
    notebook: LoadedNotebook,
    evidence: tuple[Row, ...],
    local: tuple[LocalEvidence, ...],
) -> ReviewForm:
    """The form that writes a review as YAML, and where in the file that goes."""
    where, begin, indent = _place(claim, notebook)
    digest = {"scheme": SCHEME, **(claim_digest(claim, notebook) or {})}
    stops = list(_stops(evidence, local))
    data = {
        "claim": claim.id,
        "begin": begin,
        "indent": indent,
        "digest": digest,
        "stops": stops,
        "stances": {stop["stance"]: _stance(stop["stance"]) for stop in stops},
        "worst": WORST_FIRST,
        "passes": sorted(PASSES),
        "caveats": bool(claim.record.caveats),
        "checks": checks_wanted(claim, notebook),
        **_people(claim, notebook),
    }
    repository = notebook.settings.repository
    path = claim.places.path
    return ReviewForm(
        data=embedded(data),
        block=_blank(digest, stops, begin, indent),
        file=path,
        edit=f"{repository.rstrip('/')}/edit/HEAD/{path}" if repository else None,
        where=where,
        access=tuple(Word(value, said) for value, said in OPENED.items()),
        findings=tuple(Word(value, said) for value, said in FOUND.items()),
        conclusions=tuple(Word(value, said) for value, said in CONCLUDES.items()),
    )


def _stops(evidence: tuple[Row, ...], local: tuple[LocalEvidence, ...]) -> Iterator[dict[str, str]]:
    """One for each thing to open, with the id of the element that shows it."""
    seen = set()
    rows = [(row.key, row.stance, row.label, row.anchor) for row in evidence]
    rows += [(entry.key, "supports", entry.title, entry.anchor) for entry in local]
    for key, stance, title, anchor in rows:
        if key not in seen:
            seen.add(key)
            yield {"key": key, "stance": stance, "title": title, "at": anchor}


def _stance(stance: str) -> dict[str, Any]:
    """What each finding means for evidence of this stance, and which speak against the claim."""
    return {
        "means": {finding: meaning(stance, finding) for finding in FOUND},
        "against": sorted(against(stance)),
    }


def _people(claim: LoadedClaim, notebook: LoadedNotebook) -> dict[str, Any]:
    """Who may review it: the notebook's people, without the claim's authors where that counts."""
    people = notebook.settings.people
    barred = authors_of(claim, notebook) if notebook.settings.review.independent else frozenset()
    refs = claim.record.authors or notebook.concepts[claim.concept].record.authors
    names = [person.name for ref in refs if (person := person_of(ref, notebook))]
    return {
        "people": [
            {"id": name, "name": person.name}
            for name, person in people.items()
            if is_human(person) and name not in barred
        ],
        "authors": names if barred else [],
    }


def _place(claim: LoadedClaim, notebook: LoadedNotebook) -> tuple[str, str, int]:
    """Where a review goes into the file, the line that begins the list, the list's indent."""
    if ("reviews",) not in claim.places.keys:
        return NEW, "reviews:", 2
    if not claim.record.reviews:
        return EMPTY, "reviews:", 2
    first = claim.places.value("reviews", 0).line
    dash = re.match(r"( *)- ", notebook.lines(claim.places.path)[first - 1])
    return (MORE, "", len(dash[1])) if dash else (INSIDE, "", 2)


def _blank(digest: dict[str, Any], stops: list[dict[str, str]], begin: str, indent: int) -> str:
    dash, margin = " " * indent, " " * (indent + 2)
    pinned = ", ".join(
        f"{part}: {value if part == 'scheme' else json.dumps(value)}"
        for part, value in digest.items()
    )
    checks = [
        f"{margin}  - {{evidence: {json.dumps(stop['key'])}, access: …, finding: …}}"
        for stop in stops
    ]
    lines = [
        *([begin] if begin else []),
        f"{dash}- by: {{name: …, kind: human}}",
        f"{margin}date: …",
        f"{margin}conclusion: …",
        *([f"{margin}checks:", *checks] if checks else []),
        f"{margin}summary: …",
        f"{margin}interests: none declared",
        f"{margin}digest: {{{pinned}}}",
    ]
    return "\n".join(lines) + "\n"
