"""Span, Rule, Diagnostic and Report."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum


class Severity(Enum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, order=True)
class Span:
    """A region of a file of the notebook: 1-based lines and columns, the end exclusive.

    `path` is relative to the notebook's root, with forward slashes.
    """

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def __post_init__(self) -> None:
        if not self.end_line:
            object.__setattr__(self, "end_line", self.line)
            object.__setattr__(self, "end_column", self.column + 1)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Rule:
    """What a check looks for: a stable code, a kebab name and the text of its page in the docs."""

    code: str
    name: str
    severity: Severity
    what: str
    why: str
    fix: str

    def at(
        self,
        span: Span,
        message: str,
        *hints: str | None,
        related: Iterable[tuple[Span, str]] = (),
        severity: Severity | None = None,
    ) -> Diagnostic:
        """This rule broken at a place. Empty hints are left out."""
        return Diagnostic(
            rule=self,
            span=span,
            message=message,
            hints=tuple(hint for hint in hints if hint),
            related=tuple(related),
            severity=severity or self.severity,
        )


@dataclass(frozen=True)
class Diagnostic:
    """One fault of the notebook at one place."""

    rule: Rule
    span: Span
    message: str
    hints: tuple[str, ...] = ()
    related: tuple[tuple[Span, str], ...] = ()
    severity: Severity = Severity.ERROR


@dataclass
class Report:
    """The diagnostics that a stage collected."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.append(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics.extend(diagnostics)

    def __iter__(self) -> Iterator[Diagnostic]:
        """Each diagnostic once, in the order of files and lines."""
        unique = dict.fromkeys(self.diagnostics)
        return iter(sorted(unique, key=lambda d: (d.span, d.rule.code, d.message)))

    def __len__(self) -> int:
        return len(dict.fromkeys(self.diagnostics))

    def count(self, severity: Severity) -> int:
        return sum(diagnostic.severity is severity for diagnostic in self)

    @property
    def ok(self) -> bool:
        """True when nothing is an error."""
        return not self.count(Severity.ERROR)


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """The hint `did you mean "…"?` when one of the known names is close."""
    names = sorted(set(known))
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if not close:
        folded = {candidate.casefold(): candidate for candidate in names}
        close = [folded[name.casefold()]] if name.casefold() in folded else []
    return f'did you mean "{close[0]}"?' if close else None
