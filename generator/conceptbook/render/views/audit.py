"""The audit page: what is there, what is missing, and what to review next."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...evidence import ClaimStatus
from ...evidence.coverage import GAPS, ClaimCoverage, Coverage, cover
from ...evidence.grounding import notice_of
from .. import words
from ..resolver import PageResolver, Shown
from ..site import relative
from .home import Badge
from .map import MOST_CONCEPTS
from .relations import RelatedClaim, related
from .source import Link
from .standing import policy

MOST_NAMED = 50
"""Claims named under one count; the list of claims has them all."""
MOST_QUEUED = 200
WITHOUT = {
    "source": "Without a source that supports or qualifies them",
    "locator": "With a source, but without the place in it",
    "quote": "With a source, but without a quotation",
    "human-review": "Without a current review by a person",
    "witness": "Without a curve, assertion, proof or equation of their own",
}
STATES: Mapping[str, tuple[str, Callable[[ClaimCoverage], bool]]] = {
    "stale": ("Reviewed, and changed since", lambda item: item.status.review == "stale"),
    "contested": (
        "Contested by a source or another claim",
        lambda item: "contested" in item.status.flags,
    ),
    "weakened": (
        "Weakened: a source is retracted or under an expression of concern",
        lambda item: "weakened" in item.status.flags,
    ),
    "collapsed": (
        "Collapsed: every source is retracted or under an expression of concern",
        lambda item: "collapsed" in item.status.flags,
    ),
    "disputed": ("Disputed: current reviews disagree", lambda i: i.status.review == "disputed"),
    "rejected": ("Rejected by a current review", lambda item: item.status.review == "rejected"),
}


@dataclass(frozen=True)
class Count:
    """A number of claims of one sort, and which they are."""

    words: str
    number: int
    share: str
    href: str | None
    claims: tuple[RelatedClaim, ...]
    more: int


@dataclass(frozen=True)
class Standing:
    badge: Badge
    number: int
    share: str
    href: str


@dataclass(frozen=True)
class Part:
    """A concept, or a domain where there are many concepts, in numbers."""

    title: str
    href: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Queued:
    claim: RelatedClaim
    concept: str
    importance: str
    due: str | None


@dataclass(frozen=True)
class Audit:
    title: str
    description: str
    total: int
    policy: str
    standings: tuple[Standing, ...]
    missing: tuple[Count, ...]
    states: tuple[Count, ...]
    parts_of: str
    part_heads: tuple[str, ...]
    parts: tuple[Part, ...]
    queue: tuple[Queued, ...]
    queued: int
    retractions: str | None
    """The date of the snapshot."""
    retracted: tuple[Link, ...]
    data: str


def coverage_of(shown: Shown, statuses: Mapping[str, ClaimStatus]) -> Coverage:
    """Of the claims that the site shows; nothing is overdue, since a build knows no day."""
    whole = cover(shown.notebook, statuses, datetime.date.min)
    return Coverage(
        tuple(item for item in whole.claims if shown.has_claim(item.claim.id)), whole.today
    )


def view(coverage: Coverage, shown: Shown, statuses: Mapping[str, ClaimStatus], page: str) -> Audit:
    """The audit page; `coverage` is that of `coverage_of`."""
    resolver = PageResolver(shown, page)
    snapshot = shown.notebook.retractions
    return Audit(
        title="Audit",
        description="What the claims of this notebook rest on, what is missing, and what to "
        "review next.",
        total=len(coverage.claims),
        policy=policy(shown.notebook.settings.review),
        standings=tuple(_standings(coverage, resolver)),
        missing=tuple(_missing(coverage, statuses, resolver)),
        states=tuple(_states(coverage, statuses, resolver)),
        parts_of="Concept" if len(shown.concepts) <= MOST_CONCEPTS else "Domain",
        part_heads=tuple(name for name, _ in COLUMNS),
        parts=tuple(_parts(coverage, resolver)),
        queue=tuple(_queued(item, statuses, resolver) for item in coverage.queue[:MOST_QUEUED]),
        queued=len(coverage.queue),
        retractions=snapshot.date.isoformat() if snapshot else None,
        retracted=tuple(
            Link(shown.labels[key], resolver.to_source(key))
            for key in shown.notebook.sources
            if notice_of(key, shown.notebook)
        ),
        data=resolver.to_file("api/audit.json"),
    )


def _share(number: int, total: int) -> str:
    if not total:
        return "–"
    return "< 1 %" if 0 < 200 * number < total else f"{100 * number / total:.0f} %"


def _standings(coverage: Coverage, resolver: PageResolver) -> Iterator[Standing]:
    counts = coverage.badges
    for badge, said in words.BADGE.items():
        if counts[badge]:
            href = _filtered(resolver, "status", badge)
            share = _share(counts[badge], len(coverage.claims))
            yield Standing(Badge(badge, said), counts[badge], share, href)


def _missing(
    coverage: Coverage, statuses: Mapping[str, ClaimStatus], resolver: PageResolver
) -> Iterator[Count]:
    for gap in GAPS:
        lacking = [item for item in coverage.claims if gap in item.gaps]
        href = _filtered(resolver, "missing", gap) if lacking else None
        yield _count(WITHOUT[gap], lacking, len(coverage.claims), href, statuses, resolver)


def _states(
    coverage: Coverage, statuses: Mapping[str, ClaimStatus], resolver: PageResolver
) -> Iterator[Count]:
    for state, (said, applies) in STATES.items():
        found = [item for item in coverage.claims if applies(item)]
        href = _filtered(resolver, "status", state) if found else None
        yield _count(said, found, len(coverage.claims), href, statuses, resolver)


def _count(
    said: str,
    items: Sequence[ClaimCoverage],
    total: int,
    href: str | None,
    statuses: Mapping[str, ClaimStatus],
    resolver: PageResolver,
) -> Count:
    named = [related(item.claim.id, statuses, resolver) for item in items[:MOST_NAMED]]
    more = len(items) - len(named)
    return Count(said, len(items), _share(len(items), total), href, tuple(named), more)


def _filtered(resolver: PageResolver, name: str, value: str) -> str:
    return f"{relative(resolver.page, 'claims/index.html')}?{name}={value}"


COLUMNS: tuple[tuple[str, Callable[[ClaimCoverage], bool]], ...] = (
    ("Claims", lambda item: True),
    ("Reviewed", lambda item: item.status.badge == "reviewed"),
    ("Out of date", lambda item: item.status.review == "stale"),
    ("Contested", lambda item: "contested" in item.status.flags),
    ("No locator", lambda item: "locator" in item.gaps),
    ("No source", lambda item: "source" in item.gaps),
    ("No witness", lambda item: "witness" in item.gaps),
)


def _parts(coverage: Coverage, resolver: PageResolver) -> Iterator[Part]:
    shown = resolver.shown
    by_domain = len(shown.concepts) > MOST_CONCEPTS
    counts: dict[str, Counter[str]] = {}
    for item in coverage.claims:
        name = item.claim.concept.split("/")[0] if by_domain else item.claim.concept
        counts.setdefault(name, Counter()).update(
            head for head, applies in COLUMNS if applies(item)
        )
    titles = {domain.id: domain.title for domain in shown.notebook.settings.domains}
    for name, found in counts.items():
        title = titles.get(name, name) if by_domain else shown.concepts[name].record.title
        numbers = tuple(found[head] for head, _ in COLUMNS)
        yield Part(title, relative(resolver.page, f"{name}/index.html"), numbers)


def _queued(
    item: ClaimCoverage, statuses: Mapping[str, ClaimStatus], resolver: PageResolver
) -> Queued:
    return Queued(
        related(item.claim.id, statuses, resolver),
        resolver.shown.concepts[item.claim.concept].record.title,
        words.IMPORTANCE[item.importance],
        item.due.isoformat() if item.due else None,
    )
