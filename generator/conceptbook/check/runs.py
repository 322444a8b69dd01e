"""The rules on which a run depends; they look at concepts one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..diagnostics import Diagnostic, Report
from ..diagnostics.catalogue import references as reference_rules
from ..diagnostics.catalogue import witnesses as witness_rules
from ..load import LoadedNotebook
from . import controls, curves, programs, references, shapes, wheels
from .programs import Program

Rule = Callable[[LoadedNotebook], Iterator[Diagnostic]]

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


RULES_OF_RUNS: list[Rule] = [
    references.unknown_witnesses,
    references.unknown_curves,
    wheels.needs,
    wheels.taken_names,
    witnesses,
    programs.never_run,
    controls.settings,
]


def check_runs(loaded: LoadedNotebook) -> Report:
    """The rules on which a run depends; enough is what `load_concepts` reads."""
    return reported(RULES_OF_RUNS, loaded)


def reported(rules: Iterable[Rule], loaded: LoadedNotebook) -> Report:
    report = Report()
    for rule in rules:
        report.extend(rule(loaded))
    return report
