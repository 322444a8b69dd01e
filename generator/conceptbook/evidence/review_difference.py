"""The reviews of a claim in two revisions: they are append-only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..diagnostics import Diagnostic
from ..diagnostics.catalogue import changes as rules
from ..load.loaded import LoadedClaim, LoadedNotebook
from ..model import Record, Review
from ..model.people import InlinePerson, Person
from .digests import text
from .evidence_difference import identity_of
from .pairing import paired
from .people import person_of
from .status import ClaimStatus

Side = tuple[LoadedClaim, LoadedNotebook, ClaimStatus]
Found = tuple[Diagnostic, str | None, str | None]
LATER = ("response", "withdrawn")
"""What may be added to a review after it was written, once each."""


def review_changes(old: Side, new: Side) -> Iterator[Found]:
    """Reviews that were removed, altered, added or invalidated."""
    before, after = old[2].reviews, new[2].reviews
    claim = new[0]
    pairs, gone, come = _paired(old, new)
    for first, second in pairs:
        state, now = before[first], after[second]
        span = claim.places.value("reviews", second)
        altered = _altered(old, new, first, second)
        if altered:
            message = f"the review of {now.name} says something else: {', '.join(altered)}"
            yield rules.REVIEW_ALTERED.at(span, message), None, None
        elif now.review.withdrawn and not state.review.withdrawn:
            place = claim.places.key("reviews", second, "withdrawn")
            message = f'{now.name} withdrew the review, which concluded "{now.review.conclusion}"'
            yield rules.REVIEW_WITHDRAWN.at(place, message), None, now.review.withdrawn.reason
        elif state.current and not now.current and now.review.withdrawn is None:
            changed = ", ".join(now.changed)
            message = f"the review of {now.name} was current; changed since: {changed}"
            yield rules.REVIEW_INVALIDATED.at(span, message), None, changed
    for index in gone:
        state = before[index]
        span = claim.places.key("reviews") if after else claim.places.value("statement")
        message = f"the review of {state.name} of {state.review.date} is gone"
        yield rules.REVIEW_REMOVED.at(span, message), state.review.conclusion, None
    for index in come:
        state = after[index]
        message = f'{state.name} reviewed the claim: "{state.review.conclusion}"'
        span = claim.places.value("reviews", index)
        yield rules.REVIEW_ADDED.at(span, message), None, state.review.conclusion


def _paired(old: Side, new: Side) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Positions of the same reviews: word for word, else of the same id, else of the same
    person and day, else those that differ least at the same position."""
    before, after = old[0].record.reviews, new[0].record.reviews
    differ = {
        (i, j): _differing(old, new, one, other)
        for i, one in enumerate(before)
        for j, other in enumerate(after)
    }
    pairs, gone, come = paired(
        range(len(before)),
        range(len(after)),
        lambda i, j: not differ[i, j],
        lambda i, j: before[i].id is not None and before[i].id == after[j].id,
        lambda i, j: not {"by", "date"} & set(differ[i, j]),
        lambda i, j: i == j and not {"by", "summary"} <= set(differ[i, j]),
    )
    return sorted(pairs), gone, come


def _altered(old: Side, new: Side, first: int, second: int) -> list[str]:
    """Names of the fields that differ, apart from a response or withdrawal that was added."""
    one, other = old[0].record.reviews[first], new[0].record.reviews[second]
    fields = _differing(old, new, one, other)
    for name in LATER:
        was, now = getattr(one, name), getattr(other, name)
        if was is not None and (now is None or _plain(was) != _plain(now)):
            fields.append(name)
    return fields


def _differing(old: Side, new: Side, one: Review, other: Review) -> list[str]:
    """Fields in which two reviews differ; renamed keys and folded lines are no difference."""
    before, after = _plain(one), _plain(other)
    fields = [name for name in before if before[name] != after[name]]
    if not _same_person(person_of(one.by, old[1]), person_of(other.by, new[1]), one, other):
        fields.append("by")
    if "checks" not in fields:
        keys = zip(one.checks, other.checks, strict=True)
        if any(_meant(a.evidence, old) != _meant(b.evidence, new) for a, b in keys):
            fields.append("checks")
    return fields


def _same_person(
    one: Person | InlinePerson | None,
    other: Person | InlinePerson | None,
    before: Review,
    after: Review,
) -> bool:
    """The same reference, or another to somebody of the same kind with an identifier in common."""
    if before.by == after.by or one is None or other is None or one.kind != other.kind:
        return before.by == after.by
    pairs = ((one.orcid, other.orcid), (one.github, other.github), (one.name, other.name))
    return any(a is not None and a == b for a, b in pairs)


def _meant(key: str, side: Side) -> tuple[str, ...]:
    """What a check is about, by work or by position: keys may be renamed."""
    claim, notebook, _ = side
    works = {entry.key: entry.source for entry in claim.record.evidence}
    if key in works:
        return ("source", identity_of(works[key], notebook))
    local = [entry.key for entry in claim.record.witnesses]
    return ("local", str(local.index(key))) if key in local else ("text", key)


def _plain(record: Record) -> dict[str, Any]:
    fields = record.model_dump(mode="json")
    for name in (*LATER, "by") if isinstance(record, Review) else ():
        del fields[name]
    for check in fields.get("checks", ()):
        del check["evidence"]
    return _folded(fields)


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, list):
        return [_folded(item) for item in value]
    if isinstance(value, dict):
        return {key: _folded(item) for key, item in value.items()}
    return value
