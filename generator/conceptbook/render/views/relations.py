"""How claims stand to each other, read from both ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ...evidence import ClaimStatus
from ...load import LoadedNotebook
from .. import words
from ..prose import unlinked
from ..resolver import PageResolver
from .home import Badge

SAID = {
    ("supersedes", False): "Takes the place of",
    ("supersedes", True): "Replaced by",
    ("contradicts", False): "Contradicts",
    ("contradicts", True): "Contradicts",
    ("refines", False): "Makes exact",
    ("refines", True): "Made exact by",
    ("rests_on", False): "Rests on",
    ("rests_on", True): "What rests on it",
}
Ends = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Claim → how it stands, as in the values of `SAID` → ids of the other claims."""


@dataclass(frozen=True)
class RelatedClaim:
    statement: Markup
    href: str
    badge: Badge


@dataclass(frozen=True)
class Relation:
    name: str
    claims: tuple[RelatedClaim, ...]


def ends(notebook: LoadedNotebook) -> Ends:
    """Both ends of every relation between claims that exist."""
    found: dict[str, dict[str, list[str]]] = {}
    for claim in notebook.claims.values():
        for relation in ("supersedes", "contradicts", "refines", "rests_on"):
            for other in claim.related(relation):
                if other in notebook.claims:
                    for one, two, turned in ((claim.id, other, False), (other, claim.id, True)):
                        said = found.setdefault(one, {}).setdefault(SAID[relation, turned], [])
                        if two not in said:
                            said.append(two)
    order = dict.fromkeys(SAID.values())
    return {
        claim: {name: tuple(said[name]) for name in order if name in said}
        for claim, said in found.items()
    }


def relations(
    claim: str, known: Ends, statuses: Mapping[str, ClaimStatus], resolver: PageResolver
) -> tuple[Relation, ...]:
    """Every relation with at least one claim that the site shows."""
    found = []
    for name, others in known.get(claim, {}).items():
        places = tuple(
            related(other, statuses, resolver)
            for other in others
            if resolver.shown.has_claim(other)
        )
        if places:
            found.append(Relation(name, places))
    return tuple(found)


def related(
    claim: str, statuses: Mapping[str, ClaimStatus], resolver: PageResolver
) -> RelatedClaim:
    """A claim as others name it: its words, where it is, how it stands."""
    badge = statuses[claim].badge
    return RelatedClaim(
        statement(claim, resolver), resolver.to_claim(claim), Badge(badge, words.BADGE[badge])
    )


def statement(claim: str, resolver: PageResolver) -> Markup:
    """The claim's words without links; of a withdrawn claim whose words are removed, that alone."""
    loaded = resolver.shown.notebook.claims[claim]
    withdrawn = loaded.record.withdrawn
    if withdrawn is not None and withdrawn.statement == "remove":
        return Markup("A withdrawn claim")
    there = PageResolver(resolver.shown, resolver.page, loaded.concept, apart=True)
    return unlinked(loaded.prose, there, "statement")
