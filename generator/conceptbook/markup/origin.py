"""Origin: where a text stands in its file, so that a place in the text is a place in the file."""

from __future__ import annotations

from dataclasses import dataclass

from ..diagnostics import Span


@dataclass(frozen=True)
class Origin:
    """The place of a text's first character (1-based).

    `indent` columns were cut from every further line (literal blocks of YAML). Where `exact` is
    false (folded or escaped values) every span is the place of the first character.
    """

    path: str
    line: int = 1
    column: int = 1
    indent: int = 0
    exact: bool = True

    def span(self, line: int, column: int, length: int = 1) -> Span:
        """The span of `length` characters at a 0-based line and column of the text."""
        if not self.exact:
            return Span(self.path, self.line, self.column)
        first = self.line + line
        start = column + (self.indent + 1 if line else self.column)
        return Span(self.path, first, start, first, start + max(1, length))
