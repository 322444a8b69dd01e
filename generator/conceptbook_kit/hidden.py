"""Finds the ways by which a program reaches past the modules that it may import."""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from conceptbook_kit.aliases import dotted

DOORS = frozenset(
    """__builtins__ __closure__ __code__ __globals__ __import__ __loader__ __self__ __spec__
    __subclasses__ ag_frame cr_frame f_back f_builtins f_globals f_locals gi_frame
    tb_frame""".split()
)
"""Names that lead from any object to the whole interpreter."""

HARMLESS = frozenset({"__doc__", "__name__"})
NUMPY_FILES = frozenset(
    """DataSource fromfile fromregex genfromtxt load loadtxt memmap open_memmap recfromcsv
    recfromtxt save savetxt savez savez_compressed""".split()
)
ARRAY_FILES = frozenset({"dump", "tofile"})
MODULES_INSIDE = frozenset(
    """builtins ctypes ctypeslib distutils f2py importlib inspect io multiprocessing os pickle
    platform shutil subprocess sys tempfile""".split()
)
"""What numpy or a wheel may have imported. Their own functions may be called `select` or `trace`,
which are modules of Python too, so those are not asked."""


class Way(NamedTuple):
    """Where a program reaches out, what it may not do there, and the kind of the fault."""

    node: ast.expr | ast.stmt
    what: str
    kind: str


class _Allowed(NamedTuple):
    listed: frozenset[str]
    extra: frozenset[str]

    def holds(self, owner: str) -> bool:
        parts = owner.split(".")
        return parts[0] in self.extra or all(part in self.listed for part in parts)

    def hides(self, owner: str) -> frozenset[str]:
        """Names in it that are modules which no witness may use."""
        if owner.partition(".")[0] in self.extra | {"numpy"}:
            return MODULES_INSIDE
        return sys.stdlib_module_names - self.listed


def ways(
    tree: ast.AST, known: Mapping[str, str], listed: Collection[str], extra: Collection[str]
) -> Iterator[Way]:
    """Private and hidden names of allowed modules, doors to the interpreter, numpy's files.

    `listed` are dotted names of modules, `extra` top-level names of whole packages.
    """
    allowed = _Allowed(frozenset(listed), frozenset(extra))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield from _member(node, node.module, alias.name, allowed)
        elif isinstance(node, ast.Attribute):
            if node.attr in DOORS:
                yield _door(node, node.attr)
            else:
                yield from _member(node, dotted(node.value, known), node.attr, allowed)
        elif isinstance(node, ast.Name) and node.id in DOORS - {"__import__"}:
            yield _door(node, node.id)
        elif isinstance(node, ast.Constant) and node.value in DOORS:
            yield _door(node, node.value)
        elif isinstance(node, ast.Call):
            yield from _call(node, known)


def _member(node: ast.expr | ast.stmt, owner: str, name: str, allowed: _Allowed) -> Iterator[Way]:
    """What is amiss with `name` of the imported `owner`; "" where the owner is not known."""
    top = owner.partition(".")[0]
    if top == "numpy" and name in NUMPY_FILES:
        yield Way(node, f"a witness may not use files: {owner}.{name}", "forbidden-call")
    elif top != "numpy" and not allowed.holds(owner):
        return
    elif name.startswith("_") and not name.endswith("__"):
        what = f"a witness may not use {name}, a private name of {owner}"
        yield Way(node, what, "forbidden-import")
    elif name in allowed.hides(owner):
        what = f"a witness may not use the module {name} inside {owner}"
        yield Way(node, what, "forbidden-import")


def _call(node: ast.Call, known: Mapping[str, str]) -> Iterator[Way]:
    function = node.func
    if isinstance(function, ast.Attribute) and function.attr in ARRAY_FILES:
        if not dotted(function, known):
            what = f"a witness may not use files: {function.attr}()"
            yield Way(node, what, "forbidden-call")
    elif isinstance(function, ast.Name) and function.id == "getattr" and len(node.args) > 1:
        name = getattr(node.args[1], "value", None)
        # A door's own name is reported where it stands, as a constant.
        if isinstance(name, str) and name.startswith("__") and name not in DOORS | HARMLESS:
            yield _door(node, name)


def _door(node: ast.expr, name: str) -> Way:
    return Way(node, f"a witness may not reach for {name}", "forbidden-call")
