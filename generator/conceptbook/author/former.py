"""What a stale review was about: the claim as it stood then, found in git by its digest."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..evidence.grounding import witness_holds
from ..evidence.identity import claim_digest, claim_parts
from ..evidence.people import person_key
from ..load import LoadedClaim, LoadedNotebook
from ..model import Review
from .history import History, UnknownRevision
from .review import Refused

DEEPEST = 20
"""How many commits are looked through."""


@dataclass(frozen=True)
class Former:
    """A claim as it was reviewed."""

    commit: str
    parts: Mapping[str, Any]
    """As `evidence.identity.claim_parts`."""


def former(
    claim: LoadedClaim, notebook: LoadedNotebook, review: Review, history: History
) -> Former | None:
    """The newest commit in which the review's digest was the claim's; None where there is none."""
    if review.digest is None:
        return None
    for commit in _candidates(claim, review, history):
        try:
            with history.notebook(commit) as book:
                was = book.claims.get(claim.id)
                if was is None:
                    continue
                if claim_digest(was, book, review.digest.scheme) == review.digest.parts:
                    return Former(commit, claim_parts(was, book))
        except UnknownRevision:
            continue
    return None


def _candidates(claim: LoadedClaim, review: Review, history: History) -> list[str]:
    """The commit that brought the review in, then those that touched what it may cover."""
    path = claim.places.path
    span = claim.places.value("reviews", claim.record.reviews.index(review))
    committer = history.committer(path, span.line)
    found = history.commits(path, "claims/sources.yaml", f"content/{claim.concept}")[:DEEPEST]
    return list(dict.fromkeys([*([committer.commit] if committer else []), *found]))


def changed_lines(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """The parts that differ, each as a difference of lines."""
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        if one != other:
            yield f"{name}:"
            yield from (
                f"  {line}"
                for line in difflib.unified_diff(_lines(one), _lines(other), lineterm="", n=1)
                if not line.startswith(("---", "+++", "@@"))
            )


def reaffirmed(
    claim: LoadedClaim, notebook: LoadedNotebook, review: Review, history: History
) -> dict[str, Any]:
    """A new review with the conclusion of a stale one, where only code changed and every
    asserted point is equal. Raises Refused where more changed, or it cannot be told."""
    was = former(claim, notebook, review, history)
    if was is None:
        raise Refused(
            "what was reviewed is in no commit, so nobody can tell what changed",
            "review the claim again",
        )
    now = claim_parts(claim, notebook)
    changed = [name for name in {**was.parts, **now} if was.parts.get(name) != now.get(name)]
    if not changed:
        raise Refused("the review is current: there is nothing to reaffirm")
    if changed != ["witnesses"] or _without_code(was.parts) != _without_code(now):
        raise Refused(f"more than code changed: {', '.join(changed)}", "review the claim again")
    for entry in claim.record.witnesses:
        if entry.object in {"curve", "assert"} and not witness_holds(entry, claim, notebook):
            raise Refused(
                f"the recorded run of {entry.key} is not of the present code, or does not hold",
                "run `conceptbook record --accept` first",
            )
    return {
        "by": review.by if isinstance(review.by, str) else review.by.model_dump(exclude_none=True),
        "conclusion": review.conclusion,
        "checks": [check.model_dump(exclude_none=True) for check in review.checks],
        "summary": (
            f"Reaffirms the review of {review.date}: since then only code changed, and every "
            "asserted point is equal."
        ),
        "interests": review.interests,
    }


def newest_stale(
    claim: LoadedClaim, notebook: LoadedNotebook, reviewer: str, stale: list[Review]
) -> Review:
    """The reviewer's newest stale review. Raises Refused where there is none."""
    own = [review for review in stale if person_key(review.by, notebook) == reviewer]
    if not own:
        others = sorted({person_key(review.by, notebook) for review in stale})
        hints = [f"stale reviews of it are by {', '.join(others)}"] if others else []
        raise Refused(f'"{reviewer}" has no stale review of this claim', *hints)
    return own[-1]


def _without_code(parts: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in entry.items() if name != "code"}
        for entry in parts.get("witnesses", ())
    ]


def _lines(value: Any) -> list[str]:
    """Plain data as lines that can be compared; a long text by its sentences."""
    if value is None:
        return []
    if isinstance(value, str):
        return value.splitlines()
    text = json.dumps(value, indent=1, ensure_ascii=False)
    return text.replace("\\n", "\n").splitlines()
