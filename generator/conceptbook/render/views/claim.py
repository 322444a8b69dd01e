"""A claim as its concept's page shows it: words, badge, evidence, reviews."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ...evidence import ClaimStatus
from ...load import LoadedClaim
from ...model import Review
from .. import words
from ..prose import inline
from ..resolver import PageResolver, claim_anchor


@dataclass(frozen=True)
class Evidence:
    """One source at one place."""

    stance: str
    stance_words: str
    label: str
    href: str | None
    locator: str | None
    quote: Markup
    quote_lang: str | None
    translation: Markup
    translator: str | None
    note: Markup


@dataclass(frozen=True)
class LocalObject:
    """A curve, assertion, proof or equation of the concept that shows the claim."""

    kind: str
    title: str
    href: str | None
    at: str | None
    says: Markup


@dataclass(frozen=True)
class Reviewed:
    """One review, and whether it still speaks of the claim as it stands."""

    by: str
    machine: bool
    date: str
    conclusion: str
    current: bool
    summary: Markup
    interests: Markup


@dataclass(frozen=True)
class Claim:
    """One claim."""

    id: str
    anchor: str
    href: str
    """Of its own page."""
    statement: Markup
    kind: str
    badge: str
    badge_words: str
    flags: tuple[str, ...]
    scope: Markup
    caveats: tuple[Markup, ...]
    evidence: tuple[Evidence, ...]
    objects: tuple[LocalObject, ...]
    tally: str
    """`2 sources support, 1 qualifies, 3 objects of this page`."""
    reviews: tuple[Reviewed, ...]
    withdrawn: Markup
    """Why, where it was withdrawn."""
    brief: bool
    """The page has so many claims that evidence and reviews in full stand on the claim's own."""


def view(
    claim: LoadedClaim, status: ClaimStatus, resolver: PageResolver, *, brief: bool = False
) -> Claim:
    """A claim on its concept's page; `brief` leaves its evidence and reviews to its own page."""
    record, prose = claim.record, claim.prose
    withdrawn = record.withdrawn
    removed = withdrawn is not None and withdrawn.statement == "remove"
    flags = [*status.flags, *(["machine reviews only"] if status.ai_only else [])]
    return Claim(
        id=claim.id,
        anchor=claim_anchor(claim.id, resolver.concept),
        href=resolver.to_claim(claim.id),
        statement=Markup("") if removed else inline(prose, resolver, "statement"),
        kind=words.KIND[record.kind],
        badge=status.badge,
        badge_words=words.BADGE.get(status.badge, status.badge),
        flags=tuple(flag for flag in flags if flag != status.badge),
        scope=inline(prose, resolver, "scope"),
        caveats=tuple(inline(prose, resolver, "caveats", i) for i in range(len(record.caveats))),
        evidence=_evidence(claim, resolver),
        objects=_objects(claim, resolver),
        tally=_tally(claim),
        reviews=tuple(_review(claim, i, r, status, resolver) for i, r in enumerate(record.reviews)),
        withdrawn=inline(prose, resolver, "withdrawn", "reason"),
        brief=brief,
    )


def _evidence(claim: LoadedClaim, resolver: PageResolver) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            stance=entry.stance,
            stance_words=words.STANCE[entry.stance],
            label=resolver.shown.labels.get(entry.source, entry.source),
            href=resolver.source_href(entry.source),
            locator=entry.locator,
            quote=inline(claim.prose, resolver, "evidence", index, "quote"),
            quote_lang=entry.quote_lang,
            translation=inline(claim.prose, resolver, "evidence", index, "translation", "text"),
            translator=entry.translation.by if entry.translation else None,
            note=inline(claim.prose, resolver, "evidence", index, "note"),
        )
        for index, entry in enumerate(claim.record.evidence)
    )


def _objects(claim: LoadedClaim, resolver: PageResolver) -> tuple[LocalObject, ...]:
    found = []
    for index, entry in enumerate(claim.record.witnesses):
        target = resolver.local(claim.concept, entry.object, entry.id)
        field = "shows" if entry.shows else "covers"
        found.append(
            LocalObject(
                kind=words.OBJECT[entry.object],
                title=target.title if target else entry.id,
                href=target.href if target else None,
                at=None if entry.at is None else f"{entry.at:g}",
                says=inline(claim.prose, resolver, "witnesses", index, field),
            )
        )
    return tuple(found)


def _tally(claim: LoadedClaim) -> str:
    parts = words.stances(entry.stance for entry in claim.record.evidence)
    if parts:
        number, _, rest = parts[0].partition(" ")
        parts[0] = f"{words.count(int(number), 'source')} {rest}"
    if local := len(claim.record.witnesses):
        parts.append(f"{words.count(local, 'object')} of this page")
    return ", ".join(parts)


def _review(
    claim: LoadedClaim, index: int, review: Review, status: ClaimStatus, resolver: PageResolver
) -> Reviewed:
    people = resolver.shown.notebook.settings.people
    person = people.get(review.by) if isinstance(review.by, str) else review.by
    state = status.reviews[index]
    return Reviewed(
        by=person.name if person else str(review.by),
        machine=person is not None and person.kind == "ai",
        date=review.date.isoformat(),
        conclusion=words.CONCLUSION[review.conclusion],
        current=state.current,
        summary=inline(claim.prose, resolver, "reviews", index, "summary"),
        interests=inline(claim.prose, resolver, "reviews", index, "interests"),
    )
