"""Where an offset in a block's text stands in the source: markdown-it keeps only lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from markdown_it.token import Token

Place = Callable[[int], tuple[int, int]]
"""Offset in a block's content → 0-based line and column of the source."""


class Locator:
    """Finds the blocks of one source, asked for in the order of the tokens."""

    def __init__(self, source: str) -> None:
        self.lines = source.split("\n")
        self._cell_end = (-1, 0)

    def paragraph(self, token: Token) -> Place:
        """A content line is its source line's end: quote marks and indents stand before it."""
        first = token.map[0] if token.map else 0
        content, find = token.content.split("\n"), _finder(token.content)

        def place(offset: int) -> tuple[int, int]:
            line, column = find(offset)
            source = self._line(first + line).rstrip()
            return first + line, max(0, len(source) - len(content[line].rstrip()) + column)

        return place

    def heading(self, token: Token) -> Place:
        """An ATX heading's text, whose closing hashes were cut off."""
        line = token.map[0] if token.map else 0
        start = max(0, self._line(line).find(token.content))
        return lambda offset: (line, start + offset)

    def cell(self, token: Token) -> Place:
        """A table cell: the cells of a row follow each other; `|` in one is written `\\|`."""
        line = token.map[0] if token.map else 0
        written = token.content.replace("|", "\\|")
        begin = self._cell_end[1] if self._cell_end[0] == line else 0
        start = max(begin, self._line(line).find(written, begin))
        if written:
            self._cell_end = (line, start + len(written))
        return lambda offset: (line, start + offset + token.content.count("|", 0, offset))

    def formula(self, token: Token) -> Place:
        """A display formula, whose first line begins after the dollars."""
        first = token.map[0] if token.map else 0
        content, find = token.content.split("\n"), _finder(token.content)

        def place(offset: int) -> tuple[int, int]:
            line, column = find(offset)
            source = self._line(first + line)
            begin = source.find("$$") + 2 if line == 0 else 0
            return first + line, max(0, source.find(content[line], begin)) + column

        return place

    def start(self, line: int, text: str = "") -> tuple[int, int]:
        """The first place of a text in a line; without one, of the first letter."""
        source = self._line(line)
        column = source.find(text) if text else len(source) - len(source.lstrip())
        return line, max(0, column)

    def _line(self, line: int) -> str:
        return self.lines[line] if line < len(self.lines) else ""


def _finder(content: str) -> Callable[[int], tuple[int, int]]:
    """Offset in a text → its line and column there."""
    starts = [0, *(match.end() for match in re.finditer("\n", content))]

    def find(offset: int) -> tuple[int, int]:
        line = bisect_right(starts, offset) - 1
        return line, offset - starts[line]

    return find
