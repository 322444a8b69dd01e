"""Mutants of a witness's program and of a recorded curve: small slips that somebody might make."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from conceptbook_kit.declaration import Asserted, Curve
from conceptbook_kit.judge import allowed

SWAPPED_OPERATORS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
RANGES = {"range", "arange", "linspace"}
BEYOND = 2.0
"""A point is moved by so many times its tolerance."""
LEAST = 1e-9
"""By so much where it has none, being zero."""


@dataclass(frozen=True)
class Mutant:
    """A changed program: `kind`, the line and what was changed there, and the whole text."""

    kind: str
    line: int
    what: str
    code: str


def mutants(code: str, controls: frozenset[str], per_kind: int) -> Iterator[Mutant]:
    """Up to `per_kind` of each kind, spread over the program; literals of controls are left."""
    for kind, change in KINDS.items():
        tree = ast.parse(code)
        places = [n for n, node in enumerate(_nodes(tree, controls)) if _tried(change, node)]
        for place in _spread(places, per_kind):
            mutated = copy.deepcopy(tree)
            node = list(_nodes(mutated, controls))[place]
            before = ast.unparse(node)
            new = change(node)
            assert new is not None
            mutated = _Replace(node, new).visit(mutated)
            after = ast.unparse(new)
            code_after = ast.unparse(ast.fix_missing_locations(mutated))
            if after != before:
                yield Mutant(kind, node.lineno, f"{before} → {after}", code_after)


def _nodes(tree: ast.Module, controls: frozenset[str]) -> Iterator[ast.expr]:
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]) if name in controls:
                continue
            case ast.Assert():
                continue  # what checks is not what is checked
        yield from (node for node in ast.walk(statement) if isinstance(node, ast.expr))


def _tried(change: Callable[[ast.expr], ast.expr | None], node: ast.expr) -> bool:
    return change(copy.deepcopy(node)) is not None


def _spread(places: list[int], count: int) -> list[int]:
    if len(places) <= count:
        return places
    return [places[(2 * k + 1) * len(places) // (2 * count)] for k in range(count)]


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.expr, new: ast.expr) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self._new if node is self._old else self.generic_visit(node)


def _constant(node: ast.expr) -> ast.expr | None:
    match node:
        case ast.Constant(value=bool()):
            return None
        case ast.Constant(value=int(value)):
            return ast.Constant(value + 1)
        case ast.Constant(value=float(value)):
            return ast.Constant(value * 1.25 if value else 0.125)
    return None


def _operator(node: ast.expr) -> ast.expr | None:
    match node:
        case ast.BinOp(left, operator, right) if type(operator) in SWAPPED_OPERATORS:
            return ast.BinOp(left, SWAPPED_OPERATORS[type(operator)](), right)
    return None


def _range(node: ast.expr) -> ast.expr | None:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in RANGES:
            if node.args:
                last = min(len(node.args), 2) - 1
                less = ast.BinOp(node.args[last], ast.Sub(), ast.Constant(1))
                args = [*node.args[:last], less, *node.args[last + 1 :]]
                return ast.Call(node.func, args, node.keywords)
    return None


def _axes(node: ast.expr) -> ast.expr | None:
    match node:
        case ast.Attribute(value=value, attr="T"):
            return value
        case ast.Call(keywords=keywords):
            for keyword in keywords:
                if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant):
                    keyword.value = ast.Constant(0 if keyword.value.value else 1)
                    return node
    return None


def _dropped(node: ast.expr) -> ast.expr | None:
    match node:
        case ast.BinOp(left, ast.Add() | ast.Sub(), _):
            return left
    return None


KINDS: dict[str, Callable[[ast.expr], ast.expr | None]] = {
    "constant": _constant,
    "operator": _operator,
    "off by one in a range": _range,
    "swapped axes": _axes,
    "dropped term": _dropped,
}


@dataclass(frozen=True)
class Spoilt:
    """A changed record of one curve."""

    kind: str
    what: str
    record: Asserted


def spoilt_records(curve: Curve, asserted: Asserted, per_kind: int) -> Iterator[Spoilt]:
    """Every kind of slip that takes the record out of the curve's tolerance."""
    last = len(asserted.y) - 1
    for i in _spread(list(range(len(asserted.y))), per_kind):
        moved = asserted.y[i] + (BEYOND * allowed(curve, asserted, i) or LEAST)
        ys = (*asserted.y[:i], moved, *asserted.y[i + 1 :])
        yield Spoilt("moved point", f"y[{i}] → {moved:.6g}", replace(asserted, y=ys))
    changed = {
        "constant": ("y → 1.25 y", tuple(1.25 * y for y in asserted.y)),
        "operator": ("y → −y", tuple(-y for y in asserted.y)),
    }
    for kind, (what, ys) in changed.items():
        if _leaves(curve, asserted, ys):
            yield Spoilt(kind, what, replace(asserted, y=ys))
    if last > 0:
        yield Spoilt("off by one in a range", "its last point is gone", _without_last(asserted))
    if asserted.x != asserted.y:
        exchanged = replace(asserted, x=asserted.y, y=asserted.x)
        yield Spoilt("swapped axes", "x and y exchanged", exchanged)


def _leaves(curve: Curve, asserted: Asserted, ys: tuple[float, ...]) -> bool:
    pairs = enumerate(zip(ys, asserted.y, strict=True))
    # The judge allows by the record, which is the changed one.
    other = replace(asserted, y=ys)
    return any(abs(a - b) > BEYOND * allowed(curve, other, i) for i, (a, b) in pairs)


def _without_last(asserted: Asserted) -> Asserted:
    columns = {
        name: column[:-1]
        for name in ("x", "y", "rtol", "atol")
        if (column := getattr(asserted, name)) is not None
    }
    return replace(asserted, **columns)
