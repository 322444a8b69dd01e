"""Every example that `--help` shows, and docs/reference/commands.md after it, runs."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conceptbook.cli import cli, making

TESTS = Path(__file__).parents[1]
NAMES = {
    "scaling/double-descent": "means/average",
    "belkin-2018-bias-variance": "gauss-1809",
}
"""What the examples name, and what stands for it in the small notebook."""

GEOMETRIC = ["new", "concept", "series/geometric", "--title", "T", "--summary", "S.", "--bare"]
RUDIN = ["new", "source", "rudin-1976-analysis", "--type", "book", "--title", "T",
         "--author", "Rudin, W.", "--issued", "1976", "--isbn", "978-0-07-054235-8"]  # fmt: skip
ASKED = {
    "new concept": "A sum\nPowers of a ratio, added.\n",
    "new source rudin-1976-analysis": "Principles\nbook\nRudin, Walter\n1976\n10.1137/130932132x\n",
    "new claim series/geometric/limit --kind": "It has a limit.\n|r| < 1.\n",
    "new claim series/geometric/limit": "It has a limit.\ntheorem\n|r| < 1.\ngauss-1809\np. 3\n",
}
"""What is typed where the flags leave something out."""

ELSEWHERE = {
    "serve": "test_commands.py",
    "review": "test_review.py, at a terminal",
    "verify scaling/double-descent --in native,browser --points": "docs/test_commands.py",
}


def examples(group: click.Group) -> Iterator[str]:
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        text = re.sub(r"\\\n\s*", "", getattr(command, "help", None) or "")
        for line in text.splitlines():
            if line.strip().startswith("conceptbook "):
                # What follows is for the shell, or for the reader.
                yield re.split(r"\s{3,}(?!-)| [|>] ", line.strip())[0].removeprefix("conceptbook ")
        if isinstance(command, click.Group):
            yield from examples(command)


EXAMPLES = [line for line in dict.fromkeys(examples(cli)) if not line.startswith(tuple(ELSEWHERE))]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small notebook with a history, a bibliography to import and another notebook beside it."""
    root = tmp_path / "book"
    shutil.copytree(TESTS / "notebooks" / "_base", root)
    shutil.copytree(TESTS / "author" / "their-notebook", tmp_path / "their-notebook")
    monkeypatch.chdir(root)
    for form, name in (("bibtex", "sources.bib"), ("csl", "sources.json"), ("csl", "zotero.json")):
        done = CliRunner().invoke(cli, ["export", form])
        assert done.exit_code == 0, done.output
        text = done.stdout.replace("gauss-1809", "gauss-again").replace("lab-page", "lab-again")
        (root / name).write_text(text, encoding="utf-8")
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "one"],
                  ["update-ref", "refs/remotes/origin/main", "HEAD"]):  # fmt: skip
        subprocess.run(["git", *words], check=True)
    return root


@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_runs(line: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [NAMES.get(word, word) for word in shlex.split(line)]
    typed = next((answers for begins, answers in ASKED.items() if line.startswith(begins)), None)
    if typed:
        monkeypatch.setattr(making, "interactive", lambda: True)
    if line.startswith("new claim"):
        for before in (GEOMETRIC, RUDIN):
            assert CliRunner().invoke(cli, before).exit_code == 0
    done = CliRunner().invoke(cli, words, input=typed)
    assert done.exit_code == 0, done.output


def test_what_runs_elsewhere_is_still_an_example() -> None:
    lines = list(examples(cli))
    assert all(any(line.startswith(begins) for line in lines) for begins in ELSEWHERE)
