"""What a witness's source says about itself: its literals, its imports, its randomness."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from conceptbook_kit import hidden
from conceptbook_kit.aliases import aliases, dotted
from conceptbook_kit.literals import (
    Binding,
    Literal,
    NotAControl,
    bindings,
    controls,
    names,
    parse,
    rebinds,
    replace,
)

__all__ = [
    "Binding",
    "Fault",
    "Import",
    "Literal",
    "NotAControl",
    "bindings",
    "controls",
    "forbidden",
    "imports",
    "names",
    "parse",
    "randomness",
    "rebinds",
    "replace",
]

ALLOWED = frozenset(
    """__future__ abc array bisect cmath collections collections.abc contextlib copy dataclasses
    decimal enum fractions functools heapq itertools math numbers operator random re statistics
    string textwrap time types typing warnings""".split()
)
CLOCKS = frozenset({"perf_counter", "perf_counter_ns"})
DENIED_CALLS = frozenset({"__import__", "breakpoint", "compile", "eval", "exec", "input", "open"})
NUMPY_DENIED = ("numpy.ctypeslib", "numpy.distutils", "numpy.f2py")
GLOBAL_STREAMS = ("numpy.random", "random")
NOT_DRAWS = frozenset(
    {
        "seed",
        "default_rng",
        "get_state",
        "set_state",
        "getstate",
        "setstate",
        "mtrand",
        "bit_generator",
    }
)
GENERATORS = frozenset(
    f"numpy.random.{name}"
    for name in "RandomState SeedSequence MT19937 PCG64 PCG64DXSM Philox SFC64".split()
) | {"numpy.random.default_rng", "random.Random", "random.SystemRandom"}


class Import(NamedTuple):
    """One imported module, dotted; relative imports keep their dots. Columns count from 1."""

    module: str
    line: int
    column: int


@dataclass(frozen=True)
class Fault:
    """Something a witness should not do, and where.

    `kind`: forbidden-import, forbidden-call, clock, unseeded-random, or default-rng (a warning).
    """

    line: int
    column: int
    what: str
    kind: str


def imports(tree: ast.AST) -> list[Import]:
    """Every import of the program, in functions too, in source order."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [Import(alias.name, node.lineno, node.col_offset + 1) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            found.append(Import(module, node.lineno, node.col_offset + 1))
    return sorted(found, key=lambda item: (item.line, item.column))


def forbidden(tree: ast.Module, extra_allowed: Iterable[str] = ()) -> list[Fault]:
    """Imports and calls that reach out of the witness: files, network, JavaScript, clocks.

    `extra_allowed` holds top-level names that the notebook's own locked wheels bring.
    """
    extra = frozenset(extra_allowed)
    found = [
        Fault(line, column, f"a witness may not import {_called(module)}", "forbidden-import")
        for module, line, column in imports(tree)
        if not _may_import(module, extra)
    ]
    known = aliases(tree)
    found += [
        Fault(way.node.lineno, way.node.col_offset + 1, way.what, way.kind)
        for way in hidden.ways(tree, known, ALLOWED, extra)
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            found += [_clock(node, a.name) for a in node.names if a.name not in CLOCKS]
        elif isinstance(node, ast.Attribute):
            module, _, attribute = dotted(node, known).rpartition(".")
            if module == "time" and attribute not in CLOCKS:
                found.append(_clock(node, attribute))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", None) in DENIED_CALLS:
            what = f"a witness may not call {node.func.id}()"
            found.append(Fault(node.lineno, node.col_offset + 1, what, "forbidden-call"))
    return sorted(found, key=lambda fault: (fault.line, fault.column))


def randomness(tree: ast.Module) -> list[Fault]:
    """Draws that differ from run to run (unseeded-random), and default_rng (default-rng).

    NEP 19 freezes the stream of RandomState alone, so default_rng under an asserted curve may
    give other numbers under another numpy.
    """
    known = aliases(tree)
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.Lambda)]
    inside = {id(inner) for function in functions for inner in ast.walk(function)}
    seeded = {
        owner: min(
            (c.lineno for c in _calls(tree, f"{owner}.seed", known) if _seeded(c)), default=0
        )
        for owner in GLOBAL_STREAMS
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found += _unseeded_generator(node, known)
        elif isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load):
            owner, _, name = dotted(node, known).rpartition(".")
            if owner in GLOBAL_STREAMS and name.islower() and name not in NOT_DRAWS:
                line = seeded[owner]
                if not line or (node.lineno < line and id(node) not in inside):
                    what = f"{name} draws from the shared stream of {owner}, which has no seed yet"
                    found.append(_random(node, what))
    return sorted(found, key=lambda fault: (fault.line, fault.column))


def _unseeded_generator(call: ast.Call, known: Mapping[str, str]) -> list[Fault]:
    name = dotted(call.func, known)
    if name not in GENERATORS:
        return []
    short = name.rpartition(".")[2]
    if name == "random.SystemRandom" or not _seeded(call):
        return [_random(call, f"{short}() without a seed gives other numbers in every run")]
    if short == "default_rng":
        what = "default_rng's stream may change with numpy; RandomState's is frozen"
        return [Fault(call.lineno, call.col_offset + 1, what, "default-rng")]
    return []


def _calls(tree: ast.AST, name: str, known: Mapping[str, str]) -> list[ast.Call]:
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [node for node in nodes if dotted(node.func, known) == name]


def _seeded(call: ast.Call) -> bool:
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return any(not (isinstance(v, ast.Constant) and v.value is None) for v in given)


def _random(node: ast.expr, what: str) -> Fault:
    return Fault(node.lineno, node.col_offset + 1, what, "unseeded-random")


def _may_import(module: str, extra: frozenset[str]) -> bool:
    top = module.partition(".")[0]
    if module.startswith(NUMPY_DENIED) or (top == "numpy" and "._" in module):
        return False
    return module in ALLOWED or top == "numpy" or top in extra


def _called(module: str) -> str:
    if not module.startswith("."):
        return module
    name = module.lstrip(".")
    return f"a neighbouring module, {name}" if name else "a neighbouring module"


def _clock(node: ast.stmt | ast.expr, name: str) -> Fault:
    what = f"a witness may use time.perf_counter only, not time.{name}"
    return Fault(node.lineno, node.col_offset + 1, what, "clock")
