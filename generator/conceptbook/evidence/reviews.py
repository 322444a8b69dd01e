"""Which reviews are current, and what they conclude together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..load.loaded import LoadedClaim, LoadedNotebook
from ..model import Review
from ..model.claim import DIGEST_PARTS, OPEN, PASSES
from ..model.people import InlinePerson, Person
from .identity import claim_digest
from .people import authors_of, is_human, person_key, person_of


@dataclass(frozen=True)
class ReviewState:
    """One review held against the claim of today."""

    review: Review
    index: int
    key: str
    """Its id; its number from 1 where it has none."""
    who: str
    """The reviewer's key of `people.person_key`."""
    person: Person | InlinePerson | None
    current: bool
    changed: tuple[str, ...]
    """Parts that changed since; ("digest",) where it was never pinned, ("scheme",) where this
    program does not know how it was."""
    counts: bool
    """The reviewer's newest current one, neither withdrawn nor settled by an editor, and not by
    an author where the policy wants independence."""
    renewed: bool
    """The reviewer has reviewed again since, and that review is current."""

    @property
    def stale(self) -> bool:
        """It stands, speaks of other words than today's, and nothing has taken its place."""
        return not self.current and not self.renewed and self.review.withdrawn is None

    @property
    def name(self) -> str:
        """The reviewer as printed."""
        return self.person.name if self.person else self.who


@dataclass(frozen=True)
class ReviewOutcome:
    """What the reviews say together: the word of the status table, and why."""

    status: str
    ai_only: bool
    states: tuple[ReviewState, ...]


def weigh(claim: LoadedClaim, notebook: LoadedNotebook) -> ReviewOutcome:
    """The review status of a claim, by the policy of notebook.yaml."""
    states = _states(claim, notebook)
    standing = [state for state in states if state.review.withdrawn is None]
    if not standing:
        return ReviewOutcome("unreviewed", False, states)
    if not any(state.current for state in standing):
        return ReviewOutcome("stale", False, states)
    counted = [s for s in standing if s.counts and s.review.conclusion not in OPEN]
    passes = [s for s in counted if s.review.conclusion in PASSES]
    fails = [s for s in counted if s.review.conclusion not in PASSES]
    ai_only = bool(counted) and not any(is_human(s.person) for s in passes or fails)
    return ReviewOutcome(_word(passes, fails, notebook), ai_only, states)


def _word(passes: list[ReviewState], fails: list[ReviewState], notebook: LoadedNotebook) -> str:
    if passes and fails:
        return "disputed"
    if fails:
        return "rejected"
    if not passes:
        return "unreviewed"
    policy = notebook.settings.review
    human = sum(is_human(state.person) for state in passes)
    counted = len(passes) if policy.ai_counts else human
    enough = counted >= policy.published.reviews and human >= policy.published.human
    return "reviewed" if enough else "under-review"


def _states(claim: LoadedClaim, notebook: LoadedNotebook) -> tuple[ReviewState, ...]:
    authors = authors_of(claim, notebook) if notebook.settings.review.independent else frozenset()
    reviews = claim.record.reviews
    held = _Held(claim, notebook)
    changed = [held.changed(review) for review in reviews]
    reviewers = [person_key(review.by, notebook) for review in reviews]
    standing = [
        not changed[index] and review.withdrawn is None and reviewers[index] not in authors
        for index, review in enumerate(reviews)
    ]
    settled = {
        key
        for index, review in enumerate(reviews)
        if standing[index] and _is_editor(review, notebook)
        for key in review.settles
    }
    latest = {
        who: index
        for index, who in enumerate(reviewers)
        if not changed[index] and reviews[index].withdrawn is None
    }
    newest = {who: index for index, who in enumerate(reviewers) if standing[index]}
    return tuple(
        ReviewState(
            review=review,
            index=index,
            key=(key := review.id or str(index + 1)),
            who=reviewers[index],
            person=person_of(review.by, notebook),
            current=not changed[index],
            changed=changed[index],
            counts=newest.get(reviewers[index]) == index and key not in settled,
            renewed=latest.get(reviewers[index], index) > index,
        )
        for index, review in enumerate(reviews)
    )


def _is_editor(review: Review, notebook: LoadedNotebook) -> bool:
    person = notebook.settings.people.get(person_key(review.by, notebook))
    return person is not None and person.role == "editor"


class _Held:
    """A claim of today, which reviews are held against, each under the scheme that it names."""

    def __init__(self, claim: LoadedClaim, notebook: LoadedNotebook):
        self.claim, self.notebook = claim, notebook
        self.digests: dict[int, Mapping[str, str] | None] = {}

    def changed(self, review: Review) -> tuple[str, ...]:
        """Names of the parts that are not as reviewed; empty for a current review."""
        if review.digest is None:
            return ("digest",)
        scheme, then = review.digest.scheme, review.digest.parts
        if scheme not in self.digests:
            self.digests[scheme] = claim_digest(self.claim, self.notebook, scheme)
        now = self.digests[scheme]
        if now is None:
            return ("scheme",)
        return tuple(name for name in DIGEST_PARTS if now.get(name) != then.get(name))
