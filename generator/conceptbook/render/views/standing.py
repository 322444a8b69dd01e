"""A claim's computed status in sentences: what it rests on, and what reviews say."""

from __future__ import annotations

from collections.abc import Iterator

from ...evidence import ClaimStatus
from ...evidence.grounding import NEEDS
from ...load import LoadedClaim
from ...model.settings import ReviewPolicy

REVIEW = {
    "unreviewed": "No current review says whether its evidence carries it.",
    "stale": "It was reviewed, and what was reviewed has changed since: no review is current.",
    "under-review": "It passed a review, and the notebook's policy asks for more than that.",
    "reviewed": "Current reviews, as many as the notebook's policy asks for, find its evidence "
    "to carry it.",
    "rejected": "A current review finds that its evidence does not carry it, and none says "
    "otherwise.",
    "disputed": "Current reviews disagree on whether its evidence carries it.",
}
UNPINNED = "It was reviewed, and no review is pinned to what was read: none is current."
FLAGS = {
    "contested": "Contested: a source or another claim says otherwise, as shown below.",
    "weakened": "Weakened: a source that it rests on was retracted or is under an expression of "
    "concern; others remain.",
    "collapsed": "Collapsed: every source that it rests on was retracted or is under an "
    "expression of concern.",
    "superseded": "Superseded: a newer claim takes its place.",
}

FLAG = {
    "contested": "Contested",
    "weakened": "Weakened",
    "collapsed": "Collapsed",
    "superseded": "Superseded",
}


def flags(status: ClaimStatus) -> tuple[str, ...]:
    """The flags beside the badge, each in a word or two."""
    raised = [FLAG[flag] for flag in status.flags if flag != status.badge]
    return (*raised, *(["Reviewed by machines only"] if status.ai_only else []))


def sentences(claim: LoadedClaim, status: ClaimStatus) -> Iterator[str]:
    """Evidence first, then flags, then reviews."""
    needs = NEEDS[claim.record.kind]
    if status.evidence == "grounded":
        yield f"It has the grounds that a claim of its kind needs: {needs}."
    else:
        yield f"Unsupported: a claim of its kind needs {needs}."
    yield from (FLAGS[flag] for flag in status.flags)
    yield _reviewed(status)
    if status.ai_only:
        yield "Machines alone have reviewed it, and no person."


def _reviewed(status: ClaimStatus) -> str:
    unpinned = all(state.changed == ("digest",) for state in status.reviews)
    return UNPINNED if status.review == "stale" and unpinned else REVIEW[status.review]


def policy(record: ReviewPolicy) -> str:
    """What the notebook asks for before a concept may be called published."""
    passes, human = record.published.reviews, record.published.human
    wanted = f"{passes} current review{'s' if passes != 1 else ''} that pass"
    if passes == 1:
        wanted = "a current review that passes"
    by = f", {'one' if human == 1 else human} of them by a person" if passes > 1 and human else ""
    if passes == 1 and human:
        wanted += ", by a person"
    parts = [f"Each claim of a published concept needs {wanted}{by}."]
    if record.independent:
        parts.append("Nobody’s review of their own claim counts.")
    if not record.ai_counts:
        parts.append("Reviews by machines are shown and do not count.")
    return " ".join(parts)
