"""`conceptbook import`, as a program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FILES = Path(__file__).parents[1] / "bibliography" / "files"
THEIRS = Path(__file__).parents[1] / "author" / "their-notebook"
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


def test_a_notebook_of_another_format_comes_in_and_passes_the_check(root):
    (root / "notebook.yaml").write_text(
        "conceptbook: 1\ntitle: T\ndomains:\n  - {id: a, title: A}\n"
    )
    dry = run(root, "import", "continuous-function", str(THEIRS), "--dry-run")
    assert dry.returncode == 0 and "would import 5 concepts (2 new domains)" in dry.stdout
    assert not (root / "content").exists()
    ran = run(root, "import", "continuous-function", str(THEIRS))
    assert ran.returncode == 0 and "4 reviews (none current)" in ran.stdout, ran.stderr
    assert "momentum/content.mdx:18:1: note[carried-otherwise] CB802" in ran.stdout
    assert run(root, "check").returncode == 0


def test_its_report_as_json(root):
    (root / "notebook.yaml").write_text(
        "conceptbook: 1\ntitle: T\ndomains:\n  - {id: a, title: A}\n"
    )
    ran = run(root, "import", "continuous-function", str(THEIRS), "--format", "json")
    told = json.loads(ran.stdout)
    assert told["written"] and told["counts"]["not_runnable"] == 2
    assert told["report"]["errors"] == 0 and told["check"]["errors"] == 0
    assert {d["code"] for d in told["report"]["diagnostics"]} == {"CB801", "CB802", "CB803"}
    assert all((root / name).is_file() for name in told["files"])


def test_faults_of_the_other_notebook_are_shown_and_nothing_is_written(root, tmp_path):
    theirs = shutil.copytree(THEIRS, tmp_path / "theirs")
    page = theirs / "content/domains/training/concepts/momentum/content.mdx"
    page.write_text(page.read_text().replace("## Math", "## Maths"))
    ran = run(root, "import", "continuous-function", str(theirs))
    assert ran.returncode == 1 and not (root / "content").exists()
    assert 'error[foreign-form] CB804: there is no section "Maths" in this format' in ran.stdout
    assert "momentum/content.mdx:9:1" in ran.stdout and 'did you mean "Math"?' in ran.stdout
