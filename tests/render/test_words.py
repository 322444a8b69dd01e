"""Laws in a reader's words."""

from __future__ import annotations

from typing import Any

import pytest
from conceptbook.render.words import law
from conceptbook_kit.shapes import KINDS

CASES: list[tuple[str, dict[str, Any], dict[str, Any] | None, str]] = [
    ("increasing", {}, None, "rises throughout"),
    (
        "decreasing",
        {"from": "n", "to": 80, "slack": 0.01},
        {"from": 40, "to": 80, "slack": 0.01},
        "falls from 40 (n) to 80, by no more than 0.01 the other way",
    ),
    (
        "peak",
        {"at": "n", "times": 2},
        {"at": 40},
        "peaks at 40 (n), 2 times its neighbours or more",
    ),
    ("valley", {"at": [4, 8]}, None, "is lowest at 4 to 8"),
    ("above", {"value": "best", "from": 40}, {"value": 0.5}, "stays above 0.5 (best) from 40 on"),
    ("below", {"curve": "test", "by": 0.1}, None, "stays below the curve test by more than 0.1"),
    ("within", {"low": 0, "high": 1}, None, "stays between 0 and 1"),
    (
        "ratio",
        {"x1": 200, "x2": 8, "at_least": 3},
        None,
        "at 200 is at least 3 times its value at 8",
    ),
    (
        "slope",
        {"axes": "loglog", "low": -0.6, "high": -0.4},
        None,
        "has a slope between −0.6 and −0.4 on loglog axes",
    ),
    ("converges", {"to": 0, "within": 0.5, "from": 40}, None, "stays within 0.5 of 0 from 40 on"),
    ("equal", {"curve": "law"}, None, "equals the curve law"),
    (
        "crosses",
        {"level": 1, "at": [2, 3], "direction": "up"},
        None,
        "crosses 1 at 2 to 3 on its way up",
    ),
]


@pytest.mark.parametrize(("kind", "declared", "resolved", "words"), CASES)
def test_law(
    kind: str, declared: dict[str, Any], resolved: dict[str, Any] | None, words: str
) -> None:
    assert law(kind, declared, resolved).striptags() == words


def test_the_number_behind_a_name_can_be_found() -> None:
    said = law("peak", {"at": "n"}, {"at": 40})
    assert said == 'peaks at <span data-scalar="n">40</span> (<code>n</code>)'


def test_every_shape_has_words() -> None:
    assert {case[0] for case in CASES} == set(KINDS)
