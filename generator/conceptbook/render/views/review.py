"""A review with all that it says, and whether it still speaks of the claim as it stands."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ...evidence.people import person_of
from ...evidence.reviews import ReviewState
from ...load import LoadedClaim
from ...model.claim import OPEN, PASSES, Review
from .. import words
from ..prose import inline
from ..resolver import PageResolver

PARTS = {
    "statement": "the statement",
    "kind": "the kind",
    "scope": "the scope",
    "caveats": "the caveats",
    "evidence": "the evidence",
    "sources": "which works are cited",
    "witnesses": "the program, its declaration or its curve",
    "proofs": "a proof or equation",
}
ACCESS = {
    "full-text": "full text",
    "excerpt": "the place itself",
    "abstract": "abstract only",
    "secondary": "another's account",
    "none": "not open",
}
FINDING = {
    "supports": "Supports",
    "qualifies": "Qualifies",
    "contradicts": "Contradicts",
    "background": "Background",
    "not-found": "Not found there",
    "not-checked": "Not checked",
}


@dataclass(frozen=True)
class Reviewer:
    name: str
    kind: str
    """`person`, or `machine` with its tool and version."""
    machine: bool
    href: str | None


@dataclass(frozen=True)
class Check:
    """One place that was opened."""

    evidence: str
    label: str
    access: str
    finding: str
    finding_words: str
    note: Markup


@dataclass(frozen=True)
class Answer:
    """The author's response, or the reason of a withdrawal."""

    by: str
    date: str
    text: Markup


@dataclass(frozen=True)
class FullReview:
    anchor: str
    by: Reviewer
    date: str
    conclusion: str
    group: str
    """pass, fail or open."""
    current: bool
    state: str
    """Current or out of date, in words, with the parts that changed since."""
    checks: tuple[Check, ...]
    summary: Markup
    interests: Markup
    settles: tuple[str, ...]
    response: Answer | None
    withdrawn: Answer | None


def full(
    claim: LoadedClaim, state: ReviewState, labels: dict[str, str], resolver: PageResolver
) -> FullReview:
    """`labels` name the evidence entries of the claim by their keys."""
    review, index = state.review, state.index
    place = ("reviews", index)
    return FullReview(
        anchor=f"review-{state.key}",
        by=reviewer(state),
        date=review.date.isoformat(),
        conclusion=words.CONCLUSION[review.conclusion],
        group=group(review),
        current=state.current,
        state=said(state),
        checks=tuple(
            Check(
                check.evidence,
                labels.get(check.evidence, check.evidence),
                ACCESS[check.access],
                check.finding,
                FINDING[check.finding],
                inline(claim.prose, resolver, *place, "checks", number, "note"),
            )
            for number, check in enumerate(review.checks)
        ),
        summary=inline(claim.prose, resolver, *place, "summary"),
        interests=inline(claim.prose, resolver, *place, "interests"),
        settles=review.settles,
        response=_response(claim, review, index, resolver),
        withdrawn=_withdrawn(claim, review, index, resolver),
    )


def reviewer(state: ReviewState) -> Reviewer:
    """Who reviewed: a person, or a machine with its tool."""
    person = state.person
    machine = person is not None and person.kind == "ai"
    tool = person.tool if person else None
    kind = "person"
    if machine:
        kind = f"machine: {tool.name} {tool.version}" if tool else "machine"
    orcid = person.orcid if person else None
    return Reviewer(state.name, kind, machine, f"https://orcid.org/{orcid}" if orcid else None)


def group(review: Review) -> str:
    """Whether a conclusion is a `pass`, `open`, or a `fail`."""
    if review.conclusion in PASSES:
        return "pass"
    return "open" if review.conclusion in OPEN else "fail"


def said(state: ReviewState) -> str:
    """`Current`, or what changed since, or why it never was."""
    if state.review.withdrawn is not None:
        return "Withdrawn by its reviewer"
    if state.current:
        return "Current" if state.counts else "Current, and does not count"
    if state.changed == ("digest",):
        return "Never pinned to what was read, so that it cannot be current"
    if state.changed == ("scheme",):
        return "Pinned in a way that this program does not know"
    return f"Out of date: {words.listed([PARTS[part] for part in state.changed])} changed since"


def _response(
    claim: LoadedClaim, review: Review, index: int, resolver: PageResolver
) -> Answer | None:
    given = review.response
    if given is None:
        return None
    person = person_of(given.by, resolver.shown.notebook)
    return Answer(
        person.name if person else str(given.by),
        given.date.isoformat(),
        inline(claim.prose, resolver, "reviews", index, "response", "text"),
    )


def _withdrawn(
    claim: LoadedClaim, review: Review, index: int, resolver: PageResolver
) -> Answer | None:
    given = review.withdrawn
    if given is None:
        return None
    reason = inline(claim.prose, resolver, "reviews", index, "withdrawn", "reason")
    return Answer("", given.date.isoformat(), reason)
