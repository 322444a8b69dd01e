"""`conceptbook import`, as a program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FILES = Path(__file__).parents[1] / "bibliography" / "files"
SETTINGS = "conceptbook: 1\ntitle: T\ndomains: [{id: a, title: A}]\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "notebook.yaml").write_text(SETTINGS)
    return tmp_path


def run(root, *arguments, text=""):
    return subprocess.run(
        [sys.executable, "-m", "conceptbook", "-C", str(root), *arguments],
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("form", "name", "count"), [("csl", "zotero.yaml", 5), ("bibtex", "zotero.bib", 4)]
)
def test_what_zotero_exports_comes_in_and_passes_the_check(root, form, name, count):
    ran = run(root, "import", form, str(FILES / name))
    assert (ran.returncode, ran.stdout) == (0, f"{count} sources added\n"), ran.stderr
    assert ran.stderr == ""
    assert run(root, "check").returncode == 0
    again = run(root, "import", form, str(FILES / name))
    assert again.stdout == "0 sources added\n" and "same DOI" in again.stderr


def test_a_dry_run_writes_nothing(root):
    ran = run(root, "import", "csl", "--dry-run", str(FILES / "zotero.yaml"))
    assert ran.stdout == "5 sources would be added\n"
    assert not (root / "claims").exists()


def test_losses_are_told_on_standard_error(root):
    ran = run(root, "import", "bibtex", str(FILES / "classic.bib"))
    assert ran.returncode == 0
    assert 'w: the field "foo" has no place here' in ran.stderr


def test_from_standard_input(root):
    ran = run(root, "import", "csl", "-", text='[{"id": "a", "type": "book", "title": "B"}]')
    assert ran.stdout == "1 source added\n"


def test_what_is_no_bibliography(root):
    ran = run(root, "import", "csl", "-", text="[{")
    assert ran.returncode == 1 and "this is no JSON" in ran.stderr
