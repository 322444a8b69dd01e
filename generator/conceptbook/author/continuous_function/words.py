"""The other notebook's prose as Markdown of this one: nothing becomes a citation by chance."""

from __future__ import annotations

import re
from collections.abc import Callable

_APART = re.compile(r"(`+[^`]*`+|\$[^$\s](?:[^$]*[^$\s])?\$)")
_MENTION = re.compile(r"(?<![\w\\@/])@(?=\w)")
ENDS = (".", ".”", '."', ".)")


def markdown(text: str) -> str:
    """The text with at signs that stay what they are."""
    return outside(text, lambda words: _MENTION.sub(r"\\@", words))


def line(text: str) -> str:
    """A text of a record, as one line."""
    return " ".join(markdown(text).split())


def sentence(text: str) -> str:
    """One line that ends with a full stop."""
    said = line(text)
    return said if said.endswith(ENDS) else f"{said.rstrip('!?;:,')}."


def outside(text: str, change: Callable[[str], str]) -> str:
    """A change of the words alone, not of code and formulas between them."""
    pieces = _APART.split(text)
    return "".join(piece if index % 2 else change(piece) for index, piece in enumerate(pieces))
