"""Links of the other notebook's pages: to what they mean here, else only their words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ...diagnostics import Report, Span
from ...diagnostics.catalogue import imports as rules
from .records import REFERENCE, program_id
from .words import outside

_LINK = re.compile(r"(!?)\[([^\]\[]*)\]\(\s*(?!https?:|mailto:)([^)\s]*)[^)]*\)")


@dataclass(frozen=True)
class Links:
    """`known` leads from the other notebook's slugs to ids here; `formulas` and `programs` are how
    many the page has."""

    known: Mapping[str, str]
    path: str
    report: Report
    formulas: int = 0
    programs: int = 0

    def in_line(self, number: int, line: str) -> str:
        return outside(
            line, lambda words: _LINK.sub(lambda m: self._written(number, line, m), words)
        )

    def _written(self, number: int, line: str, match: re.Match[str]) -> str:
        picture, words, target = match.groups()
        column = line.find(match[0]) + 1
        span = Span(self.path, number, column, number, column + len(match[0]))
        if picture:
            message = f'the picture "{target}" is left out: the format has no folder of pictures'
            self.report.add(rules.NOT_CARRIED_OVER.at(span, message, "put it into figures/"))
            return words
        slug = target.partition("#")[0].rstrip("/").rpartition("/")[2]
        if slug in self.known:
            return f"[{words}](concept:{self.known[slug]})"
        reference = REFERENCE.fullmatch(target)
        if reference and reference["kind"]:
            number, formula = int(reference["number"]), reference["kind"] == "math-object"
            if number <= (self.formulas if formula else self.programs):
                key = f"equation:eq-{number}" if formula else f"witness:{program_id(number - 1)}"
                return f"[{words}]({key})"
        message = f'the link to "{target}" is left out, its words stay'
        self.report.add(rules.UNRESOLVED_REFERENCE.at(span, message))
        return words
