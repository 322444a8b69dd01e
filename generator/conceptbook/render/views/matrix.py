"""The evidence matrix: each source at its place, what it says, and what each reviewer found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ...evidence import ClaimStatus
from ...evidence.grounding import notice_of
from ...load import LoadedClaim
from ...load.retractions import Notice
from .. import words
from ..citation import addresses
from ..prose import inline
from ..resolver import PageResolver
from .review import ACCESS, FINDING
from .source import Link

NATURE = {"retraction": "Retracted", "expression-of-concern": "Under an expression of concern"}


@dataclass(frozen=True)
class Finding:
    """What one reviewer found at this place."""

    by: str
    machine: bool
    href: str
    finding: str
    words: str
    access: str
    note: Markup
    current: bool


@dataclass(frozen=True)
class Row:
    """One source at one place."""

    key: str
    anchor: str
    stance: str
    stance_words: str
    label: str
    title: str
    href: str | None
    """Of the source's own page."""
    open: Link | None
    """Where the source itself can be opened."""
    locator: str | None
    quote: Markup
    quote_lang: str | None
    translation: Markup
    translator: str | None
    note: Markup
    notice: str | None
    findings: tuple[Finding, ...]


def rows(claim: LoadedClaim, status: ClaimStatus, resolver: PageResolver) -> tuple[Row, ...]:
    """A row for each evidence entry, with what the reviews found of it."""
    findings = _findings(claim, status, resolver)
    places = range(len(claim.record.evidence))
    return tuple(_row(claim, index, findings, resolver) for index in places)


def _row(
    claim: LoadedClaim, index: int, findings: Mapping[str, list[Finding]], resolver: PageResolver
) -> Row:
    entry, notebook = claim.record.evidence[index], resolver.shown.notebook
    source = notebook.sources.get(entry.source)
    places = addresses(source.record) if source else []
    place = ("evidence", index)
    return Row(
        key=entry.key,
        anchor=f"evidence-{index + 1}",
        stance=entry.stance,
        stance_words=words.STANCE[entry.stance],
        label=resolver.shown.labels.get(entry.source, entry.source),
        title=source.record.title if source else entry.source,
        href=resolver.source_href(entry.source),
        open=Link(*places[0]) if places else None,
        locator=entry.locator,
        quote=inline(claim.prose, resolver, *place, "quote"),
        quote_lang=entry.quote_lang,
        translation=inline(claim.prose, resolver, *place, "translation", "text"),
        translator=entry.translation.by if entry.translation else None,
        note=inline(claim.prose, resolver, *place, "note"),
        notice=notice_words(notice_of(entry.source, notebook)),
        findings=tuple(findings.get(entry.key, ())),
    )


def notice_words(notice: Notice | None) -> str | None:
    """ "Retracted on 2025-08-16"; None without a notice."""
    if notice is None:
        return None
    return NATURE[notice.nature] + (f" on {notice.date.isoformat()}" if notice.date else "")


def tally(claim: LoadedClaim) -> str:
    """`2 support, 1 contradicts`: every stance with the same weight."""
    return words.listed(words.stances(entry.stance for entry in claim.record.evidence))


def _findings(
    claim: LoadedClaim, status: ClaimStatus, resolver: PageResolver
) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for state in status.reviews:
        if state.review.withdrawn is not None:
            continue
        for number, check in enumerate(state.review.checks):
            found.setdefault(check.evidence, []).append(
                Finding(
                    by=state.name,
                    machine=state.person is not None and state.person.kind == "ai",
                    href=f"#review-{state.key}",
                    finding=check.finding,
                    words=FINDING[check.finding],
                    access=ACCESS[check.access],
                    note=inline(
                        claim.prose, resolver, "reviews", state.index, "checks", number, "note"
                    ),
                    current=state.current,
                )
            )
    return found
