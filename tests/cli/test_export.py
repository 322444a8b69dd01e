"""`conceptbook export`, as a program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(Path(__file__).parents[1] / "evidence" / "notebook", tmp_path / "book")
    return tmp_path / "book"


def run(root, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "conceptbook", "-C", str(root), "export", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_csl(root):
    items = json.loads(run(root, "csl").stdout)
    assert [item["id"] for item in items] == ["davis-1984", "talvila-2012", "notes-2020"]
    assert items[1]["issued"] == {"date-parts": [[2012]]}


def test_bibtex(root):
    text = run(root, "bibtex", "talvila-2012").stdout
    assert text.startswith("@article{talvila-2012,\n  title = {{Simple derivations}},")
    assert "doi = {10.5555/Talvila.2012}" in text and "davis" not in text


def test_an_unknown_source(root):
    ran = run(root, "csl", "talvila-2021")
    assert ran.returncode == 2 and 'did you mean "talvila-2012"' in ran.stderr


@pytest.mark.parametrize(("form", "suffix"), [("json", "json"), ("jsonld", "jsonld")])
def test_concepts_as_data(root, form, suffix, tmp_path):
    one = json.loads(run(root, form, "calculus/midpoint").stdout)
    assert run(root, form, "--output", str(tmp_path / "out")).returncode == 0
    written = tmp_path / "out" / "calculus" / f"midpoint.{suffix}"
    assert json.loads(written.read_text(encoding="utf-8")) == one
