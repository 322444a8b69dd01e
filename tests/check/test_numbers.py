import math
from decimal import Decimal

import pytest
from conceptbook.check.numbers import decimal, is_rounded, on_grid, rounded
from conceptbook_kit.declaration import Asserted


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.5", "0.5"),
        (" 160 ", "160"),
        ("\u22123.25", "-3.25"),
        ("1e-6", "1e-6"),
        ("1.2 × 10⁻⁶", "1.2e-6"),
        ("3×10⁴", "3e4"),
    ],
)
def test_numbers_as_authors_write_them(text, number):
    assert decimal(text) == Decimal(number)


@pytest.mark.parametrize("text", ["half", "", "1,5", "1 000", "nan", "0.5 of it", "--1", "1e9999"])
def test_anything_else_is_no_number(text):
    assert decimal(text) is None


@pytest.mark.parametrize(
    ("said", "y", "ok"),
    [
        ("0.09", 0.08949, True),
        ("0.0895", 0.08949, True),
        ("0.0894", 0.08949, False),
        ("0.5", 0.5000000001, True),
        ("0.50", 0.506, False),
        ("160", 160.65, False),
        ("161", 160.65, True),
        ("1.6e2", 160.65, True),
        ("2", 1.5, True),
        ("2", 2.5, True),
        ("-0.5", 0.5, False),
        ("1e-6", 1.4e-6, True),
        ("1e-6", 1.6e-6, False),
        ("0", 1e-9, True),
    ],
)
def test_a_number_is_rounded_to_its_own_digits(said, y, ok):
    assert is_rounded(Decimal(said), y) is ok


@pytest.mark.parametrize(
    ("y", "like", "shown"),
    [
        (0.08949, "0.08", "0.09"),
        (160.65, "161.7", "160.6"),
        (1.234e-7, "1.5e-6", "1e-7"),
        (-0.5, "0.1", "-0.5"),
        (1234.5, "1.3e3", "1.2e+3"),
    ],
)
def test_the_hint_has_as_many_digits_and_is_right(y, like, shown):
    assert rounded(y, Decimal(like)) == shown
    assert is_rounded(decimal(shown), y)


def test_points_are_found_by_their_x():
    curve = Asserted((0.0, 0.1, 100.0), (1.0, 2.0, 3.0))
    assert [on_grid(curve, x) for x in (0.0, 0.1 + 1e-17, 100, 50, math.inf)] == [
        0,
        1,
        2,
        None,
        None,
    ]
