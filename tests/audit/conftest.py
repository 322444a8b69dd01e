"""The notebook of tests/evidence/ in a git repository of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from conceptbook.evidence.identity import claim_digest
from conceptbook.load import load

NOTEBOOK = Path(__file__).parents[1] / "evidence" / "notebook"
CLAIM = "claims/calculus/midpoint/second-order.yaml"
UNPINNED = 'digest: {scheme: 1, statement: "0000000000000000", kind: "0000000000000000"}'
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_COMMITTER_NAME": "Somebody",
    "GIT_COMMITTER_EMAIL": "somebody@example.org",
}


@dataclass
class Repository:
    root: Path

    def git(self, *arguments: str, author: str = "Ann Author <ann@example.org>") -> str:
        name, mail = author.rstrip(">").split(" <")
        ran = subprocess.run(
            ["git", "-C", str(self.root), *arguments],
            check=True,
            capture_output=True,
            text=True,
            env={**ENVIRONMENT, "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": mail},
        )
        return ran.stdout.strip()

    def commit(self, message: str = "change", **who: str) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message, **who)
        return self.git("rev-parse", "HEAD")

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        assert old in self.text(path), f"{path} has no {old!r}"
        self.write(path, self.text(path).replace(old, new))

    def line(self, path: str, words: str) -> int:
        """The number of the only line that begins with these words, or else holds them."""
        rows = list(enumerate(self.text(path).splitlines(), 1))
        found = [n for n, row in rows if row.startswith(words)]
        found = found or [n for n, row in rows if words in row]
        assert len(found) == 1, f"{words!r} on lines {found}"
        return found[0]

    def load(self):
        notebook, report = load(self.root)
        assert report.ok, [(str(d.span), d.message) for d in report]
        return notebook

    def pinned(self) -> str:
        notebook = self.load()
        digest = claim_digest(notebook.claims["calculus/midpoint/second-order"], notebook)
        parts = ", ".join(f'{name}: "{value}"' for name, value in digest.items())
        return f"digest: {{scheme: 2, {parts}}}"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """One commit: the notebook, its claim reviewed."""
    shutil.copytree(NOTEBOOK, tmp_path / "book")
    repository = Repository(tmp_path / "book")
    repository.git("init", "-q", "-b", "main")
    repository.edit(CLAIM, UNPINNED, repository.pinned())
    repository.edit(
        "content/calculus/midpoint/concept.yaml",
        "status: in-review",
        "status: in-review\nupdated: 2026-01-01",
    )
    repository.commit("first", author="Ben Reviewer <ben@example.org>")
    return repository
