"""Source code → coloured HTML with Pygments' classes, the text kept to the letter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from itertools import groupby

LONGEST = 100_000
"""Characters of code that are coloured; longer code stays plain."""
PLAIN = {"w", "n", "p", "o"}
"""Blanks, names, punctuation and operators: most of a listing, in the colour of the text."""


@lru_cache(maxsize=256)
def highlight(code: str, language: str = "python") -> str:
    """The code as `<span class="k">…</span>` pieces, without a block around them.

    A language that Pygments does not know stays plain.
    """
    if not language or len(code) > LONGEST:
        return escape(code, quote=False)
    pieces = []
    for name, group in groupby(_pieces(code, language), key=lambda piece: piece[0]):
        text = escape("".join(text for _, text in group), quote=False)
        pieces.append(f'<span class="{name}">{text}</span>' if name else text)
    return "".join(pieces)


def _pieces(code: str, language: str) -> Iterator[tuple[str, str]]:
    """(class, text) of each token."""
    from pygments.lexers import get_lexer_by_name
    from pygments.token import STANDARD_TYPES
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        yield "", code
        return
    # get_tokens() would strip blank lines and change line ends.
    for _, kind, text in lexer.get_tokens_unprocessed(code):
        while kind not in STANDARD_TYPES:
            kind = kind.parent
        name = STANDARD_TYPES[kind]
        yield ("" if name in PLAIN else name), text
