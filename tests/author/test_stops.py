"""A stop of the walk has all that is needed to look at one piece of evidence."""

from __future__ import annotations

from pathlib import Path

import pytest
from conceptbook.author.stops import Stop, stops
from conceptbook.load import load

NOTEBOOK = Path(__file__).parents[1] / "evidence" / "notebook"
PAGE = "content/calculus/midpoint/page.md"


@pytest.fixture(scope="module")
def walk() -> dict[str, Stop]:
    notebook, _ = load(NOTEBOOK)
    assert notebook
    found = stops(notebook.claims["calculus/midpoint/second-order"], notebook)
    return {stop.key: stop for stop in found}


def test_the_stops_are_the_claims_evidence_in_its_order(walk):
    assert list(walk) == [
        "davis-1984",
        "talvila-2012",
        "curve:midpoint",
        "assert:slices",
        "proof:halving",
        "equation:bound",
    ]


def test_a_source_has_its_links_place_and_words(walk):
    assert walk["davis-1984"].lines == (
        "Methods of Numerical Integration",
        "ISBN 0-12-206360-0",
        "place: p. 54",
        "quote: “the error is of order two”",
        "translation: “der Fehler ist zweiter Ordnung” (Ann Author)",
        "note: The same constant.",
    )
    assert "https://doi.org/10.5555/Talvila.2012" in walk["talvila-2012"].lines


def test_a_curve_has_its_program_and_what_was_recorded(walk):
    lines = walk["curve:midpoint"].lines
    assert "program: content/calculus/midpoint/slices.py" in lines
    assert "at x = 4, the value is 0.005208" in lines
    assert "the recorded run does not show it to hold" in lines


def test_a_proof_and_an_equation_are_shown_whole(walk):
    proof, equation = walk["proof:halving"], walk["equation:bound"]
    assert proof.lines[0].startswith(f"place: {PAGE}:")
    assert "halving the width divides the error by four." in " ".join(proof.lines)
    assert equation.lines == (f"place: {PAGE}", r"E_n \le \frac{M}{24 n^2}")
