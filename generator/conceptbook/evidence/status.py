"""Computed statuses: nothing here is ever typed by anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..load.loaded import LoadedClaim, LoadedNotebook
from .grounding import Grounds, grounds_of
from .reviews import ReviewOutcome, ReviewState, weigh


@dataclass(frozen=True)
class ClaimStatus:
    """What the evidence and the reviews of one claim add up to."""

    evidence: str
    """grounded or unsupported."""
    review: str
    """unreviewed, stale, under-review, reviewed, rejected or disputed."""
    badge: str
    """The one word to show: the first that applies of the table in the docs."""
    flags: tuple[str, ...]
    """contested, weakened, collapsed, superseded."""
    ai_only: bool
    """The reviews that decide are all machine-made."""
    reviews: tuple[ReviewState, ...]
    grounds: Grounds


def assess(notebook: LoadedNotebook) -> dict[str, ClaimStatus]:
    """The status of every claim, by id."""
    contested = _contested(notebook)
    superseded = {old for claim in _standing(notebook) for old in claim.related("supersedes")}
    grounds = grounds_of(notebook)
    return {
        claim.id: _status(
            claim,
            grounds[claim.id],
            weigh(claim, notebook),
            {
                "contested": claim.id in contested,
                "weakened": grounds[claim.id].weakened,
                "collapsed": grounds[claim.id].collapsed,
                "superseded": claim.id in superseded,
            },
        )
        for claim in notebook.claims.values()
    }


def _status(
    claim: LoadedClaim, grounds: Grounds, outcome: ReviewOutcome, flags: Mapping[str, bool]
) -> ClaimStatus:
    return ClaimStatus(
        evidence="grounded" if grounds.grounded else "unsupported",
        review=outcome.status,
        badge=_badge(claim, grounds, outcome.status, flags),
        flags=tuple(name for name, raised in flags.items() if raised),
        ai_only=outcome.ai_only,
        reviews=outcome.states,
        grounds=grounds,
    )


def _badge(claim: LoadedClaim, grounds: Grounds, review: str, flags: Mapping[str, bool]) -> str:
    ladder = {
        "withdrawn": claim.record.withdrawn is not None,
        "superseded": flags["superseded"],
        "collapsed": flags["collapsed"],
        "rejected": review == "rejected",
        "disputed": review == "disputed",
        "unsupported": not grounds.grounded,
        "stale": review == "stale",
        "weakened": flags["weakened"],
    }
    return next((word for word, applies in ladder.items() if applies), review)


def _contested(notebook: LoadedNotebook) -> frozenset[str]:
    """Claims with contradicting evidence, or on either side of a `contradicts` relation.

    The relation is typed once and holds both ways; a withdrawn claim contradicts nothing.
    """
    found = set()
    for claim in _standing(notebook):
        if any(entry.stance == "contradicts" for entry in claim.record.evidence):
            found.add(claim.id)
        for other in claim.related("contradicts"):
            if other in notebook.claims and not notebook.claims[other].record.withdrawn:
                found |= {claim.id, other}
    return frozenset(found)


def _standing(notebook: LoadedNotebook) -> list[LoadedClaim]:
    return [claim for claim in notebook.claims.values() if claim.record.withdrawn is None]
