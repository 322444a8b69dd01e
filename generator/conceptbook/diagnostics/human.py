"""Diagnostics as people read them: excerpt, caret and hints; or one line each."""

from __future__ import annotations

import re
from collections.abc import Callable

from rich.console import Console
from rich.text import Text

from .diagnostic import Diagnostic, Report, Severity, Span

STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.NOTE: "bold cyan",
}
COLUMNS, BEFORE = 120, 40
"""Of a long line so many columns are shown, so many of them before the fault."""
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
Lines = Callable[[str], list[str]]
"""Path → the lines of that file (an empty list where it cannot be read)."""


def print_human(report: Report, lines: Lines, console: Console) -> None:
    """Every diagnostic with its excerpt, then a line that counts them."""
    for diagnostic in report:
        console.print(full(diagnostic, lines), soft_wrap=True)
        console.print()
    console.print(summary(report), soft_wrap=True)


def full(diagnostic: Diagnostic, lines: Lines) -> Text:
    """A diagnostic with an excerpt of its line, a caret and the hints."""
    span, style = diagnostic.span, STYLES[diagnostic.severity]
    gutter = len(str(span.line))
    text = Text()
    text.append(f"{diagnostic.severity.value}[{diagnostic.rule.name}]", style)
    text.append(f" {diagnostic.rule.code}: {one_line(diagnostic.message)}\n", "bold")
    text.append(f"{' ' * gutter}--> ", "blue")
    text.append(one_line(str(span)))
    excerpt = lines(span.path)
    if 0 < span.line <= len(excerpt) and (line := excerpt[span.line - 1]).strip():
        text.append(f"\n{' ' * gutter} |\n{span.line} | ", "blue")
        shown, caret = _clipped(_printable(line), *_marked(span, line))
        text.append(shown)
        text.append(f"\n{' ' * gutter} | ", "blue")
        text.append(caret, style)
    for place, note in diagnostic.related:
        text.append(f"\n{' ' * gutter} = ", "blue")
        text.append(one_line(f"{place}: {note}"))
    for hint in diagnostic.hints:
        text.append(f"\n{' ' * gutter} = ", "blue")
        text.append("hint: ", "bold")
        text.append(one_line(hint))
    return text


def short(diagnostic: Diagnostic) -> str:
    """One line, as compilers print it."""
    kind = f"{diagnostic.severity.value}[{diagnostic.rule.name}] {diagnostic.rule.code}"
    return one_line(f"{diagnostic.span}: {kind}: {diagnostic.message}")


def summary(report: Report) -> str:
    """ "2 errors, 1 warning"."""
    counts = [(report.count(Severity.ERROR), "error"), (report.count(Severity.WARNING), "warning")]
    words = [f"{n} {noun}{'s' if n != 1 else ''}" for n, noun in counts if n]
    return ", ".join(words) if words else "no faults found"


def one_line(text: str) -> str:
    """The text with line ends and other control characters written out.

    Names and values are a stranger's: none may pass for a line of its own, which a terminal or a
    runner of workflows would obey.
    """
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), encodable(text))


def encodable(text: str) -> str:
    """The text without lone surrogates, which no output can carry."""
    return LONE_SURROGATE.sub("\ufffd", text)


def _marked(span: Span, line: str) -> tuple[int, int]:
    """Where in the line the span begins, from 0, and how many columns it has."""
    end = span.end_column if span.end_line == span.line else len(line) + 1
    return span.column - 1, max(1, min(end, len(line) + 1) - span.column)


def _clipped(line: str, start: int, width: int) -> tuple[str, str]:
    """The line and its caret; of a long line, what stands around the caret."""
    first = max(0, min(start - BEFORE, len(line) - COLUMNS))
    piece = line[first : first + COLUMNS]
    if first:
        piece = f"…{piece[1:]}"
    if first + COLUMNS < len(line):
        piece = f"{piece[:-1]}…"
    return piece, " " * (start - first) + "^" * max(1, min(width, len(piece) - (start - first)))


def _printable(line: str) -> str:
    """The line with control characters shown as a replacement, so that columns still match."""
    return "".join(
        char if char.isprintable() else ("\ufffd" if char != "\t" else " ") for char in line
    )
