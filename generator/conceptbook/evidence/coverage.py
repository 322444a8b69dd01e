"""What is there and what is missing under the claims, and which of them to review next."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..load.loaded import LoadedClaim, LoadedNotebook, absolute
from .grounding import grounding_entries
from .people import authors_of, is_human
from .status import ClaimStatus

Gap = Literal["source", "locator", "quote", "human-review", "witness"]
GAPS: tuple[Gap, ...] = ("source", "locator", "quote", "human-review", "witness")
IMPORTANCE = ("essential", "important", "supplementary")
WAITING = ("stale", "disputed", "under-review", "unreviewed")
"""Review statuses that wait for a reviewer, the most urgent first."""
CLOSED = frozenset({"withdrawn", "superseded", "collapsed"})
"""Badges of claims that no review would help."""


@dataclass(frozen=True)
class ClaimCoverage:
    """One standing claim: its status and what it lacks."""

    claim: LoadedClaim
    status: ClaimStatus
    gaps: tuple[Gap, ...]
    importance: str
    """Of its concept."""
    published: bool
    """Its concept is published: readers rely on it now."""
    rests: int
    """How many claims rest on it."""
    due: datetime.date | None
    """The day by which the policy wants its oldest counting review renewed; None without one."""
    overdue: bool

    @property
    def waits(self) -> bool:
        """It wants a reviewer: not reviewed as the policy asks, or due again."""
        return self.status.badge not in CLOSED and (self.status.review in WAITING or self.overdue)


@dataclass(frozen=True)
class Coverage:
    """The state of the evidence of a whole notebook."""

    claims: tuple[ClaimCoverage, ...]
    """Every claim that is not withdrawn, in the order of concepts and of their lists."""
    today: datetime.date

    @property
    def queue(self) -> tuple[ClaimCoverage, ...]:
        """What to review next: published first, then by importance and by what rests on it."""
        return tuple(sorted((item for item in self.claims if item.waits), key=_urgency))

    @property
    def badges(self) -> Counter[str]:
        return Counter(item.status.badge for item in self.claims)

    @property
    def gaps(self) -> Counter[Gap]:
        return Counter(gap for item in self.claims for gap in item.gaps)

    @property
    def flags(self) -> Counter[str]:
        return Counter(flag for item in self.claims for flag in item.status.flags)

    @property
    def totals(self) -> dict[str, Any]:
        """Counts for machines: claims, badges by name, gaps, flags by name."""
        return {
            "claims": len(self.claims),
            "badges": dict(sorted(self.badges.items())),
            "without": {gap: self.gaps[gap] for gap in GAPS},
            "flags": dict(sorted(self.flags.items())),
        }

    def queue_for(self, reviewer: str, notebook: LoadedNotebook) -> tuple[ClaimCoverage, ...]:
        """The queue without what this person wrote, or has a current review of that is not due.

        `reviewer` is a key of `evidence.people.person_key`.
        """
        return tuple(
            item
            for item in self.queue
            if not (
                notebook.settings.review.independent
                and reviewer in authors_of(item.claim, notebook)
            )
            and not _reviewed_by(item, reviewer)
        )


def cover(
    notebook: LoadedNotebook, statuses: Mapping[str, ClaimStatus], today: datetime.date
) -> Coverage:
    """Coverage of every claim that is not withdrawn; `today` decides what is overdue."""
    resting = Counter(
        base for claim in notebook.claims.values() for base in claim.related("rests_on")
    )
    return Coverage(
        tuple(
            _cover(claim, statuses[claim.id], notebook, resting[claim.id], today)
            for claim in in_reading_order(notebook)
            if claim.record.withdrawn is None
        ),
        today,
    )


def in_reading_order(notebook: LoadedNotebook) -> list[LoadedClaim]:
    """Claims by concept, as each concept lists them; those that no list names come after."""
    listed: dict[str, LoadedClaim] = {}
    by_concept: dict[str, list[LoadedClaim]] = {}
    for claim in notebook.claims.values():
        by_concept.setdefault(claim.concept, []).append(claim)
    for concept in notebook.concepts.values():
        for name in concept.record.claims or ():
            full = absolute(name, concept.id)
            if full in notebook.claims:
                listed.setdefault(full, notebook.claims[full])
        for claim in by_concept.pop(concept.id, []):
            listed.setdefault(claim.id, claim)
    for claims in by_concept.values():
        listed |= {claim.id: claim for claim in claims if claim.id not in listed}
    return list(listed.values())


def gaps_of(claim: LoadedClaim, status: ClaimStatus, notebook: LoadedNotebook) -> tuple[Gap, ...]:
    """What the claim lacks, whether or not its kind needs it."""
    entries = grounding_entries(claim, notebook)
    lacks: dict[Gap, bool] = {
        "source": not entries,
        "locator": any(entry.locator is None for entry in entries),
        "quote": any(entry.quote is None for entry in entries),
        "human-review": not any(
            state.current and state.review.withdrawn is None and is_human(state.person)
            for state in status.reviews
        ),
        "witness": not claim.record.witnesses,
    }
    return tuple(gap for gap in GAPS if lacks[gap])


def _cover(
    claim: LoadedClaim,
    status: ClaimStatus,
    notebook: LoadedNotebook,
    rests: int,
    today: datetime.date,
) -> ClaimCoverage:
    concept = notebook.concepts.get(claim.concept)
    due = due_date(status, notebook.settings.review.due_after)
    return ClaimCoverage(
        claim=claim,
        status=status,
        gaps=gaps_of(claim, status, notebook),
        importance=concept.record.importance if concept else "important",
        published=concept is not None and concept.record.status == "published",
        rests=rests,
        due=due,
        overdue=due is not None and due < today,
    )


def due_date(status: ClaimStatus, due_after: int | None) -> datetime.date | None:
    """The day until which the oldest counting review may stand."""
    dates = [state.review.date for state in status.reviews if state.counts]
    if due_after is None or not dates:
        return None
    return min(dates) + datetime.timedelta(days=due_after)


def _urgency(item: ClaimCoverage) -> tuple[bool, bool, int, int, int]:
    """Claims without evidence come last: there is nothing yet to hold them against."""
    review = item.status.review
    return (
        item.status.evidence == "unsupported",
        not item.published,
        IMPORTANCE.index(item.importance),
        -item.rests,
        WAITING.index(review) if review in WAITING else len(WAITING),
    )


def _reviewed_by(item: ClaimCoverage, reviewer: str) -> bool:
    return not item.overdue and any(
        state.current and state.who == reviewer and state.review.withdrawn is None
        for state in item.status.reviews
    )
