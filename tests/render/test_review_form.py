"""The block to fill in fits into the claim's file, however that is written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conceptbook.evidence import assess
from conceptbook.load import load
from conceptbook.render.views.review_form import EMPTY, INSIDE, MORE, NEW, view

NOTEBOOK = Path(__file__).parents[1] / "evidence" / "notebook"
KINKS = "calculus/midpoint/kinks"
FILE = f"claims/{KINKS}.yaml"
OLD = """\
- by: ann
  date: 2026-01-01
  conclusion: inconclusive
  summary: Could not open the paper, so that I could not decide on it.
"""
FLOW = (
    "reviews: [{by: ann, date: 2026-01-01, conclusion: inconclusive, "
    "summary: Could not open the paper and could not decide on it.}]\n"
)


def indented(columns: int) -> str:
    lines = (" " * columns + line for line in OLD.splitlines())
    return "reviews:\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("reviews", "where"),
    [
        ("", NEW),
        ("reviews: []\n", EMPTY),
        ("reviews: []  # none yet\n", EMPTY),
        (indented(0), MORE),
        (indented(2), MORE),
        (indented(4), MORE),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_filled_block_makes_one_current_review_more(
    tmp_path: Path, reviews: str, where: str, newline: str
) -> None:
    root = _with(tmp_path, reviews, newline)
    notebook, _ = load(root)
    assert notebook is not None
    before = notebook.claims[KINKS].record.reviews
    form = view(notebook.claims[KINKS], notebook, (), ())
    assert form.where == where
    block = form.block
    for answer in ("Ben", "2026-03-01", "inconclusive", "I could open neither, and so not decide."):
        block = block.replace("…", answer, 1)
    path = root / FILE
    text = path.read_bytes().decode()
    after = re.sub(r"(?m)^reviews:.*\r?\n", block, text) if where == EMPTY else text + block
    path.write_bytes(after.encode())
    again, report = load(root)
    assert again is not None and report.ok, [d.message for d in report]
    assert again.claims[KINKS].record.reviews[:-1] == before
    assert [state.current for state in assess(again)[KINKS].reviews] == [False] * len(before) + [
        True
    ]


def test_a_list_in_brackets_is_said_to_be_one(tmp_path: Path) -> None:
    notebook, _ = load(_with(tmp_path, FLOW, "\n"))
    assert notebook is not None
    assert view(notebook.claims[KINKS], notebook, (), ()).where == INSIDE


def _with(folder: Path, reviews: str, newline: str) -> Path:
    """The notebook with a claim whose reviews are written so."""
    root = folder / "book"
    shutil.copytree(NOTEBOOK, root)
    path = root / FILE
    text = path.read_text(encoding="utf-8") + reviews
    path.write_bytes(text.replace("\n", newline).encode())
    return root
