"""Diagnostics as GitHub's workflow commands: one line each, shown beside the line of the file."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Report, Severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def annotations(report: Report, *, prefix: str = "") -> Iterator[str]:
    """`::error file=…,line=…,col=…,title=…::message`; `prefix` leads from the repository's root."""
    for diagnostic in report:
        yield annotation(diagnostic, prefix)


def annotation(diagnostic: Diagnostic, prefix: str = "") -> str:
    """One `::error file=…::message` line, as GitHub Actions reads them."""
    span = diagnostic.span
    fields = {
        "file": prefix + span.path,
        "line": str(span.line),
        "endLine": str(span.end_line),
        "col": str(span.column),
        "endColumn": str(max(span.end_column - 1, 1)),
        "title": f"{diagnostic.rule.code} {diagnostic.rule.name}",
    }
    # GitHub takes columns only within one line.
    if span.end_line != span.line:
        del fields["col"], fields["endColumn"]
    message = "\n".join([diagnostic.message, *(f"hint: {hint}" for hint in diagnostic.hints)])
    inner = ",".join(f"{name}={_property(value)}" for name, value in fields.items())
    return f"::{COMMANDS[diagnostic.severity]} {inner}::{_data(message)}"


def _data(value: str) -> str:
    """Escaped as the runner reads a command's message."""
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
