"""The permanent page of one claim."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ...evidence import ClaimStatus
from ...load import LoadedClaim
from ...load.loaded import absolute
from .. import words
from ..address import claim_page
from ..cite import Cite, cite, claim_item
from ..prose import inline, plain
from ..resolver import PageResolver, Shown, claim_anchor
from ..site import SiteOptions
from . import matrix
from .concept import claims_of
from .earlier import Earlier, earlier
from .home import Badge
from .issue import CHALLENGE, CLAIM, SOURCE, new_issue
from .local_evidence import LocalEvidence, objects
from .matrix import Row
from .relations import Ends, RelatedClaim, Relation, related, relations
from .review import FullReview, full
from .review_form import ReviewForm
from .review_form import view as review_form
from .standing import flags, sentences


@dataclass(frozen=True)
class Tombstone:
    """Why and when a claim was withdrawn."""

    date: str
    reason: Markup


@dataclass(frozen=True)
class ClaimPage:
    """All that stands on a claim's page; `statement` is empty where its words were removed."""

    id: str
    title: str
    description: str
    statement: Markup
    badge: Badge
    flags: tuple[str, ...]
    standing: tuple[str, ...]
    kind: str
    concept: str
    concept_href: str
    scope: Markup
    caveats: tuple[Markup, ...]
    evidence: tuple[Row, ...]
    tally: str
    objects: tuple[LocalEvidence, ...]
    reviews: tuple[FullReview, ...]
    form: ReviewForm | None
    """Of a claim that stands: nobody reviews a withdrawn one."""
    relations: tuple[Relation, ...]
    earlier: tuple[Earlier, ...]
    """The claims that it takes the place of, in their own words."""
    former: tuple[str, ...]
    """Ids that it had before."""
    successors: tuple[RelatedClaim, ...]
    """Newer claims that take its place."""
    withdrawn: Tombstone | None
    cite: Cite
    challenge: str | None
    broken_source: str | None
    another: str | None
    file: str | None
    """Its file, where the notebook's repository is known."""
    data: str


def view(
    claim: LoadedClaim,
    statuses: Mapping[str, ClaimStatus],
    known: Ends,
    shown: Shown,
    site: SiteOptions,
) -> ClaimPage:
    """The claim's own page; `known` are the ends of all relations."""
    page, status, record = claim_page(claim.id), statuses[claim.id], claim.record
    resolver = PageResolver(shown, page, claim.concept, apart=True)
    concept = shown.concepts[claim.concept]
    is_listed = claim.id in claims_of(concept, shown)
    withdrawn = record.withdrawn
    removed = withdrawn is not None and withdrawn.statement == "remove"
    evidence = () if removed else matrix.rows(claim, status, resolver)
    local = () if removed else objects(claim, resolver)
    labels = {row.key: row.label for row in evidence} | {o.key: o.title for o in local}
    said = "A withdrawn claim" if removed else plain(claim.prose, "statement")
    return ClaimPage(
        id=claim.id,
        title=words.beginning(said),
        description=said,
        statement=Markup("") if removed else inline(claim.prose, resolver, "statement"),
        badge=Badge(status.badge, words.BADGE[status.badge]),
        flags=flags(status),
        standing=() if withdrawn else tuple(sentences(claim, status)),
        kind=words.KIND[record.kind],
        concept=concept.record.title,
        concept_href=resolver.to_concept(
            concept.id, claim_anchor(claim.id, concept.id) if is_listed else ""
        ),
        scope=Markup("") if removed else inline(claim.prose, resolver, "scope"),
        caveats=tuple(
            inline(claim.prose, resolver, "caveats", i)
            for i in range(0 if removed else len(record.caveats))
        ),
        evidence=evidence,
        tally=matrix.tally(claim),
        objects=local,
        reviews=()
        if removed
        else tuple(full(claim, state, labels, resolver) for state in reversed(status.reviews)),
        form=None if withdrawn else review_form(claim, shown.notebook, evidence, local),
        relations=relations(claim.id, known, statuses, resolver),
        earlier=earlier(claim.id, statuses, resolver),
        former=tuple(absolute(name, claim.concept) for name in record.aliases),
        successors=_successors(claim, statuses, known, resolver),
        withdrawn=_tombstone(claim, resolver),
        cite=cite(claim_item(claim, shown, site, page) | ({"title": said} if removed else {})),
        challenge=None if removed else _challenge(claim, said, shown, site, page),
        broken_source=None if removed else _broken_source(claim, shown),
        another=_another(claim, shown),
        file=_file(claim, shown),
        data=resolver.to_file(f"api/claims/{claim.id}.json"),
    )


def _tombstone(claim: LoadedClaim, resolver: PageResolver) -> Tombstone | None:
    withdrawn = claim.record.withdrawn
    if withdrawn is None:
        return None
    return Tombstone(
        withdrawn.date.isoformat(), inline(claim.prose, resolver, "withdrawn", "reason")
    )


def _successors(
    claim: LoadedClaim, statuses: Mapping[str, ClaimStatus], known: Ends, resolver: PageResolver
) -> tuple[RelatedClaim, ...]:
    newer = known.get(claim.id, {}).get("Replaced by", ())
    return tuple(
        related(name, statuses, resolver) for name in newer if resolver.shown.has_claim(name)
    )


def _another(claim: LoadedClaim, shown: Shown) -> str | None:
    """The form for a new claim on the same concept."""
    title = f"New claim: {claim.concept}"
    return new_issue(shown.notebook.settings.repository, CLAIM, title, concept=claim.concept)


def _challenge(
    claim: LoadedClaim, said: str, shown: Shown, site: SiteOptions, page: str
) -> str | None:
    """A new issue: the repository's form for it, filled in; the same questions without a form."""
    where = site.canonical(page) or claim.places.path
    body = (
        f"Claim `{claim.id}` ({where}):\n\n> {said}\n\n"
        "What is wrong with it, in one sentence:\n\n\n"
        "The source and the place in it that says otherwise:\n\n\n"
        "What would settle it:\n"
    )
    repository, title = shown.notebook.settings.repository, f"Challenge: {claim.id}"
    return new_issue(repository, CHALLENGE, title, claim=claim.id, body=body)


def _broken_source(claim: LoadedClaim, shown: Shown) -> str | None:
    keys = ", ".join(dict.fromkeys(entry.source for entry in claim.record.evidence))
    title = f"Source of {claim.id}"
    repository = shown.notebook.settings.repository if keys else None
    return new_issue(repository, SOURCE, title, source=keys)


def _file(claim: LoadedClaim, shown: Shown) -> str | None:
    repository = shown.notebook.settings.repository
    return f"{repository.rstrip('/')}/blob/HEAD/{claim.places.path}" if repository else None
