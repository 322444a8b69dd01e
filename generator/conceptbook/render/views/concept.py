"""The page of one concept."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ...evidence import ClaimStatus
from ...load import LoadedConcept, absolute
from ...markup import to_html
from .. import words
from ..prose import inline, plain
from ..resolver import PageResolver, Shown
from . import claim as claims
from . import panels
from . import source as sources
from . import witness as witnesses
from .claim import Claim
from .panels import Panels
from .source import Source
from .witness import Listing, Witness

MOST_IN_FULL = 30
"""Claims of a page that show their evidence and reviews there."""
WORDS_A_MINUTE = 200
FORMULAS_A_MINUTE = 6
TITLES = {"intuition": "Intuition", "math": "Math", "code": "Code", "demo": "Demo"}


@dataclass(frozen=True)
class Fact:
    """One entry of the header strip."""

    name: str
    value: str
    hint: str = ""


@dataclass(frozen=True)
class Place:
    """Another concept on the learning map; without an address where it is not built."""

    title: str
    href: str | None


@dataclass(frozen=True)
class Section:
    """Intuition, Math, Code or Demo."""

    id: str
    number: str
    title: str
    html: Markup


@dataclass(frozen=True)
class Cover:
    """The picture that stands for the concept."""

    src: str
    alt: str


@dataclass(frozen=True)
class Misconception:
    anchor: str
    text: Markup
    instead: Markup
    claim: str | None


@dataclass(frozen=True)
class Symbol:
    symbol: Markup
    means: Markup
    unit: str | None


@dataclass(frozen=True)
class Concept:
    """All that stands on a concept's page."""

    id: str
    title: str
    summary: Markup
    cover: Cover | None
    description: str
    domain: str
    domain_href: str
    status: str
    notice: str
    successor: Place | None
    facts: tuple[Fact, ...]
    before: tuple[Place, ...]
    after: tuple[Place, ...]
    related: tuple[Place, ...]
    sections: tuple[Section, ...]
    witnesses: tuple[Witness, ...]
    listings: tuple[Listing, ...]
    """Programs that are shown and never run."""
    misconceptions: tuple[Misconception, ...]
    notation: tuple[Symbol, ...]
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    panels: Panels
    authors: str
    created: str | None
    updated: str | None

    @property
    def cards_file(self) -> str:
        """Where its cards for Anki are, from the page."""
        return f"data/{self.id.replace('/', '-')}-anki.txt"


def view(
    concept: LoadedConcept, statuses: Mapping[str, ClaimStatus], shown: Shown, page: str
) -> Concept:
    """The page of a concept that is built."""
    claim_ids = claims_of(concept, shown)
    source_keys = tuple(dict.fromkeys(sources_of(concept, claim_ids, shown)))
    resolver = PageResolver(shown, page, concept.id, source_keys, claim_ids)
    record, prose = concept.record, concept.prose
    shown_witnesses = [witnesses.view(concept, w, resolver) for w in concept.running.values()]
    successor = record.superseded_by
    return Concept(
        id=concept.id,
        title=record.title,
        summary=inline(prose, resolver, "summary"),
        cover=_cover(concept, resolver),
        description=plain(prose, "summary"),
        domain=domain_title(concept, shown),
        domain_href="../",
        status=record.status,
        notice=_notice(record.status, [statuses[name] for name in claim_ids]),
        successor=_place(successor, shown, resolver) if successor else None,
        facts=tuple(_facts(concept)),
        before=_places(record.prerequisites, shown, resolver),
        after=_places(record.leads_to, shown, resolver),
        related=_places(record.related, shown, resolver),
        sections=_sections(concept, resolver),
        witnesses=tuple(witness for witness in shown_witnesses if witness is not None),
        listings=tuple(
            witnesses.listing(concept, w, resolver)
            for w in concept.witnesses.values()
            if not w.runs
        ),
        misconceptions=_misconceptions(concept, resolver),
        notation=_notation(concept, resolver),
        claims=tuple(
            claims.view(
                shown.notebook.claims[name],
                statuses[name],
                resolver,
                brief=len(claim_ids) > MOST_IN_FULL,
            )
            for name in claim_ids
        ),
        sources=sources.views(source_keys, resolver),
        panels=panels.view(concept, claim_ids, source_keys, statuses, shown, resolver),
        authors=_authors(concept, shown),
        created=record.created and record.created.isoformat(),
        updated=record.updated and record.updated.isoformat(),
    )


def claims_of(concept: LoadedConcept, shown: Shown) -> tuple[str, ...]:
    """Full ids in reading order; without an order of the author's, all of its folder."""
    known = shown.notebook.claims
    if concept.record.claims is None:
        return tuple(name for name, claim in known.items() if claim.concept == concept.id)
    names = (absolute(name, concept.id) for name in concept.record.claims)
    return tuple(name for name in names if name in known)


def domain_title(concept: LoadedConcept, shown: Shown) -> str:
    """The title of the concept's domain; its id where notebook.yaml does not list it."""
    name = concept.id.partition("/")[0]
    domains = shown.notebook.settings.domains
    return next((domain.title for domain in domains if domain.id == name), name)


