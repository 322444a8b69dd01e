"""The list of claims: a row each, with what the filter asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ...evidence import ClaimStatus
from ...evidence.coverage import GAPS, gaps_of, in_reading_order
from ...load import LoadedClaim
from .. import words
from ..paging import Pager, Pages
from ..resolver import PageResolver, Shown
from .home import Badge
from .relations import statement
from .standing import flags as flags_of

MISSING = {
    "source": "A source",
    "locator": "A locator",
    "quote": "A quotation",
    "human-review": "A review by a person",
    "witness": "A local witness",
}


@dataclass(frozen=True)
class Option:
    value: str
    words: str


@dataclass(frozen=True)
class Filter:
    """A question of the filter with the answers that occur."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class ClaimRow:
    id: str
    statement: Markup
    href: str
    concept: str
    badge: Badge
    flags: tuple[str, ...]
    kind: str
    reviewed: str
    """Its newest review in a few words."""
    values: Mapping[str, str]
    """Words separated by blanks, by the filter's name."""


@dataclass(frozen=True)
class ClaimList:
    title: str
    description: str
    total: int
    filters: tuple[Filter, ...]
    rows: tuple[ClaimRow, ...]
    pages: Pages | None
    data: str


def listed(shown: Shown) -> list[LoadedClaim]:
    """Claims in reading order; withdrawn ones are out of lists."""
    return [
        claim
        for claim in in_reading_order(shown.notebook)
        if shown.has_claim(claim.id) and claim.record.withdrawn is None
    ]


def view(
    pager: Pager[LoadedClaim],
    filters: tuple[Filter, ...],
    shown: Shown,
    statuses: Mapping[str, ClaimStatus],
) -> ClaimList:
    """One page of the list; `filters` are those of the whole of it."""
    resolver = PageResolver(shown, pager.path)
    return ClaimList(
        title="Claims" if pager.number == 1 else f"Claims, page {pager.number}",
        description="What the notebook asserts, what each assertion rests on, and who checked it.",
        total=pager.total,
        filters=filters,
        rows=tuple(_row(claim, statuses[claim.id], resolver) for claim in pager.items),
        pages=pager.pages,
        data=resolver.to_file("api/claims.json"),
    )


def _row(claim: LoadedClaim, status: ClaimStatus, resolver: PageResolver) -> ClaimRow:
    return ClaimRow(
        id=claim.id,
        statement=statement(claim.id, resolver),
        href=resolver.to_claim(claim.id),
        concept=resolver.shown.concepts[claim.concept].record.title,
        badge=Badge(status.badge, words.BADGE[status.badge]),
        flags=flags_of(status),
        kind=words.KIND[claim.record.kind],
        reviewed=_reviewed(status),
        values={
            name: " ".join(values)
            for name, values in _values(claim, status, resolver.shown).items()
        },
    )


def _reviewed(status: ClaimStatus) -> str:
    standing = [state for state in status.reviews if state.review.withdrawn is None]
    if not standing:
        return ""
    newest = max(standing, key=lambda state: (state.review.date, state.index))
    conclusion = words.CONCLUSION[newest.review.conclusion].split(",")[0]
    late = "" if newest.current else ", out of date"
    return f"{conclusion} ({newest.name}, {newest.review.date.isoformat()}{late})"


def _values(claim: LoadedClaim, status: ClaimStatus, shown: Shown) -> dict[str, tuple[str, ...]]:
    current = [s for s in status.reviews if s.current and s.review.withdrawn is None]
    kinds = {s.person.kind for s in current if s.person is not None}
    return {
        "status": (status.badge, *(flag for flag in status.flags if flag != status.badge)),
        "conclusion": tuple(dict.fromkeys(s.review.conclusion for s in current)),
        "domain": (claim.concept.split("/")[0],),
        "reviewer": tuple(sorted(kinds)) or ("nobody",),
        "missing": gaps_of(claim, status, shown.notebook),
    }


LABELS = {
    "status": "Status",
    "conclusion": "Conclusion",
    "domain": "Domain",
    "reviewer": "Reviewed by",
    "missing": "Missing",
}


def filters_of(
    claims: Iterable[LoadedClaim], shown: Shown, statuses: Mapping[str, ClaimStatus]
) -> tuple[Filter, ...]:
    """What the list can be filtered by: each question with the answers that its claims give."""
    said = {
        "status": {**words.BADGE, "contested": "Contested"},
        "conclusion": words.CONCLUSION,
        "domain": {domain.id: domain.title for domain in shown.notebook.settings.domains},
        "reviewer": {"human": "A person", "ai": "A machine", "nobody": "Nobody"},
        "missing": {gap: MISSING[gap] for gap in GAPS},
    }
    occurring: dict[str, set[str]] = {name: set() for name in said}
    for claim in claims:
        for name, values in _values(claim, statuses[claim.id], shown).items():
            occurring[name].update(values)
    return tuple(
        Filter(name, LABELS[name], options)
        for name, choices in said.items()
        if (options := tuple(Option(v, w) for v, w in choices.items() if v in occurring[name]))
    )
