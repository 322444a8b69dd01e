"""The subset of the math font."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from conceptbook.assets.font import characters, subset, unicode_range, wanted
from fontTools.ttLib import TTFont

FONT = Path(__file__).parents[2] / "themes/default/static/fonts/stix-two-math.woff2"
SHOWN = frozenset("x∑√(ℝσ‖")


@pytest.fixture(scope="module")
def whole() -> bytes:
    return FONT.read_bytes()


@pytest.fixture(scope="module")
def cut(whole: bytes) -> bytes:
    return subset(whole, wanted(SHOWN))


def test_the_same_bytes_every_time(whole: bytes, cut: bytes) -> None:
    assert subset(whole, wanted(SHOWN)) == cut


def test_it_is_small_and_keeps_the_math_table(whole: bytes, cut: bytes) -> None:
    assert len(cut) < len(whole) / 10
    table = TTFont(io.BytesIO(cut))["MATH"].table
    assert table.MathConstants.AxisHeight.Value > 0
    stretching = table.MathVariants.VertGlyphCoverage.glyphs
    cmap = TTFont(io.BytesIO(cut)).getBestCmap()
    assert {cmap[ord(c)] for c in "√(∑"} <= set(stretching)


def test_what_formulas_hold_unseen_is_kept() -> None:
    assert {"\u00a0", "\u2061"} <= wanted("a\u00a0\u2061b")
    assert "\n" not in wanted("a\n")


def test_letters_come_with_their_italics(cut: bytes) -> None:
    assert {"x", "𝑥", "σ", "𝜎"} <= characters(cut)


def test_planck_has_a_place_of_its_own() -> None:
    assert "ℎ" in wanted("h") and chr(0x1D455) not in wanted("h")


def test_characters_that_the_font_lacks_are_left_out(whole: bytes) -> None:
    assert "漢" not in characters(subset(whole, frozenset("x漢")))


def test_unicode_range_joins_runs() -> None:
    assert unicode_range("cabxα") == "U+61-63, U+78, U+3B1"
