"""A notebook with a witness that imports a locked wheel, and one that does not."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from conceptbook.author import record
from conceptbook.load import load
from conceptbook.witness.trial import runner

BASE = Path(__file__).parents[1] / "notebooks" / "_base"
ROOTS = '''
"""Roots that are exact for squares."""

from math import isqrt


def root(n):
    exact = isqrt(n)
    return float(exact) if exact * exact == n else n**0.5
'''
USES = """
import exact_roots

sizes = [1, 4, 16, 64]
error = [1 / exact_roots.root(n) for n in sizes]
print(exact_roots.__name__)
"""
RECORD = """title: Spread
summary: How far readings lie apart.
status: in-review
authors: [ada]
prerequisites: [means/average]

witnesses:
  - id: roots
    plots:
      - id: roots
        title: Roots
        x: {label: readings}
        y: {label: error}
        curves:
          - {id: roots, x: sizes, y: error}
"""


def locked(root: Path, *wheels: Path) -> None:
    """Lock the files, as if their author had put them into wheels/."""
    shutil.rmtree(root / "wheels", ignore_errors=True)
    (root / "wheels").mkdir()
    lines = ["runtime:", "  packages:"]
    for wheel in wheels:
        shutil.copy(wheel, root / "wheels")
        sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
        lines += [f"    - wheel: wheels/{wheel.name}", f"      sha256: {sha256}"]
    text = (root / "notebook.yaml").read_text().partition("runtime:")[0]
    (root / "notebook.yaml").write_text("\n".join([text.rstrip(), "", *lines, ""]))


@pytest.fixture
def notebook(tmp_path: Path, make_wheel: Callable[..., Path]) -> Path:
    root = tmp_path / "notebook"
    shutil.copytree(BASE, root)
    spread = root / "content/means/spread"
    (spread / "concept.yaml").write_text(RECORD)
    (spread / "roots.py").write_text(USES.lstrip())
    locked(root, make_wheel("exact-roots", {"exact_roots/__init__.py": ROOTS}))
    write_down(root)
    return root


@pytest.fixture
def lock(notebook: Path) -> Callable[..., None]:
    """Locks other wheels in the notebook."""
    return partial(locked, notebook)


def write_down(root: Path) -> None:
    loaded, _ = load(root)
    assert loaded is not None
    written = record(loaded, "means/spread", run=runner(loaded), accept=True)
    assert written.ok, written
