"""Reviews: independent, complete, and of what the claim holds."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..diagnostics.catalogue import evidence as rules
from ..diagnostics.catalogue import references as reference_rules
from ..evidence.people import authors_of, person_key, person_of
from ..evidence.reviews import weigh
from ..load import LoadedClaim, LoadedNotebook
from ..model import Review
from ..model.claim import PASSES
from ..model.people import Person
from .claims import review_targets, similar_target
from .objects import SETTINGS, missing_source

AGAINST = {
    "contradicts": frozenset[str](),
    "background": frozenset({"contradicts"}),
}
"""Findings that speak against a claim, by the stance that the evidence is said to have; evidence
that is said to contradict may do so."""
AGAINST_GROUNDS = frozenset({"contradicts", "not-found"})
RESTS_ON = frozenset({"evidence", "witnesses", "proofs"})
"""Parts of a digest by which a review's checks are held against what the claim cites."""
NEEDED = "a pass needs what was opened and found"


def dependent(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Reviews of a claim by one of its authors, where the policy wants others."""
    if not notebook.settings.review.independent:
        return
    for claim in notebook.claims.values():
        authors = authors_of(claim, notebook)
        for index, review in enumerate(claim.record.reviews):
            if not review.withdrawn and person_key(review.by, notebook) in authors:
                yield rules.DEPENDENT_REVIEW.at(
                    claim.places.value("reviews", index, "by"),
                    f'"{person_key(review.by, notebook)}" is an author of this claim',
                    "ask somebody else; an author can answer in `response`",
                )


def incomplete(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Passes without checks, or with findings that do not carry them; settling by others."""
    for claim in notebook.claims.values():
        for index, review in enumerate(claim.record.reviews):
            if review.withdrawn:
                continue
            yield from _pass(notebook, claim, index, review)
            yield from _settles(notebook, claim, index, review)


def _pass(
    notebook: LoadedNotebook, claim: LoadedClaim, index: int, review: Review
) -> Iterator[Diagnostic]:
    if review.conclusion not in PASSES:
        return
    span = claim.places.value("reviews", index, "conclusion")
    if not review.checks:
        if checks_wanted(claim, notebook):
            message = f'"{review.conclusion}" without checks: {NEEDED}'
            yield rules.BAD_REVIEW.at(span, message, "complete it with `conceptbook review`")
        return
    if all(check.access == "none" or check.finding == "not-checked" for check in review.checks):
        message = f'"{review.conclusion}", and nothing was opened'
        yield rules.BAD_REVIEW.at(span, message, 'conclude "inconclusive", or open the evidence')
    for number, check in enumerate(review.checks):
        speaks_against = check.finding in against(_stance(claim, check.evidence))
        if speaks_against and not _overtaken(claim, notebook, index):
            yield rules.BAD_REVIEW.at(
                claim.places.value("reviews", index, "checks", number, "finding"),
                f'the review passes the claim, and this check found "{check.finding}"',
                "the worst finding decides the conclusion",
                related=[(span, f"concludes {review.conclusion}")],
            )


def checks_wanted(claim: LoadedClaim, notebook: LoadedNotebook) -> bool:
    """A pass says what was opened, where there is something to open: advice may rest on claims
    alone, and a definition on a convention."""
    wanted = "check" in notebook.settings.review.require and claim.record.kind != "computation"
    return wanted and bool(review_targets(claim))


def against(stance: str) -> frozenset[str]:
    """Findings with which no review passes a claim, by the stance of the evidence."""
    return AGAINST.get(stance, AGAINST_GROUNDS)


def _stance(claim: LoadedClaim, key: str) -> str:
    """Of an evidence entry; a local object is there to support the claim."""
    entries = claim.record.evidence
    return next((entry.stance for entry in entries if entry.key == key), "supports")


def _overtaken(claim: LoadedClaim, notebook: LoadedNotebook, index: int) -> bool:
    """Whether a pinned review is of other evidence than today's: an author may correct a stance or
    drop a source, and no review is ever edited for it."""
    return not RESTS_ON.isdisjoint(weigh(claim, notebook).states[index].changed)


def _settles(
    notebook: LoadedNotebook, claim: LoadedClaim, index: int, review: Review
) -> Iterator[Diagnostic]:
    reviewer = person_of(review.by, notebook)
    known = SETTINGS not in notebook.broken and reviewer is not None
    editor = isinstance(reviewer, Person) and reviewer.role == "editor"
    if review.settles and known and not editor:
        yield rules.BAD_REVIEW.at(
            claim.places.key("reviews", index, "settles"),
            f'only an editor settles a dispute, and "{person_key(review.by, notebook)}" is none',
            "give them `role: editor` in notebook.yaml, or drop the key",
        )
    others = {r.id or str(i + 1) for i, r in enumerate(claim.record.reviews) if i != index}
    for number, name in enumerate(review.settles):
        if name not in others:
            yield reference_rules.UNKNOWN_OBJECT.at(
                claim.places.value("reviews", index, "settles", number),
                f'there is no other review "{name}"',
                f"there are {', '.join(sorted(others))}" if others else None,
            )


def unknown_evidence(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Checks of something that the claim does not cite; a stale review may speak of what it did."""
    for claim in notebook.claims.values():
        known = review_targets(claim)
        if any(missing_source(notebook, entry.source) for entry in claim.record.evidence):
            continue
        for index, review in enumerate(claim.record.reviews):
            for number, check in enumerate(review.checks):
                if check.evidence not in known and not _overtaken(claim, notebook, index):
                    yield reference_rules.UNKNOWN_OBJECT.at(
                        claim.places.value("reviews", index, "checks", number, "evidence"),
                        f'the claim has no evidence "{check.evidence}"',
                        similar_target(claim, check.evidence),
                    )
