"""The permanent page of one source: what rests on it, and what would fall with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ...bibliography.csl import to_csl
from ...evidence import ClaimStatus
from ...evidence.dependence import Dependence
from ...evidence.grounding import GROUNDING_STANCES, notice_of
from ...load import LoadedNotebook, LoadedSource
from .. import words
from ..address import source_page
from ..citation import reference, year
from ..cite import Cite, cite
from ..paging import Pager, Pages
from ..prose import inline
from ..resolver import PageResolver, Shown
from .matrix import notice_words
from .relations import RelatedClaim, related
from .source import ACCESS, Link
from .source import views as cards


@dataclass(frozen=True)
class Use:
    """One claim's entry about this source."""

    claim: RelatedClaim
    concept: str
    stance: str
    stance_words: str
    locator: str | None
    quote: Markup
    quote_lang: str | None


@dataclass(frozen=True)
class Retraction:
    said: str
    reason: str | None
    notice: Link | None
    snapshot: str
    """The date of the snapshot that says so."""


@dataclass(frozen=True)
class SourcePage:
    key: str
    title: str
    description: str
    label: str
    kind: str
    reference: str
    access: str | None
    links: tuple[Link, ...]
    note: Markup
    retraction: Retraction | None
    uses: tuple[Use, ...]
    falls: tuple[RelatedClaim, ...]
    """Claims that nothing else would hold up."""
    holds_up: int
    """How many claims it grounds."""
    concepts: tuple[Link, ...]
    versions: tuple[Link, ...]
    """Other records of the same work."""
    cite: Cite
    data: str


@dataclass(frozen=True)
class SourceRow:
    label: str
    title: str
    href: str
    kind: str
    year: str
    claims: str
    notice: str | None


@dataclass(frozen=True)
class SourceList:
    title: str
    description: str
    total: int
    rows: tuple[SourceRow, ...]
    pages: Pages | None
    data: str


Uses = Mapping[str, Sequence[tuple[str, int]]]
"""Source → (claim, position of its evidence entry), in reading order."""


def uses_of(shown: Shown, claims: Iterable[str]) -> Uses:
    """Every entry of these claims about each source."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name in claims:
        for index, entry in enumerate(shown.notebook.claims[name].record.evidence):
            found.setdefault(entry.source, []).append((name, index))
    return found


def versions_of(sources: Mapping[str, LoadedSource]) -> Mapping[str, Sequence[str]]:
    """Source → the other records of the same work, in the notebook's order."""
    works: dict[str, set[str]] = {}
    for key, source in sources.items():
        if work := source.record.custom.version_of:
            works.setdefault(work, {work} & sources.keys()).add(key)
    found: dict[str, set[str]] = {}
    for same in works.values():
        for key in same:
            found.setdefault(key, set()).update(same - {key})
    return {key: sorted(same, key=lambda k: sources[k].index) for key, same in found.items()}


def view(
    source: LoadedSource,
    uses: Sequence[tuple[str, int]],
    mentioned: Sequence[str],
    versions: Sequence[str],
    dependence: Dependence,
    shown: Shown,
    statuses: Mapping[str, ClaimStatus],
) -> SourcePage:
    """`mentioned` are the concepts whose pages name the source, `versions` as in versions_of."""
    record, key = source.record, source.record.id
    resolver = PageResolver(shown, source_page(key))
    card = cards([key], resolver)[0]
    grounded = {
        name
        for name, index in uses
        if shown.notebook.claims[name].record.evidence[index].stance in GROUNDING_STANCES
    }
    return SourcePage(
        key=key,
        title=record.title,
        description=f"{shown.labels[key]}: what rests on it here, and what would fall with it.",
        label=shown.labels[key],
        kind=card.kind,
        reference=reference(record),
        access=ACCESS.get(record.custom.access),
        links=card.links,
        note=card.note,
        retraction=_retraction(key, shown.notebook),
        uses=tuple(_use(name, index, statuses, resolver) for name, index in uses),
        falls=tuple(related(name, statuses, resolver) for name in dependence.would_fall(key)),
        holds_up=len(grounded),
        concepts=tuple(
            Link(shown.concepts[name].record.title, resolver.to_concept(name)) for name in mentioned
        ),
        versions=tuple(Link(shown.labels[other], resolver.to_source(other)) for other in versions),
        cite=cite(to_csl(record, custom=False)),
        data=resolver.to_file("api/sources.json"),
    )


def _use(name: str, index: int, statuses: Mapping[str, ClaimStatus], resolver: PageResolver) -> Use:
    claim = resolver.shown.notebook.claims[name]
    entry = claim.record.evidence[index]
    there = PageResolver(resolver.shown, resolver.page, claim.concept, apart=True)
    return Use(
        claim=related(name, statuses, resolver),
        concept=resolver.shown.concepts[claim.concept].record.title,
        stance=entry.stance,
        stance_words=words.STANCE[entry.stance],
        locator=entry.locator,
        quote=inline(claim.prose, there, "evidence", index, "quote"),
        quote_lang=entry.quote_lang,
    )


def _retraction(key: str, notebook: LoadedNotebook) -> Retraction | None:
    notice = notice_of(key, notebook)
    if notice is None or notebook.retractions is None:
        return None
    return Retraction(
        said=notice_words(notice) or "",
        reason=notice.reason,
        notice=Link(f"doi:{notice.doi}", f"https://doi.org/{notice.doi}") if notice.doi else None,
        snapshot=notebook.retractions.date.isoformat(),
    )


def listing(pager: Pager[str], uses: Uses, shown: Shown) -> SourceList:
    """One page of the list of sources."""
    resolver = PageResolver(shown, pager.path)
    return SourceList(
        title="Sources" if pager.number == 1 else f"Sources, page {pager.number}",
        description="The works that the claims of this notebook rest on.",
        total=pager.total,
        rows=tuple(_row(key, uses, shown, resolver) for key in pager.items),
        pages=pager.pages,
        data=resolver.to_file("api/sources.json"),
    )


def by_label(shown: Shown) -> list[str]:
    """Keys in the order of a bibliography."""
    return sorted(shown.notebook.sources, key=lambda key: (shown.labels[key].casefold(), key))


def _row(key: str, uses: Uses, shown: Shown, resolver: PageResolver) -> SourceRow:
    record = shown.notebook.sources[key].record
    card = cards([key], resolver)[0]
    claims = len({name for name, _ in uses.get(key, ())})
    return SourceRow(
        label=shown.labels[key],
        title=record.title,
        href=resolver.to_source(key),
        kind=card.kind,
        year=year(record),
        claims=words.count(claims, "claim") if claims else "no claim",
        notice=notice_words(notice_of(key, shown.notebook)),
    )
