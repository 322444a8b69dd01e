"""The rules that need the whole notebook; those of a single file are `load`'s and `markup`'s."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..diagnostics import Diagnostic, Report
from ..load import LoadedNotebook
from . import (
    claims,
    controls,
    curves,
    graph,
    names,
    policy,
    programs,
    prose,
    references,
    reviews,
    shapes,
    sources,
)
from .graph import order
from .programs import Program

__all__ = ["RULES", "WITNESS_RULES", "check", "order"]

WITNESS_RULES: list[Callable[[LoadedNotebook, Program], Iterator[Diagnostic]]] = [
    programs.syntax,
    programs.imports,
    programs.randomness,
    controls.literals,
    controls.ranges,
    curves.not_recorded,
    curves.older_than_code,
    curves.edited,
    curves.belied,
    curves.unbound_names,
    curves.tolerances,
    curves.shapes_wanted,
    shapes.bad_shapes,
]


def witnesses(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Every rule of one witness, each program parsed once."""
    for program in programs.programs(notebook):
        for rule in WITNESS_RULES:
            yield from rule(notebook, program)


RULES: list[Callable[[LoadedNotebook], Iterator[Diagnostic]]] = [
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
    witnesses,
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
    report = Report()
    for rule in RULES:
        report.extend(rule(loaded))
    return report
