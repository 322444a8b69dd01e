"""JSON-LD of each page in the words of schema.org: what it teaches, claims, cites and reviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ..evidence import ClaimStatus
from ..evidence.people import PersonRef, is_human, person_of
from ..evidence.reviews import ReviewState
from ..load import LoadedClaim, LoadedConcept, LoadedNotebook
from ..model import Source
from ..model.claim import PASSES
from ..model.people import InlinePerson, Person
from . import words
from .address import claim_page, concept_page, source_page
from .citation import labels
from .prose import plain
from .resolver import Shown
from .site import SiteOptions
from .views.concept import claims_of, sources_of
from .views.witness import embedded

CONTEXT = "https://schema.org"
SOURCE_TYPES = {
    "article": "ScholarlyArticle",
    "article-journal": "ScholarlyArticle",
    "paper-conference": "ScholarlyArticle",
    "chapter": "Chapter",
    "book": "Book",
    "thesis": "Thesis",
    "report": "Report",
    "dataset": "Dataset",
    "software": "SoftwareSourceCode",
    "webpage": "WebPage",
    "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting",
}
BRIEF = {"hasPart": ("@id",), "citation": ("@type", "@id", "sameAs")}
"""What a page says of its claims and sources; the rest stands on their own pages."""
Node = dict[str, Any]


def linked_data(
    notebook: LoadedNotebook, statuses: Mapping[str, ClaimStatus], base_url: str | None
) -> LinkedData:
    """The data of a whole notebook, drafts too, apart from a site."""
    shown = Shown(notebook, notebook.concepts, labels(notebook.sources))
    return LinkedData(shown, statuses, SiteOptions.of(base_url, "", True))


@dataclass(frozen=True)
class LinkedData:
    """Makes the data of each page; ids are absolute where the site's address is known."""

    shown: Shown
    statuses: Mapping[str, ClaimStatus]
    site: SiteOptions

    def page(self, path: str, kind: str, title: str, about: str) -> Markup:
        node = {"@type": kind, "@id": self._id(path), "name": title, "description": about}
        if path != "index.html":
            node["isPartOf"] = {"@id": self._id("index.html")}
        return self._embedded(node | {"inLanguage": self._settings.language})

    def concept(self, concept: LoadedConcept) -> Markup:
        return self._embedded(_brief(self._concept_node(concept)))

    def claim(self, claim: LoadedClaim) -> Markup:
        """The claim, and a ClaimReview for each review that nobody withdrew."""
        first, *reviews = self._claim_nodes(claim)
        return self._embedded(_brief(first), *reviews)

    def whole(self, concept: LoadedConcept) -> Node:
        """What the pages of a concept, of its claims and of their sources say, as one document."""
        claims = [self.shown.notebook.claims[name] for name in self._claims(concept)]
        reviewed = [node for claim in claims for node in self._claim_nodes(claim)]
        return document(self._concept_node(concept), *reviewed)

    def source(self, source: Source) -> Markup:
        return self._embedded(self._source_node(source))

    @property
    def _settings(self):
        return self.shown.notebook.settings

    def _claims(self, concept: LoadedConcept) -> list[str]:
        """Ids of its claims that have a page."""
        return [name for name in claims_of(concept, self.shown) if self.shown.has_claim(name)]

    def _concept_node(self, concept: LoadedConcept) -> Node:
        record = concept.record
        licence = self._settings.licence
        before = [name for name in record.prerequisites if name in self.shown.concepts]
        return {
            "@type": "LearningResource",
            "@id": self._id(concept_page(concept.id)),
            "name": record.title,
            "description": plain(concept.prose, "summary"),
            "learningResourceType": "concept page",
            "inLanguage": self._settings.language,
            "isPartOf": {"@id": self._id("index.html")},
            **self._written_by(record.authors),
            "dateCreated": record.created and record.created.isoformat(),
            "dateModified": record.updated and record.updated.isoformat(),
            "keywords": list(record.tags),
            "license": licence and f"https://spdx.org/licenses/{licence.text}",
            "isBasedOn": [{"@id": self._id(concept_page(name))} for name in before],
            "hasPart": [
                self._claim_node(self.shown.notebook.claims[c]) for c in self._claims(concept)
            ],
            "citation": self._citations(
                sources_of(concept, claims_of(concept, self.shown), self.shown)
            ),
        }

    def _claim_nodes(self, claim: LoadedClaim) -> list[Node]:
        node = self._claim_node(claim)
        if claim.record.withdrawn is not None:
            return [node]
        node["citation"] = self._citations(entry.source for entry in claim.record.evidence)
        standing = [s for s in self.statuses[claim.id].reviews if s.review.withdrawn is None]
        return [node, *(self._review(claim, state) for state in standing)]

    def _id(self, path: str) -> str:
        address = path.removesuffix("index.html")
        return self.site.canonical(path) or self.site.base_path + address

    def _embedded(self, *nodes: Node) -> Markup:
        """As JSON that may stand in a script element."""
        return embedded(document(*nodes))

    def _claim_node(self, claim: LoadedClaim) -> Node:
        withdrawn = claim.record.withdrawn
        removed = withdrawn is not None and withdrawn.statement == "remove"
        node: Node = {
            "@type": "Claim",
            "@id": self._id(claim_page(claim.id)),
            "appearance": {"@id": self._id(concept_page(claim.concept))},
            "creativeWorkStatus": words.BADGE[self.statuses[claim.id].badge],
        }
        return node if removed else node | {"text": plain(claim.prose, "statement")}

    def _review(self, claim: LoadedClaim, state: ReviewState) -> Node:
        page = self._id(claim_page(claim.id))
        return {
            "@type": "ClaimReview",
            "@id": f"{page}#review-{state.key}",
            "url": f"{page}#review-{state.key}",
            "claimReviewed": plain(claim.prose, "statement"),
            "itemReviewed": {"@id": page},
            **self._written_by([state.review.by]),
            "datePublished": state.review.date.isoformat(),
            "reviewBody": plain(claim.prose, "reviews", state.index, "summary"),
            "creativeWorkStatus": "current" if state.current else "out of date",
            "reviewRating": {
                "@type": "Rating",
                "bestRating": 1,
                "worstRating": 0,
                "ratingValue": int(state.review.conclusion in PASSES),
                "alternateName": words.CONCLUSION[state.review.conclusion],
            },
        }

    def _written_by(self, refs: Iterable[PersonRef]) -> Node:
        """An author is a person or an organisation there; a machine is given credit."""
        found = [person_of(ref, self.shown.notebook) for ref in refs]
        people = [person for person in found if person is not None]
        return {
            "author": [_person(person) for person in people if is_human(person)],
            "creditText": ", ".join(person.name for person in people if not is_human(person)),
        }

    def _citations(self, keys: Iterable[str]) -> list[Node]:
        sources = self.shown.notebook.sources
        return [self._source_node(sources[k].record) for k in dict.fromkeys(keys) if k in sources]

    def _source_node(self, source: Source) -> Node:
        node: Node = {
            "@type": SOURCE_TYPES.get(source.type, "CreativeWork"),
            "@id": self._id(source_page(source.id)),
            "name": source.title,
            "author": [_named(name) for name in source.author or source.editor],
            "datePublished": _day(source),
            "sameAs": f"https://doi.org/{source.DOI}" if source.DOI else source.URL,
            "isPartOf": source.container_title
            and {"@type": "CreativeWork", "name": source.container_title},
        }
        return {name: value for name, value in node.items() if value}


def document(*nodes: Node) -> Node:
    """Nodes without their empty fields, under the context of schema.org."""
    graph = [
        {name: value for name, value in node.items() if value not in (None, "", [], ())}
        for node in nodes
    ]
    single = graph[0] if len(graph) == 1 else {"@graph": graph}
    return {"@context": CONTEXT, **single}


def _brief(node: Node) -> Node:
    parts = {
        name: [{key: part[key] for key in keys if key in part} for part in node[name]]
        for name, keys in BRIEF.items()
        if name in node
    }
    return node | parts


def _person(person: Person | InlinePerson) -> Node:
    same = {"sameAs": f"https://orcid.org/{person.orcid}"} if person.orcid else {}
    return {"@type": "Person", "name": person.name, **same}


def _named(name: Any) -> Node:
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    return {"@type": "Person", "name": " ".join(p for p in (name.given, name.family) if p)}


def _day(source: Source) -> str | None:
    issued = source.issued
    if issued is None or issued.year < 1:
        return None
    parts = [f"{issued.year:04}"]
    parts += [f"{part:02}" for part in (issued.month, issued.day) if part is not None]
    return "-".join(parts)
