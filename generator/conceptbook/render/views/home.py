"""The home page and the pages of domains: what there is, and what is to come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ...evidence import ClaimStatus
from ...load import LoadedConcept
from ...model.settings import Domain as DomainRecord
from .. import words
from ..prose import inline
from ..resolver import PageResolver, Shown
from ..site import relative
from .concept import claims_of, read_minutes
from .map import MOST_CONCEPTS, concept_map
from .plot import thumbnail

FIRST_CARDS = 3
"""Of each domain, on the home page of a large notebook."""


@dataclass(frozen=True)
class Badge:
    badge: str
    words: str


@dataclass(frozen=True)
class Card:
    """One concept in a list."""

    title: str
    href: str
    summary: Markup
    status: str
    minutes: int
    difficulty: int | None
    badges: tuple[Badge, ...]
    after: tuple[str, ...]
    """Titles of what to read before."""
    cover: str | None
    """Where its cover is."""
    picture: Markup
    """Its first plot, small, where it has no cover."""


@dataclass(frozen=True)
class Featured:
    """The concept in the middle of the notebook, with its first plot."""

    title: str
    href: str
    picture: Markup


@dataclass(frozen=True)
class Start:
    """Where a reader can begin."""

    title: str
    href: str


@dataclass(frozen=True)
class Domain:
    title: str
    href: str
    summary: str
    cards: tuple[Card, ...]
    planned: tuple[str, ...]
    more: int = 0
    """How many concepts stand on its own page alone."""
    map: Markup | None = None
    map_legend: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Home:
    """The home page, or with a single domain that domain's page."""

    title: str
    description: str
    domains: tuple[Domain, ...]
    tally: str
    start: Start | None
    featured: Featured | None
    queue: str | None
    """Where a reviewer begins; None where every claim has a review that counts."""
    map: Markup
    map_legend: tuple[tuple[str, str], ...]


def home(shown: Shown, statuses: Mapping[str, ClaimStatus], page: str) -> Home:
    """Of a large notebook it shows the first concepts of each domain."""
    settings = shown.notebook.settings
    most = FIRST_CARDS if len(shown.concepts) > MOST_CONCEPTS else None
    drawn, legend = concept_map(shown, statuses, page)
    return Home(
        title=settings.title,
        description=" ".join(settings.description.split()),
        domains=tuple(domain(entry, shown, statuses, page, most) for entry in settings.domains),
        tally=_tally(shown, statuses),
        start=_start(shown, page),
        featured=_featured(shown, page),
        queue=_queue(statuses, page),
        map=drawn,
        map_legend=legend,
    )


def domain(
    entry: DomainRecord,
    shown: Shown,
    statuses: Mapping[str, ClaimStatus],
    page: str,
    most: int | None = None,
) -> Domain:
    """Its concepts, each after its prerequisites, `most` of them; retired ones are out of lists."""
    listed = [
        shown.concepts[name]
        for name in shown.order
        if name.startswith(f"{entry.id}/") and shown.concepts[name].record.status != "retired"
    ]
    return Domain(
        title=entry.title,
        href=relative(page, f"{entry.id}/index.html"),
        summary=" ".join((entry.summary or "").split()),
        cards=tuple(_card(concept, shown, statuses, page) for concept in listed[:most]),
        planned=tuple(planned.title for planned in entry.planned),
        more=len(listed[most:]) if most else 0,
    )


def _card(
    concept: LoadedConcept, shown: Shown, statuses: Mapping[str, ClaimStatus], page: str
) -> Card:
    record = concept.record
    cover = record.cover and relative(page, f"{concept.id}/{record.cover.image}")
    drawn = (thumbnail(witness) for witness in concept.witnesses.values())
    counts = Counter(statuses[name].badge for name in claims_of(concept, shown))
    return Card(
        title=record.title,
        href=relative(page, f"{concept.id}/index.html"),
        summary=inline(concept.prose, PageResolver(shown, page), "summary"),
        status=words.STATUS[record.status],
        minutes=read_minutes(concept),
        difficulty=record.difficulty,
        badges=tuple(
            Badge(badge, f"{words.count(counts[badge], 'claim')} {said[0].lower()}{said[1:]}")
            for badge, said in words.BADGE.items()
            if counts[badge]
        ),
        after=tuple(
            shown.concepts[name].record.title
            for name in record.prerequisites
            if name in shown.concepts
        ),
        cover=cover,
        picture=Markup("") if cover else next(drawn, Markup("")),
    )


def _start(shown: Shown, page: str) -> Start | None:
    """The first of the reading order that needs nothing before it and that others build on."""
    wanted = {before for other in shown.concepts.values() for before in other.record.prerequisites}
    for name in shown.order:
        record = shown.concepts[name].record
        if not record.prerequisites and name in wanted:
            return Start(record.title, relative(page, f"{name}/index.html"))
    return None


def _featured(shown: Shown, page: str) -> Featured | None:
    """Of the essential concepts that run, the one with most prerequisites and dependants."""
    edges: Counter[str] = Counter()
    for name, concept in shown.concepts.items():
        for before in concept.record.prerequisites:
            edges.update((name, before))
    candidates = [
        concept
        for name in shown.order
        if (concept := shown.concepts[name]).running and concept.record.importance == "essential"
    ]
    if not candidates:
        return None
    concept = max(candidates, key=lambda candidate: edges[candidate.id])
    picture = thumbnail(next(iter(concept.running.values())), "featured")
    return Featured(concept.record.title, relative(page, f"{concept.id}/index.html"), picture)


def _queue(statuses: Mapping[str, ClaimStatus], page: str) -> str | None:
    if all(status.badge == "reviewed" for status in statuses.values()):
        return None
    return relative(page, "audit/index.html") + "#queue"


def _tally(shown: Shown, statuses: Mapping[str, ClaimStatus]) -> str:
    """What there is, and how far its claims have been reviewed: counted, never typed."""
    names = {name for concept in shown.concepts.values() for name in claims_of(concept, shown)}
    reviewed = sum(statuses[name].badge == "reviewed" for name in names)
    programs = sum(len(concept.running) for concept in shown.concepts.values())
    how_many = "none of them" if not reviewed else f"{reviewed} of them"
    return (
        f"{words.count(len(shown.concepts), 'concept')}, "
        f"{words.count(programs, 'program')} that you can run on the page, and "
        f"{words.count(len(names), 'claim')}, {how_many} reviewed so far."
    )
