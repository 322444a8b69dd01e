"""The math font, cut down to the characters that a notebook shows; its MATH table stays."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import groupby

ITALIC_LATIN = {
    **{chr(ord("A") + i): chr(0x1D434 + i) for i in range(26)},
    **{chr(ord("a") + i): chr(0x1D44E + i) for i in range(26)},
    "h": "\u210e",
}
ITALIC_GREEK = {
    **{chr(0x391 + i): chr(0x1D6E2 + i) for i in range(25)},
    **{chr(0x3B1 + i): chr(0x1D6FC + i) for i in range(25)},
    **dict(zip("∂ϵϑϰϕϱϖ", (chr(0x1D715 + i) for i in range(7)), strict=True)),
}
ITALIC = {**ITALIC_LATIN, **ITALIC_GREEK}
"""What a browser shows for an `<mi>` of a single letter (MathML Core, math-auto)."""
ALWAYS = frozenset(" 0123456789()[]{}|+-−=,./∎→←↑↓×")

UNSEEN = frozenset("\u00a0\u2061\u2062\u2063\u2064")
"""Blanks and operators that formulas hold unseen; for one that lacks all the font is fetched."""


def wanted(written: Iterable[str]) -> frozenset[str]:
    """The characters with their italic forms, and those that stand on every page."""
    shown = set(written) | ALWAYS
    shown |= {ITALIC[character] for character in shown if character in ITALIC}
    return frozenset(c for c in shown if c.isprintable() or c in UNSEEN)


def subset(font: bytes, shown: frozenset[str]) -> bytes:
    """WOFF2 of these characters: a function of its input, down to the byte.

    Characters that the font lacks are left out; glyph variants and assemblies of those that
    stretch are kept.
    """
    # fontTools costs a quarter of a second, which a build that finds its subset need not pay.
    from fontTools import subset as tools
    from fontTools.ttLib import TTFont

    options = tools.Options(
        flavor="woff2",
        layout_features=["*"],
        notdef_outline=True,
        hinting=False,
        recalc_timestamp=False,
    )
    source = TTFont(io.BytesIO(font), recalcTimestamp=False)
    cutter = tools.Subsetter(options)
    cutter.populate(unicodes=sorted(map(ord, shown)))
    cutter.subset(source)
    source.flavor = "woff2"
    out = io.BytesIO()
    source.save(out)
    return out.getvalue()


def characters(font: bytes) -> frozenset[str]:
    """What a font can show."""
    from fontTools.ttLib import TTFont

    return frozenset(map(chr, TTFont(io.BytesIO(font)).getBestCmap()))


def unicode_range(shown: Iterable[str]) -> str:
    """The CSS value: runs of code points as `U+41-5A, U+3B1`."""
    return ", ".join(_runs(sorted(map(ord, shown))))


def _runs(points: list[int]) -> Iterator[str]:
    for _, group in groupby(enumerate(points), key=lambda pair: pair[1] - pair[0]):
        run = [point for _, point in group]
        yield f"U+{run[0]:X}" if len(run) == 1 else f"U+{run[0]:X}-{run[-1]:X}"
