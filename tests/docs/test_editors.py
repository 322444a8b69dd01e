"""The schemas that docs/editors.md speaks of, as the settings for VS Code map them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conceptbook.cli import cli

EDITS = {
    "notebook": ("title:", "titel:"),
    "concept": ("status: in-review", "status: in-revue"),
    "claim": ("kind:", "knid:"),
    "sources": ("references:", "refrences:"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editor")
    done = CliRunner().invoke(cli, ["-C", str(folder), "new", "notebook", "notes"])
    assert done.exit_code == 0, done.output
    return folder / "notes"


def mapped(root: Path) -> dict[str, tuple[Path, Path]]:
    """Each schema by its name, with a file that the editor holds against it."""
    settings = json.loads((root / ".vscode/settings.json").read_text())
    found = {}
    for schema, globs in settings["yaml.schemas"].items():
        [glob] = [globs] if isinstance(globs, str) else globs
        found[Path(schema).stem] = (root / schema, next(root.glob(glob.removeprefix("/"))))
    return found


def faults(schema: Path, file: Path) -> str:
    done = subprocess.run(
        [Path(sys.executable).with_name("check-jsonschema"), "--schemafile", schema, file],
        capture_output=True, text=True, env=os.environ, timeout=60,
    )  # fmt: skip
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.mark.parametrize("name", EDITS)
def test_a_wrong_edit_is_flagged_by_the_schema_that_the_editor_maps(name: str, root: Path) -> None:
    schema, file = mapped(root)[name]
    before = file.read_text(encoding="utf-8")
    assert faults(schema, file) == ""
    sound, wrong = EDITS[name]
    assert sound in before
    file.write_text(before.replace(sound, wrong, 1), encoding="utf-8")
    said = faults(schema, file)
    file.write_text(before, encoding="utf-8")
    assert wrong.split(": ")[-1].rstrip(":") in said, said
