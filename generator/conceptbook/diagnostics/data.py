"""Diagnostics as data: the JSON of `check --format json`."""

from __future__ import annotations

from typing import Any

from .diagnostic import Diagnostic, Report, Severity, Span


def to_json(report: Report) -> dict[str, Any]:
    """The report as plain data (schema 1): counts, and each diagnostic with its places."""
    return {
        "schema": 1,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in report],
    }


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.rule.code,
        "name": diagnostic.rule.name,
        "severity": diagnostic.severity.value,
        **_place(diagnostic.span),
        "message": diagnostic.message,
        "hints": list(diagnostic.hints),
        "related": [{**_place(span), "message": note} for span, note in diagnostic.related],
    }


def _place(span: Span) -> dict[str, Any]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
