"""A notebook in which everything has happened to claims that can: laid over tests/evidence's."""

from __future__ import annotations

import shutil
from pathlib import Path

from conceptbook.evidence.identity import claim_digest
from conceptbook.load import LoadedNotebook, load

HOME = "claims/calculus/midpoint"
REVIEW = """reviews:
  - by: {by}
    date: {date}
    conclusion: {conclusion}
    checks:
      - {{evidence: davis-1984, access: full-text, finding: supports, note: It is on that page.}}
    summary: Compared the page with the claim, word by word, within its scope.
    interests: none declared
    digest: {{scheme: 2, {digest}}}
"""
FILES = {
    "claims/retractions-2026-03-01.csv": (
        "OriginalPaperDOI,RetractionNature,RetractionDate,RetractionDOI,Reason\n"
        "10.5555/talvila.2012,Retraction,8/16/2025 0:00,10.5555/notice,+Error in Data;\n"
    ),
    f"{HOME}/kinks-newer.yaml": (
        "statement: At a kink inside a slice the midpoint rule is of first order.\n"
        "kind: empirical\nscope: One kink.\n"
        "evidence:\n  - {source: davis-1984, stance: supports, locator: p. 60}\n"
        "relations: {supersedes: [kinks]}\n"
    ),
    f"{HOME}/denied.yaml": (
        "statement: The midpoint rule is of third order.\nkind: empirical\nscope: Everywhere.\n"
        "evidence:\n  - {source: davis-1984, stance: supports}\n"
        "  - {source: notes-2020, stance: contradicts, locator: p. 9, quote: it is of second}\n"
        "relations: {contradicts: [second-order]}\n"
    ),
    f"{HOME}/taken-back.yaml": (
        "statement: Every rule of quadrature is exact.\nkind: empirical\nscope: All.\n"
        "evidence:\n  - {source: davis-1984, stance: supports}\n"
        "withdrawn: {date: 2026-02-03, reason: It was plainly wrong.}\n"
    ),
    f"{HOME}/erased.yaml": (
        "statement: Something about a person that was private.\nkind: empirical\nscope: All.\n"
        "evidence:\n  - {source: davis-1984, stance: supports, quote: private words}\n"
        "withdrawn: {date: 2026-02-03, reason: It was not ours to say., statement: remove}\n"
    ),
    f"{HOME}/good.yaml": (
        "statement: The rule is exact for $a+bx$.\nkind: empirical\nscope: Lines.\n"
        "evidence:\n  - {source: davis-1984, stance: supports, locator: p. 55}\n"
        "aliases: [once]\n"
    ),
    f"{HOME}/machine.yaml": (
        "statement: The rule is exact for constants, $x < y$ & all.\nkind: empirical\n"
        "scope: Constants.\n"
        "evidence:\n  - {source: davis-1984, stance: supports, locator: p. 54}\n"
    ),
}


def troubled(folder: Path) -> LoadedNotebook:
    """Loads the notebook from a copy in `folder`."""
    root = folder / "troubled"
    shutil.copytree(Path(__file__).parents[1] / "evidence" / "notebook", root)
    for path, text in FILES.items():
        (root / path).write_text(text, encoding="utf-8")
    settings = root / "notebook.yaml"
    there = "conceptbook: 1\nrepository: https://github.com/someone/notebook\n"
    settings.write_text(settings.read_text().replace("conceptbook: 1\n", there))
    concept = root / "content/calculus/midpoint/concept.yaml"
    concept.write_text(concept.read_text() + "aliases: [calculus/middle]\ncreated: 2026-01-02\n")
    _second_concept(root)
    _review(root, "good", by="ben", date="2026-02-10", conclusion="supported")
    _review(root, "machine", by="bot", date="2026-02-11", conclusion="supported")
    return _loaded(root)


def _second_concept(root: Path) -> None:
    folder = root / "content/calculus/simpson"
    folder.mkdir()
    (folder / "concept.yaml").write_text(
        "title: Simpson's rule\nsummary: Better still.\nstatus: in-review\nauthors: [ann]\n"
        "prerequisites: [calculus/midpoint]\n"
        "notation:\n  - {symbol: $h$, means: width of a slice}\n"
    )
    (folder / "page.md").write_text(
        "## Intuition\n\nSee [midpoint sums](concept:calculus/midpoint).\n"
    )


def _review(root: Path, claim: str, **words: str) -> None:
    loaded = _loaded(root)
    parts = claim_digest(loaded.claims[f"calculus/midpoint/{claim}"], loaded)
    digest = ", ".join(f'{name}: "{value}"' for name, value in parts.items())
    path = root / f"{HOME}/{claim}.yaml"
    path.write_text(path.read_text() + REVIEW.format(digest=digest, **words))


def _loaded(root: Path) -> LoadedNotebook:
    notebook, report = load(root)
    assert notebook is not None and report.ok, [(str(d.span), d.message) for d in report]
    return notebook
