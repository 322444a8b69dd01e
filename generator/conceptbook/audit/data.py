"""The audit as JSON. `schema` counts up when a key changes its meaning or goes."""

from __future__ import annotations

from typing import Any

from ..diagnostics import Report
from ..diagnostics.data import to_json as report_json
from ..evidence.coverage import ClaimCoverage, Coverage
from ..load import LoadedNotebook

SCHEMA = 1


def to_json(coverage: Coverage, notebook: LoadedNotebook, report: Report) -> dict[str, Any]:
    """Totals, every claim, the review queue by ids, and the findings with their places."""
    retractions = notebook.retractions
    return {
        "schema": SCHEMA,
        "today": coverage.today.isoformat(),
        "retractions": retractions.date.isoformat() if retractions else None,
        "totals": coverage.totals | {"due": sum(item.overdue for item in coverage.claims)},
        "claims": [_claim(item) for item in coverage.claims],
        "queue": [item.claim.id for item in coverage.queue],
        "findings": report_json(report)["diagnostics"],
    }


def _claim(item: ClaimCoverage) -> dict[str, Any]:
    status = item.status
    return {
        "id": item.claim.id,
        "path": item.claim.places.path,
        "kind": item.claim.record.kind,
        "importance": item.importance,
        "published": item.published,
        "badge": status.badge,
        "evidence": status.evidence,
        "review": status.review,
        "ai_only": status.ai_only,
        "flags": list(status.flags),
        "without": list(item.gaps),
        "due": item.due.isoformat() if item.due else None,
        "overdue": item.overdue,
        "fallen": list(status.grounds.fallen),
        "reviews": [
            {
                "id": state.key,
                "by": state.name,
                "kind": state.person.kind if state.person else None,
                "date": state.review.date.isoformat(),
                "conclusion": state.review.conclusion,
                "current": state.current,
                "changed": list(state.changed),
                "counts": state.counts,
                "withdrawn": state.review.withdrawn is not None,
            }
            for state in status.reviews
        ],
    }
