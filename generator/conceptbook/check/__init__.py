"""The rules that need the whole notebook; those of a single file are `load`'s and `markup`'s."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..diagnostics import Diagnostic, Report
from ..diagnostics.catalogue import references as reference_rules
from ..diagnostics.catalogue import witnesses as witness_rules
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
    wheels,
)
from .graph import order
from .programs import Program

__all__ = ["RULES", "WITNESS_RULES", "check", "check_runs", "order"]

WITNESS_RULES: list[Callable[[LoadedNotebook, Program], Iterator[Diagnostic]]] = [
    programs.syntax,
    programs.imports,
    programs.randomness,
    controls.literals,
    controls.ranges,
    curves.not_recorded,
    curves.older_than_code,
    curves.edited,
    curves.unbound_names,
    curves.tolerances,
    curves.shapes_wanted,
    shapes.bad_shapes,
]


UNJUDGED = frozenset(
    {witness_rules.UNBOUND_NAME, witness_rules.BAD_SHAPE, reference_rules.UNKNOWN_CURVE}
)
"""Faults of a declaration under which no run can hold."""


def witnesses(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Every rule of one witness, each program parsed once."""
    for program in programs.programs(notebook):
        faults = [fault for rule in WITNESS_RULES for fault in rule(notebook, program)]
        yield from faults
        # A run under a declaration that cannot be judged cannot hold: that is no second fault.
        if not any(fault.rule in UNJUDGED for fault in faults):
            yield from curves.belied(notebook, program)


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
    wheels.needs,
    wheels.taken_names,
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


RULES_OF_RUNS: list[Callable[[LoadedNotebook], Iterator[Diagnostic]]] = [
    references.unknown_witnesses,
    references.unknown_curves,
    wheels.needs,
    wheels.taken_names,
    witnesses,
    programs.never_run,
    controls.settings,
]
"""Those that look at concepts one by one, and at nothing that a run does not depend on."""


def check(loaded: LoadedNotebook) -> Report:
    """Every rule on a loaded notebook."""
    return _report(RULES, loaded)


def check_runs(loaded: LoadedNotebook) -> Report:
    """The rules on which a run depends; enough is what `load_concepts` reads."""
    return _report(RULES_OF_RUNS, loaded)


def _report(
    rules: list[Callable[[LoadedNotebook], Iterator[Diagnostic]]], loaded: LoadedNotebook
) -> Report:
    report = Report()
    for rule in rules:
        report.extend(rule(loaded))
    return report
