"""Every rule, in the order in which they are applied."""

from __future__ import annotations

from ..diagnostics import Report
from ..load import LoadedNotebook
from . import (
    claims,
    controls,
    graph,
    names,
    policy,
    programs,
    prose,
    references,
    reviews,
    runs,
    sources,
    wheels,
)
from .runs import Rule, reported

RULES: list[Rule] = [
    references.unknown_domains,
    references.unknown_concepts,
    references.unknown_claims,
    references.unlisted_claims,
    references.unknown_sources,
    references.unknown_people,
    references.unknown_witnesses,
    references.unknown_curves,
    references.unknown_objects,
    names.duplicate_ids,
    graph.prerequisite_cycles,
    prose.citations,
    prose.object_links,
    prose.figures,
    prose.anchors,
    wheels.needs,
    wheels.taken_names,
    runs.witnesses,
    programs.never_run,
    controls.settings,
    claims.scopes,
    claims.evidence_entries,
    claims.local_objects,
    claims.grounds,
    claims.last_key,
    reviews.dependent,
    reviews.incomplete,
    reviews.unknown_evidence,
    sources.accessed,
    sources.incomplete,
    policy.overclaims,
    policy.authors,
    policy.consistent_concepts,
    policy.tools,
]


def check(loaded: LoadedNotebook) -> Report:
    """Every rule on a loaded notebook."""
    return reported(RULES, loaded)
