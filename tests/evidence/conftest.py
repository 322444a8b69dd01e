"""A small notebook whose claims have every part that a digest covers."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from conceptbook.evidence import assess
from conceptbook.evidence.identity import claim_digest
from conceptbook.load import load

CLAIM = "calculus/midpoint/second-order"
FIRST_DIGEST = 'digest: {scheme: 1, statement: "0000000000000000", kind: "0000000000000000"}'


@dataclass
class Book:
    """A notebook on disk that a test edits."""

    root: Path

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text, f"{path} has no {old!r}"
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8", newline="")

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, encoding="utf-8")

    def load(self):
        notebook, report = load(self.root)
        assert report.ok, [(str(d.span), d.message) for d in report]
        return notebook

    def digest(self, claim: str = CLAIM, renamed: str | None = None) -> dict[str, str]:
        notebook = self.load()
        return claim_digest(notebook.claims[renamed or claim], notebook)

    def status(self, claim: str = CLAIM):
        return assess(self.load())[claim]

    def pin(self) -> None:
        """The first review of the claim, pinned to what stands in the files now."""
        parts = ", ".join(f'{name}: "{value}"' for name, value in self.digest().items())
        self.edit(f"claims/{CLAIM}.yaml", FIRST_DIGEST, f"digest: {{scheme: 1, {parts}}}")

    def review(self, by: str, conclusion: str = "supported", *, extra: str = "") -> None:
        """One more review, pinned to what stands in the files now."""
        parts = ", ".join(f'{name}: "{value}"' for name, value in self.digest().items())
        path = self.root / f"claims/{CLAIM}.yaml"
        entry = (
            f"  - by: {by}\n    date: 2026-02-01\n    conclusion: {conclusion}\n"
            f"    summary: Read the same places again and came to this conclusion.\n"
            f"    digest: {{scheme: 1, {parts}}}\n{extra}"
        )
        path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    shutil.copytree(Path(__file__).parent / "notebook", tmp_path / "book")
    return Book(tmp_path / "book")
