"""Witnesses as programs: syntax, imports, randomness."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from conceptbook_kit import source

from ..diagnostics import Diagnostic, Span
from ..diagnostics.catalogue import witnesses as rules
from ..load import LoadedConcept, LoadedNotebook, LoadedWitness
from ..load.witness import program

LISTED = "numpy, math, random, itertools, functools, collections, dataclasses, statistics …"


@dataclass(frozen=True)
class Program:
    """A witness with its tree; None, and the error, where it is not valid Python."""

    concept: LoadedConcept
    witness: LoadedWitness
    tree: ast.Module | None
    error: SyntaxError | None = None

    def place(self, line: int, column: int) -> Span:
        return Span(self.witness.path, line, column)

    def field(self, *path: str | int) -> Span:
        """The place of a value of the witness's record in concept.yaml."""
        return self.concept.places.value("witnesses", self.witness.index, *path)

    @cached_property
    def literals(self) -> dict[str, source.Literal]:
        """The top-level names that are bound once, to a literal."""
        return source.controls(self.tree) if self.tree else {}

    @cached_property
    def names(self) -> set[str]:
        """The names that the program binds at top level."""
        return source.names(self.tree) if self.tree else set()


def programs(notebook: LoadedNotebook) -> Iterator[Program]:
    """Every program that runs here."""
    for concept in notebook.concepts.values():
        for witness in concept.running.values():
            try:
                yield Program(concept, witness, program(witness.code, witness.path))
            except SyntaxError as error:
                yield Program(concept, witness, None, error)


def never_run(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Programs that are shown only, so that nobody takes their assertions for met."""
    for concept in notebook.concepts.values():
        for witness in concept.witnesses.values():
            if not witness.runs:
                yield rules.NEVER_RUN.at(
                    concept.places.value("witnesses", witness.index, "not_runnable"),
                    f"{witness.record.path} is shown and never run",
                )


def syntax(notebook: LoadedNotebook, each: Program) -> Iterator[Diagnostic]:
    """Programs that are no Python."""
    if each.error:
        line, column = max(1, each.error.lineno or 1), max(1, each.error.offset or 1)
        message = f"this is no Python: {each.error.msg}"
        yield rules.WITNESS_SYNTAX.at(each.place(line, column), message)


def imports(notebook: LoadedNotebook, each: Program) -> Iterator[Diagnostic]:
    """Imports and calls that reach out of the witness."""
    extra = {name for wheel in notebook.wheels.values() for name in wheel.imports}
    unread = set(unread_imports(notebook, each))
    extra |= unread
    for fault in source.forbidden(each.tree, extra) if each.tree else ():
        by_import = fault.kind == "forbidden-import"
        yield rules.FORBIDDEN_IMPORT.at(
            _statement(each, fault),
            fault.what,
            f"a witness uses {LISTED}" if by_import else None,
            _offer(extra) if by_import and not unread else None,
        )


def unread_imports(notebook: LoadedNotebook, each: Program) -> Iterator[str]:
    """Modules that a wheel may bring which could not be read: that is its own fault alone."""
    if notebook.knows_its_wheels or each.tree is None:
        return
    brought = {name for wheel in notebook.wheels.values() for name in wheel.imports}
    for module, _, _ in source.imports(each.tree):
        top = module.partition(".")[0]
        if top and top not in brought | sys.stdlib_module_names | {"numpy"}:
            yield top


def _offer(extra: set[str]) -> str | None:
    names = ", ".join(sorted(extra))
    return f"and what the wheels of notebook.yaml bring: {names}" if extra else None


def randomness(notebook: LoadedNotebook, each: Program) -> Iterator[Diagnostic]:
    """Draws that would differ from run to run, or under another numpy."""
    for fault in source.randomness(each.tree) if each.tree else ():
        unseeded = fault.kind == "unseeded-random"
        if not unseeded and not each.witness.record.curves:
            continue
        rule = rules.UNSEEDED_RANDOM if unseeded else rules.UNFROZEN_RANDOM
        hint = "use `np.random.RandomState(seed)`"
        yield rule.at(_statement(each, fault), fault.what, hint)


def _statement(each: Program, fault: source.Fault) -> Span:
    """From the fault to the end of its expression, where that ends in the same line."""
    for node in ast.walk(each.tree or ast.Module([], [])):
        here = (getattr(node, "lineno", 0), getattr(node, "col_offset", -2) + 1)
        if here == (fault.line, fault.column) and node.end_lineno == fault.line:
            return Span(
                each.witness.path, fault.line, fault.column, fault.line, node.end_col_offset + 1
            )
    return each.place(fault.line, fault.column)
