"""A small notebook whose claims have every part that a digest covers."""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conceptbook.evidence import assess
from conceptbook.evidence.identity import claim_digest
from conceptbook.load import load

_spec = importlib.util.spec_from_file_location("changes", Path(__file__).parent / "changes.py")
assert _spec and _spec.loader
changes = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(changes)

CLAIM = "calculus/midpoint/second-order"
FIRST_DIGEST = 'digest: {scheme: 1, statement: "0000000000000000", kind: "0000000000000000"}'


@dataclass
class Book:
    """A notebook on disk that a test edits."""

    root: Path
    former: dict[str, str] = field(default_factory=dict)
    """What files said before their first edit."""

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text, f"{path} has no {old!r}"
        self.former.setdefault(path, text)
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8", newline="")

    def restore(self) -> None:
        for path, text in self.former.items():
            (self.root / path).write_text(text, encoding="utf-8", newline="")

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
        self.edit(f"claims/{CLAIM}.yaml", FIRST_DIGEST, f"digest: {{scheme: 2, {parts}}}")

    def pin_all(self) -> None:
        """A review of every claim, pinned to what stands in the files now."""
        self.pin()
        for claim in self.load().claims:
            if claim != CLAIM:
                self.review("ben", claim=claim)
        self.former.clear()

    def review(
        self, by: str, conclusion: str = "supported", *, extra: str = "", claim: str = CLAIM
    ) -> None:
        """One more review, pinned to what stands in the files now."""
        parts = ", ".join(f'{name}: "{value}"' for name, value in self.digest(claim).items())
        path = self.root / f"claims/{claim}.yaml"
        entry = (
            f"  - by: {by}\n    date: 2026-02-01\n    conclusion: {conclusion}\n"
            f"    summary: Read the same places again and came to this conclusion.\n"
            f"    digest: {{scheme: 2, {parts}}}\n{extra}"
        )
        before = path.read_text(encoding="utf-8")
        begin = "" if "reviews:" in before else "reviews:\n"
        path.write_text(before + begin + entry, encoding="utf-8")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`covered`: each change of what is under the digest; `uncovered`: each of what is not."""
    if "covered" in metafunc.fixturenames:
        ids = [f"{change.part}:{change.old[:20]}" for change in changes.CHANGES]
        metafunc.parametrize("covered", changes.CHANGES, ids=ids)
    if "uncovered" in metafunc.fixturenames:
        metafunc.parametrize("uncovered", changes.UNCHANGED.values(), ids=changes.UNCHANGED)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    shutil.copytree(Path(__file__).parent / "notebook", tmp_path / "book")
    return Book(tmp_path / "book")
