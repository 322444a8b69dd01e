"""Where a text value stands: its characters in the file, through folding and quoting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import yaml as pyyaml

from ..diagnostics import Span
from ..markup import Origin

ESCAPES = {
    "'": re.compile("''"),
    '"': re.compile(r"\\(?:x..|u.{4}|U.{8}|.|$)"),
}


class Piece(NamedTuple):
    """A run of characters that the text and one line of the file share."""

    text_line: int
    text_column: int
    line: int
    column: int
    length: int


@dataclass(frozen=True)
class FoldedOrigin(Origin):
    """The origin of a text whose lines YAML joined, or whose escapes it resolved."""

    pieces: tuple[Piece, ...] = ()

    def span(self, line: int, column: int, length: int = 1) -> Span:
        before = [piece for piece in self.pieces if piece[:2] <= (line, column)]
        if not before:
            return Span(self.path, self.line, self.column)
        piece = before[-1]
        offset = column - piece.text_column if line == piece.text_line else 0
        offset = min(offset, piece.length - 1)
        first = piece.column + offset
        end = max(first + 1, min(first + length, piece.column + piece.length))
        return Span(self.path, piece.line, first, piece.line, end)


def origin(event: pyyaml.ScalarEvent, lines: list[str], path: str) -> Origin:
    """The origin of a scalar of a file."""
    line, column = event.start_mark.line, event.start_mark.column
    last, end = event.end_mark.line, event.end_mark.column
    if event.style in ("|", ">"):
        raw = lines[line + 1 : last + bool(end)]
        indent = _indent(raw) - _indent(event.value.split("\n"))
        if event.style == "|":
            return Origin(path, line + 2, indent + 1, indent=indent)
        starts = [(line + 1 + index, 0, text) for index, text in enumerate(raw)]
        return _folded(event.value, starts, path, (line + 2, indent + 1))
    escape = ESCAPES.get(event.style)
    quoted = escape is not None
    begin, stop = column + quoted, end - quoted
    if line == last:
        raw_text = lines[line][begin:stop] if line < len(lines) else ""
        if raw_text == event.value:
            return Origin(path, line + 1, begin + 1)
        return _folded(event.value, [(line, begin, raw_text)], path, (line + 1, begin + 1), escape)
    starts = [(line, begin, lines[line][begin:])]
    starts += [(number, 0, lines[number]) for number in range(line + 1, min(last, len(lines)))]
    starts += [(last, 0, lines[last][:stop])] if last < len(lines) else []
    return _folded(event.value, starts, path, (line + 1, begin + 1), escape)


def _runs(
    raw: list[tuple[int, int, str]], escape: re.Pattern[str] | None
) -> Iterator[tuple[int, int, str]]:
    for number, begin, text in raw:
        start = 0
        for match in escape.finditer(text) if escape else ():
            yield number, begin + start, text[start : match.start()]
            start = match.end()
        yield number, begin + start, text[start:]


def _indent(lines: list[str]) -> int:
    first = next((text for text in lines if text.strip()), "")
    return len(first) - len(first.lstrip(" "))


def _folded(
    value: str,
    raw: list[tuple[int, int, str]],
    path: str,
    first: tuple[int, int],
    escape: re.Pattern[str] | None = None,
) -> FoldedOrigin:
    """Each raw line (number, column of its beginning, text) found again in the value, in runs
    between escapes."""
    pieces, cursor = [], 0
    for number, begin, text in _runs(raw, escape):
        part = text.strip()
        at = value.find(part, cursor) if part else -1
        if at < 0:
            continue
        cursor = at + len(part)
        column = begin + len(text) - len(text.lstrip()) + 1
        text_line = value.count("\n", 0, at)
        text_column = at - (value.rfind("\n", 0, at) + 1)
        pieces.append(Piece(text_line, text_column, number + 1, column, len(part)))
    return FoldedOrigin(path, *first, exact=False, pieces=tuple(pieces))
