"""The tool that looks for slips which nobody sees makes every kind, and finds a blind judge."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import trials as tool
from conceptbook.load import load
from mutants import KINDS, mutants, spoilt_records
from mutations import Again, told
from trials import subjects, trials

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "_base"
CODE = """
import numpy as np

n = 3
grid = np.arange(1, 5)
table = np.array([[1.0, 2.0], [3.0, 5.0]])
y = table.sum(axis=0)[0] * grid + 0.5
assert y[0] > 1 - 1
"""


def test_every_kind_of_slip_is_made_and_each_is_a_program():
    made = list(mutants(CODE, frozenset({"n"}), per_kind=2))
    assert {mutant.kind for mutant in made} == set(KINDS)
    assert len(KINDS) >= 5
    for mutant in made:
        ast.parse(mutant.code)
        assert "n = 3" in mutant.code, "the literal of a control is the reader's"
        assert "assert y[0] > 1 - 1" in mutant.code, "what checks is not what is checked"


@pytest.fixture(scope="module")
def subject():
    (found,) = subjects(load(NOTEBOOK)[0], frozenset())
    return found


def test_every_kind_of_spoilt_record_is_made(subject):
    (curve,) = subject.judged
    made = list(spoilt_records(curve, subject.witness.asserted[curve.id], per_kind=2))
    assert [spoilt.kind for spoilt in made] == [
        "moved point",
        "moved point",
        "constant",
        "operator",
        "off by one in a range",
        "swapped axes",
    ]


@pytest.fixture(scope="module")
def tried(subject):
    return list(trials(subject, per_kind=2))


def test_every_slip_that_moves_a_curve_is_caught(tried):
    findings = [finding for trial in tried for finding in trial.findings]
    assert sum(finding.changes for finding in findings) >= 8
    assert all(finding.caught for finding in findings if finding.changes), findings
    assert "natively 0, in Chromium 0" in told([tried], [])


def test_a_blind_judge_is_found(subject, monkeypatch):
    seeing = tool.judge
    monkeypatch.setattr(
        tool,
        "judge",
        lambda *a, **k: {
            **(verdict := seeing(*a, **k)),
            "state": "holds",
            "curves": [{**curve, "ok": True} for curve in verdict["curves"]],
        },
    )
    by_witness = [list(trials(subject, per_kind=1))]
    missed = [f for trial in by_witness[0] for f in trial.findings if f.changes and not f.caught]
    assert missed and f"natively {len(missed)}, in Chromium 0" in told(by_witness, [])


def test_a_page_that_judges_otherwise_is_found(tried):
    seen = next(f for trial in tried for f in trial.findings if f.changes)
    text = told([tried], [Again(seen, "holds")])
    assert "in Chromium 1" in text and "differed from the native run in 1," in text


def test_a_survivor_has_a_reason(tried):
    survivors = [f for trial in tried for f in trial.findings if not f.caught]
    assert all(finding.why for finding in survivors)
