"""The literals of a program's top level: found, and exchanged without moving a line."""

from __future__ import annotations

import ast
import copy
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@dataclass(frozen=True)
class Literal:
    """The value that a top-level name is bound to; line and column (from 1) of the value."""

    value: Any
    line: int
    column: int


class Binding(NamedTuple):
    """A place where a top-level name gets a value."""

    line: int
    column: int


class NotAControl(ValueError):
    """A setting for a name that the source does not bind, once, to a literal."""


def parse(code: str, filename: str) -> ast.Module:
    """The tree of a witness, its columns counted in characters; SyntaxError passes through."""
    tree = ast.parse(code, filename)
    if not code.isascii():
        _count_columns_in_characters(tree, code)
    return tree


def bindings(tree: ast.Module) -> dict[str, list[Binding]]:
    """Every name of the module's namespace and the places that bind it, in source order."""
    found: dict[str, list[Binding]] = {}
    for name, node in _bound(tree):
        found.setdefault(name, []).append(Binding(node.lineno, node.col_offset + 1))
    return {name: sorted(places) for name, places in found.items()}


def names(tree: ast.Module) -> set[str]:
    """The top-level names that the program binds."""
    return set(bindings(tree))


def rebinds(tree: ast.Module, name: str) -> list[int]:
    """The lines that bind `name` again, after the first."""
    return [place.line for place in bindings(tree).get(name, [])[1:]]


def controls(tree: ast.Module) -> dict[str, Literal]:
    """The top-level names that are bound exactly once, and to a literal."""
    places = bindings(tree)
    return {
        name: Literal(ast.literal_eval(value), value.lineno, value.col_offset + 1)
        for statement in tree.body
        for name, value in _literals(statement)
        if len(places[name]) == 1
    }


def replace(code: str, filename: str, settings: Mapping[str, Any]) -> Any:
    """The code object of the program with other literals for the named controls.

    The tree is changed, never printed, so every line number stays the author's. Values take the
    type of the literal they replace. NotAControl for a name that is bound otherwise.
    """
    if not settings:
        return compile(code, filename, "exec", dont_inherit=True)
    tree = parse(code, filename)
    known = controls(tree)
    changed = {}
    for name, value in settings.items():
        if name not in known:
            raise NotAControl(f"{name} is not bound, once, to a literal at top level")
        value = _of_type(known[name].value, value)
        if value != known[name].value:
            changed[name] = value
    if not changed:
        return compile(code, filename, "exec", dont_inherit=True)
    tree.body = [new for statement in tree.body for new in _with(statement, changed)]
    return compile(ast.fix_missing_locations(tree), filename, "exec", dont_inherit=True)


def _bound(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for node in _module_scope(tree.body):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            yield node.id, node
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node
            yield from _bound_as_global(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                yield (alias.asname or alias.name.partition(".")[0]), node
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name, node


def _module_scope(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Nodes whose bindings land in the module: functions and comprehensions keep their own."""
    for node in nodes:
        yield node
        if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            inner = (n.target for n in ast.walk(node) if isinstance(n, ast.NamedExpr))
            yield from inner
        elif not isinstance(node, _SCOPES):
            yield from _module_scope(ast.iter_child_nodes(node))


def _bound_as_global(scope: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    shared = {n for node in ast.walk(scope) if isinstance(node, ast.Global) for n in node.names}
    for node in ast.walk(scope):
        if isinstance(node, ast.Name) and node.id in shared and not isinstance(node.ctx, ast.Load):
            yield node.id, node


def _literals(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """The names that one statement binds to literals, each with the literal's node."""
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        yield from _pairs(statement.target, statement.value)
    elif isinstance(statement, ast.Assign) and (
        len(statement.targets) == 1 or _is_literal(statement.value)
    ):
        for target in statement.targets:
            yield from _pairs(target, statement.value)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    sequence = ast.Tuple | ast.List
    if isinstance(target, ast.Name) and _is_literal(value):
        yield target.id, value
    elif isinstance(target, sequence) and isinstance(value, sequence):
        starred = any(isinstance(item, ast.Starred) for item in (*target.elts, *value.elts))
        if len(target.elts) == len(value.elts) and not starred:
            for inner_target, inner_value in zip(target.elts, value.elts, strict=True):
                yield from _pairs(inner_target, inner_value)


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def _with(statement: ast.stmt, changed: Mapping[str, Any]) -> list[ast.stmt]:
    """The statement with new literals; a chained one is split, a statement for each target."""
    if not any(name in changed for name, _ in _literals(statement)):
        return [statement]
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    statements = []
    for target in targets:
        single = copy.copy(statement)
        single.value = _exchanged(target, copy.deepcopy(statement.value), changed)
        if isinstance(single, ast.Assign):
            single.targets = [target]
        statements.append(single)
    return statements


def _exchanged(target: ast.expr, value: ast.expr, changed: Mapping[str, Any]) -> ast.expr:
    if isinstance(target, ast.Name):
        if target.id not in changed:
            return value
        new = ast.parse(repr(changed[target.id]), mode="eval").body
        for node in ast.walk(new):
            ast.copy_location(node, value)
        return new
    if isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
        pairs = zip(target.elts, value.elts, strict=True)
        value.elts = [_exchanged(inner, item, changed) for inner, item in pairs]
    return value


def _of_type(default: Any, value: Any) -> Any:
    """`value` as the type of the literal; ValueError where that would lose or mislead."""
    if isinstance(default, bool) or isinstance(value, bool):
        if isinstance(default, bool) and value in (0, 1):
            return bool(value)
    elif isinstance(default, int | float) and isinstance(value, int | float):
        if math.isfinite(value):
            return round(value) if isinstance(default, int) else float(value)
    elif type(default) is type(value):
        return value
    raise ValueError(f"{value!r} cannot stand where the source has {default!r}")


def _count_columns_in_characters(tree: ast.AST, code: str) -> None:
    """ast counts UTF-8 bytes; authors' editors count characters."""
    lines = [line.encode() for line in code.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    for node in ast.walk(tree):
        if hasattr(node, "col_offset"):
            node.col_offset = _characters(lines[node.lineno - 1], node.col_offset)
            node.end_col_offset = _characters(lines[node.end_lineno - 1], node.end_col_offset)


def _characters(line: bytes, offset: int) -> int:
    return len(line[:offset].decode(errors="replace"))
