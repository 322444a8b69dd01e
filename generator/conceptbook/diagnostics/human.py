"""Diagnostics as people read them: excerpt, caret and hints; or one line each."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console
from rich.text import Text

from .diagnostic import Diagnostic, Report, Severity

STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.NOTE: "bold cyan",
}
Lines = Callable[[str], list[str]]
"""Path → the lines of that file (an empty list where it cannot be read)."""


def print_human(report: Report, lines: Lines, console: Console) -> None:
    """Every diagnostic with its excerpt, then a line that counts them."""
    for diagnostic in report:
        console.print(full(diagnostic, lines), soft_wrap=True)
        console.print()
    console.print(summary(report), soft_wrap=True)


def full(diagnostic: Diagnostic, lines: Lines) -> Text:
    span, style = diagnostic.span, STYLES[diagnostic.severity]
    gutter = len(str(span.line))
    text = Text()
    text.append(f"{diagnostic.severity.value}[{diagnostic.rule.name}]", style)
    text.append(f" {diagnostic.rule.code}: {diagnostic.message}\n", "bold")
    text.append(f"{' ' * gutter}--> ", "blue")
    text.append(str(span))
    excerpt = lines(span.path)
    if 0 < span.line <= len(excerpt) and (line := excerpt[span.line - 1]).strip():
        text.append(f"\n{' ' * gutter} |\n{span.line} | ", "blue")
        text.append(_printable(line))
        text.append(f"\n{' ' * gutter} | ", "blue")
        text.append(_caret(diagnostic, line), style)
    for place, note in diagnostic.related:
        text.append(f"\n{' ' * gutter} = ", "blue")
        text.append(f"{place}: {note}")
    for hint in diagnostic.hints:
        text.append(f"\n{' ' * gutter} = ", "blue")
        text.append("hint: ", "bold")
        text.append(hint)
    return text


def short(diagnostic: Diagnostic) -> str:
    """One line, as compilers print it."""
    kind = f"{diagnostic.severity.value}[{diagnostic.rule.name}] {diagnostic.rule.code}"
    return f"{diagnostic.span}: {kind}: {diagnostic.message}"


def summary(report: Report) -> str:
    counts = [(report.count(Severity.ERROR), "error"), (report.count(Severity.WARNING), "warning")]
    words = [f"{n} {noun}{'s' if n != 1 else ''}" for n, noun in counts if n]
    return ", ".join(words) if words else "no faults found"


def _caret(diagnostic: Diagnostic, line: str) -> str:
    span = diagnostic.span
    end = span.end_column if span.end_line == span.line else len(line) + 1
    width = max(1, min(end, len(line) + 1) - span.column)
    return " " * (span.column - 1) + "^" * width


def _printable(line: str) -> str:
    """The line with control characters shown as a replacement, so that columns still match."""
    return "".join(
        char if char.isprintable() else ("\ufffd" if char != "\t" else " ") for char in line
    )