def read_minutes(concept: LoadedConcept) -> int:
    """Whole minutes: words at 200 a minute and six formulas a minute, never less than one."""
    if concept.page is None:
        return 1
    length = len(concept.page.plain.split()) / WORDS_A_MINUTE
    return max(1, math.ceil(length + len(concept.page.formulas) / FORMULAS_A_MINUTE))


def _cover(concept: LoadedConcept, resolver: PageResolver) -> Cover | None:
    cover = concept.record.cover
    return cover and Cover(resolver.image(cover.image), " ".join(cover.alt.split()))


def _notice(status: str, claims: list[ClaimStatus]) -> str:
    """What a reader must know of the page's standing; nothing where it is published."""
    if status != "in-review":
        return words.NOTICES.get(status, "")
    reviewed = sum(claim.badge == "reviewed" for claim in claims)
    if not claims:
        return "In review: it makes no claim yet."
    if len(claims) == 1:
        return f"In review: its one claim is {'' if reviewed else 'not yet '}reviewed."
    how_many = str(reviewed) if reviewed else "none"
    return f"In review: {how_many} of its {words.count(len(claims), 'claim')} reviewed so far."


def _facts(concept: LoadedConcept) -> Iterator[Fact]:
    record = concept.record
    yield Fact("Status", words.STATUS[record.status])
    yield Fact("Importance", words.IMPORTANCE[record.importance])
    if record.difficulty:
        hint = words.DIFFICULTY[record.difficulty - 1]
        yield Fact("Difficulty", f"{record.difficulty} of 5", hint)
    if record.math:
        yield Fact("Math", words.MATH[record.math])
    yield Fact("Reading", f"{read_minutes(concept)} min")
    if concept.running:
        yield Fact("Demo", "Runs on this page")


def _place(name: str, shown: Shown, resolver: PageResolver) -> Place:
    concept = shown.concepts.get(name)
    if concept is not None:
        return Place(concept.record.title, resolver.to_concept(name))
    domain, _, short = name.partition("/")
    for entry in shown.notebook.settings.domains:
        for planned in entry.planned if entry.id == domain else ():
            if planned.id == short:
                return Place(planned.title, None)
    loaded = shown.notebook.concepts.get(name)
    return Place(loaded.record.title if loaded else name, None)


def _places(names: tuple[str, ...], shown: Shown, resolver: PageResolver) -> tuple[Place, ...]:
    return tuple(_place(name, shown, resolver) for name in names)


def _sections(concept: LoadedConcept, resolver: PageResolver) -> tuple[Section, ...]:
    """The written sections; Code and Demo also where there is only a witness."""
    programs = {"code": concept.witnesses, "demo": concept.running}
    found = []
    for name, title in TITLES.items():
        written = concept.page.section(name) if concept.page else None
        if written is None and not programs.get(name):
            continue
        html = Markup(to_html(written.fragment, resolver)) if written else Markup("")
        found.append(Section(name, f"{len(found) + 1:02}", title, html))
    return tuple(found)


def _misconceptions(concept: LoadedConcept, resolver: PageResolver) -> tuple[Misconception, ...]:
    found = []
    for index, item in enumerate(concept.record.misconceptions):
        claim = resolver.claim(absolute(item.claim, concept.id)) if item.claim else None
        found.append(
            Misconception(
                anchor=f"misconception-{item.id}",
                text=inline(concept.prose, resolver, "misconceptions", index, "text"),
                instead=inline(concept.prose, resolver, "misconceptions", index, "instead"),
                claim=claim.href if claim else None,
            )
        )
    return tuple(found)


def _notation(concept: LoadedConcept, resolver: PageResolver) -> tuple[Symbol, ...]:
    return tuple(
        Symbol(
            symbol=inline(concept.prose, resolver, "notation", index, "symbol") or Markup(""),
            means=inline(concept.prose, resolver, "notation", index, "means"),
            unit=item.unit,
        )
        for index, item in enumerate(concept.record.notation)
    )


def sources_of(concept: LoadedConcept, claim_ids: tuple[str, ...], shown: Shown) -> Iterator[str]:
    """As they come up: cited in the text, then in the claims, then further reading."""
    fragments = [*(concept.page.fragments if concept.page else ()), *concept.prose.values()]
    for name in claim_ids:
        fragments += shown.notebook.claims[name].prose.values()
    for fragment in fragments:
        yield from (item.key for citation in fragment.citations for item in citation.items)
        yield from (link.target for link in fragment.links if link.kind == "source")
    for name in claim_ids:
        yield from (entry.source for entry in shown.notebook.claims[name].record.evidence)
    yield from concept.record.sources


def _authors(concept: LoadedConcept, shown: Shown) -> str:
    people = shown.notebook.settings.people
    names = []
    for ref in concept.record.authors:
        person = people.get(ref) if isinstance(ref, str) else ref
        names.append(person.name if person else str(ref))
    return ", ".join(names)
