"""The site as data: /api/*.json, for programs. `schema` counts up when a key changes or goes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..bibliography.csl import to_csl
from ..evidence import ClaimStatus
from ..evidence.coverage import ClaimCoverage, Coverage
from ..evidence.dependence import Dependence
from ..evidence.grounding import notice_of
from ..evidence.reviews import ReviewState
from ..load import LoadedClaim, LoadedConcept
from ..model.claim import Evidence
from .address import claim_page, concept_page, source_page
from .prose import plain
from .resolver import Shown
from .site import SiteOptions
from .views.concept import claims_of
from .views.relations import Ends
from .views.source_page import Uses

SCHEMA = 1


def encoded(data: Mapping[str, Any]) -> bytes:
    """The bytes of one file of the API, with the schema's number first."""
    return (json.dumps({"schema": SCHEMA, **data}, ensure_ascii=False, indent=1) + "\n").encode()


def address(site: SiteOptions, page: str) -> str:
    """Absolute where the site's address is known, else from the site's root."""
    return site.canonical(page) or site.base_path + page.removesuffix("index.html")


def claim(
    claim: LoadedClaim, status: ClaimStatus, known: Ends, site: SiteOptions
) -> dict[str, Any]:
    """A claim with its status, grounds, relations and reviews; without words that were removed."""
    record = claim.record
    withdrawn = record.withdrawn
    removed = withdrawn is not None and withdrawn.statement == "remove"
    words = (
        {}
        if removed
        else {
            "statement": plain(claim.prose, "statement"),
            "scope": plain(claim.prose, "scope") or None,
            "caveats": [plain(claim.prose, "caveats", i) for i in range(len(record.caveats))],
            "evidence": [_evidence(claim, i, e) for i, e in enumerate(record.evidence)],
            "witnesses": [_present(entry.model_dump(mode="json")) for entry in record.witnesses],
        }
    )
    return {
        "id": claim.id,
        "url": address(site, claim_page(claim.id)),
        "concept": claim.concept,
        "kind": record.kind,
        "badge": status.badge,
        "evidence_status": status.evidence,
        "review_status": status.review,
        "flags": list(status.flags),
        "ai_only": status.ai_only,
        **words,
        "grounds": {
            "sources": list(status.grounds.sources),
            "local": list(status.grounds.local),
            "claims": list(status.grounds.claims),
            "fallen": list(status.grounds.fallen),
        },
        "relations": {said: list(names) for said, names in known.get(claim.id, {}).items()},
        "withdrawn": withdrawn
        and {
            "date": withdrawn.date.isoformat(),
            "reason": plain(claim.prose, "withdrawn", "reason"),
        },
        "reviews": [] if removed else [_review(claim, state) for state in status.reviews],
    }


def _evidence(claim: LoadedClaim, index: int, entry: Evidence) -> dict[str, Any]:
    return _present(
        {
            "id": entry.key,
            "source": entry.source,
            "stance": entry.stance,
            "locator": entry.locator,
            "quote": plain(claim.prose, "evidence", index, "quote") or None,
            "note": plain(claim.prose, "evidence", index, "note") or None,
        }
    )


def _review(claim: LoadedClaim, state: ReviewState) -> dict[str, Any]:
    review, place = state.review, ("reviews", state.index)
    return {
        "id": state.key,
        "by": state.name,
        "kind": state.person.kind if state.person else None,
        "date": review.date.isoformat(),
        "conclusion": review.conclusion,
        "current": state.current,
        "changed": list(state.changed),
        "counts": state.counts,
        "withdrawn": review.withdrawn is not None,
        "summary": plain(claim.prose, *place, "summary"),
        "checks": [
            {"evidence": check.evidence, "access": check.access, "finding": check.finding}
            for check in review.checks
        ],
    }


def sources(uses: Uses, dependence: Dependence, shown: Shown, site: SiteOptions) -> dict[str, Any]:
    """Every source as CSL, with the claims that name it and those that would fall with it."""
    found = []
    for key, source in shown.notebook.sources.items():
        notice = notice_of(key, shown.notebook)
        found.append(
            {
                "id": key,
                "url": address(site, source_page(key)),
                "csl": to_csl(source.record, custom=False),
                "claims": list(dict.fromkeys(name for name, _ in uses.get(key, ()))),
                "would_fall": list(dependence.would_fall(key)),
                "notice": notice
                and _present(
                    {
                        "nature": notice.nature,
                        "date": notice.date.isoformat() if notice.date else None,
                        "doi": notice.doi,
                        "reason": notice.reason,
                    }
                ),
            }
        )
    return {"sources": found}


def concepts(shown: Shown, site: SiteOptions) -> dict[str, Any]:
    """In an order in which each stands after its prerequisites."""
    return {"concepts": [_concept(shown.concepts[name], shown, site) for name in shown.order]}


def _concept(concept: LoadedConcept, shown: Shown, site: SiteOptions) -> dict[str, Any]:
    record = concept.record
    return {
        "id": concept.id,
        "url": address(site, concept_page(concept.id)),
        "title": record.title,
        "summary": plain(concept.prose, "summary"),
        "status": record.status,
        "importance": record.importance,
        "difficulty": record.difficulty,
        "tags": list(record.tags),
        "created": record.created and record.created.isoformat(),
        "updated": record.updated and record.updated.isoformat(),
        "prerequisites": list(record.prerequisites),
        "leads_to": list(record.leads_to),
        "related": list(record.related),
        "claims": [name for name in claims_of(concept, shown) if shown.has_claim(name)],
        "witnesses": list(concept.witnesses),
    }


def audit(coverage: Coverage, shown: Shown) -> dict[str, Any]:
    """The coverage of every claim, its totals, and the order in which to review."""
    retractions = shown.notebook.retractions
    return {
        "retractions": retractions.date.isoformat() if retractions else None,
        "totals": coverage.totals,
        "claims": [_covered(found) for found in coverage.claims],
        "queue": [found.claim.id for found in coverage.queue],
    }


def _covered(found: ClaimCoverage) -> dict[str, Any]:
    return {
        "id": found.claim.id,
        "badge": found.status.badge,
        "flags": list(found.status.flags),
        "importance": found.importance,
        "published": found.published,
        "without": list(found.gaps),
        "due": found.due.isoformat() if found.due else None,
    }


def _present(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
