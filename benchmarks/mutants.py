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


def moved_points(curve: Curve, asserted: Asserted, count: int) -> Iterator[tuple[str, Asserted]]:
    """The record with one point moved beyond its tolerance."""
    for i in _spread(list(range(len(asserted.y))), count):
        step = BEYOND * allowed(curve, asserted, i) or LEAST
        ys = [*asserted.y[:i], asserted.y[i] + step, *asserted.y[i + 1 :]]
        yield f"y[{i}] + {step:.2g}", replace(asserted, y=tuple(ys))


def swapped(asserted: Asserted) -> Asserted:
    """The record with its columns exchanged."""
    return replace(asserted, x=asserted.y, y=asserted.x)
