"""Every command that the documentation shows in a block runs in a notebook as it stands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WHOLE = {"docs/first-concept.md", "docs/panels.md", "docs/themes.md"}
"""Pages followed from the first word to the last, in test_wheel.py, _panels.py and _themes.py."""
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    if path.relative_to(ROOT).as_posix() not in WHOLE
)
ELSEWHERE = {
    "make": "test_workflows.py holds it against the Makefile; CI runs it as a whole",
    "python3 -m venv": "the environment is there; test_wheel.py makes a new one",
    ". ": "the environment is there",
    "pip ": "test_wheel.py installs the wheel; the tests fetch nothing else",
}
"""Beginnings of commands that are not run here, and why."""
REVIEWER = "  ada: {name: Ada Reviewer, github: ada-r}\n"
ANSWERS = {
    "What did you open:": "full-text",
    "What does it say:": "supports",
    "Note:": "",
    "]:": "",
    "(at least 40 characters):": "Compared the statement and its scope with the place named.",
    "[y/N]:": "y",
}
"""What a reviewer types; nothing where something is proposed."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The bundled notebook alone, in a repository of its own."""
    root = tmp_path_factory.mktemp("docs") / "notebook"
    root.mkdir()
    for name in ("content", "claims", "static", "themes"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name)
    settings = (ROOT / "notebook.yaml").read_text(encoding="utf-8")
    assert REVIEWER.strip() in (ROOT / "docs/reviewing.md").read_text(encoding="utf-8")
    (root / "notebook.yaml").write_text(
        settings.replace("people:\n", f"people:\n{REVIEWER}"), encoding="utf-8"
    )
    shutil.copytree(ROOT / "tests" / "author" / "their-notebook", root / "their-notebook")
    for words in (["init", "-qb", "main"], ["add", "-A"], ["commit", "-qm", "one"]):
        subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words],
            cwd=root, check=True,
        )  # fmt: skip
    subprocess.run(["git", "update-ref", "refs/remotes/origin/main", "HEAD"], cwd=root, check=True)
    return root


@pytest.mark.parametrize("name", PAGES)
def test_the_commands_of_a_page_run(name, copy, documented, reader, plain_environment) -> None:
    tools = f"{Path(sys.executable).parent}{os.pathsep}{plain_environment['PATH']}"
    who = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Ada Reviewer"), ("EMAIL", "ada@example.org"))
    }
    one = reader(copy, {**plain_environment, **who, "PATH": tools}, answers=ANSWERS)
    for step in documented(ROOT / name):
        for command in step.commands if step.language == "sh" else ():
            if not command.startswith(tuple(ELSEWHERE)):
                one.run(command)


def test_no_page_names_a_command_that_there_is_not() -> None:
    from conceptbook.cli import COMMANDS

    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for words in path.read_text(encoding="utf-8").split("`conceptbook ")[1:]:
            word = words.split("`")[0].split()[0]
            assert word in COMMANDS or word.startswith("-"), f"{path}: conceptbook {word}"
