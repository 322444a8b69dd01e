"""The house: each package imports only from those before it, and heavy parts have one door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[1] / "generator"
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"diagnostics", "kit"}),
    frozenset({"model"}),
    frozenset({"markup", "wheels"}),
    frozenset({"load"}),
    frozenset({"evidence", "bibliography"}),
    frozenset({"check"}),
    frozenset({"assets"}),
    frozenset({"render", "witness", "runtime", "author"}),
    frozenset({"write"}),
    frozenset({"build"}),
    frozenset({"audit"}),
    frozenset({"serve"}),
    frozenset({"cli"}),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
ONE_DOOR = {
    "markdown_it": ("markup",),
    "mdit_py_plugins": ("markup",),
    "math_core": ("markup",),
    "jinja2": ("render",),
    "yaml": ("load", "assets"),
    "playwright": ("witness/browser.py",),
    "pyodide_lock": ("runtime",),
    "numpy": ("conceptbook_kit",),
    "bibtexparser": ("bibliography",),
    "pylatexenc": ("bibliography",),
}
STDLIB_ONLY = ("declaration", "source", "plot")
MODULES = sorted(
    path
    for package in ("conceptbook", "conceptbook_kit")
    for path in (GENERATOR / package).rglob("*.py")
    if not {"templates", "maker"} & set(path.parts)
)
"""All modules but those that never run here: what `new` copies, what runs inside Pyodide."""


def package_of(path: Path) -> str | None:
    """The layer of a module; None for the few modules of the root package itself."""
    parts = path.relative_to(GENERATOR).with_suffix("").parts
    if parts[0] == "conceptbook_kit":
        return "kit"
    return parts[1] if parts[1] in RANK else None


def imported(path: Path) -> list[tuple[str, int]]:
    """Absolute names of what a module imports, with the line, at any depth."""
    package = list(path.relative_to(GENERATOR).with_suffix("").parts)
    package = package[:-1]
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found += [(f"{module}.{alias.name}", node.lineno) for alias in node.names]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(GENERATOR).as_posix())
def test_a_module_imports_only_what_comes_before_it(path: Path) -> None:
    mine = package_of(path)
    if mine is None or path.name == "child.py":
        return
    for name, line in imported(path):
        parts = name.split(".")
        if parts[0] == "conceptbook_kit":
            theirs = "kit"
        elif parts[0] == "conceptbook" and len(parts) > 1 and parts[1] in RANK:
            theirs = parts[1]
        else:
            assert mine != "kit" or parts[0] != "conceptbook", f"{path}:{line}: kit imports {name}"
            continue
        if theirs != mine:
            assert RANK[theirs] < RANK[mine], f"{path}:{line}: {mine} imports {theirs}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(GENERATOR).as_posix())
def test_heavy_parts_have_one_door(path: Path) -> None:
    place = path.relative_to(GENERATOR).as_posix().removeprefix("conceptbook/")
    for name, line in imported(path):
        doors = ONE_DOOR.get(name.split(".")[0])
        assert doors is None or place.startswith(doors), f"{path}:{line}: {name} belongs to {doors}"


@pytest.mark.parametrize("name", STDLIB_ONLY)
def test_these_kit_modules_need_the_standard_library_alone(name: str) -> None:
    path = GENERATOR / "conceptbook_kit" / f"{name}.py"
    for module, line in imported(path):
        assert module.split(".")[0] != "numpy", f"{path}:{line}"


def test_every_package_is_in_the_order() -> None:
    packages = {path.name for path in (GENERATOR / "conceptbook").iterdir() if path.is_dir()}
    unknown = packages - RANK.keys() - {"browser", "vendor", "__pycache__"}
    assert not unknown, f"packages without a layer: {sorted(unknown)}"


def test_no_module_is_a_drawer_or_a_giant() -> None:
    for path in MODULES:
        assert path.stem not in {"utils", "util", "helpers", "misc", "common"}, path
        lines = path.read_text(encoding="utf-8").count("\n")
        assert lines <= 320, f"{path} has {lines} lines"
