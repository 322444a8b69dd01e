"""Diagnostics as SARIF 2.1.0, within what GitHub's code scanning takes.

GitHub keeps 5,000 results of a run; the gravest come first, and what was cut is said in a
notification of the run. It takes texts of 1,024 characters. Lengths and columns are counted in
UTF-16 code units, as `columnKind` says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..diagnostics import Diagnostic, Report, Rule, Severity, Span
from ..diagnostics.human import Lines

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MAX_RESULTS = 5_000
MAX_TEXT = 1_024
MAX_RELATED = 99
"""GitHub shows 100 locations of a result."""
FINGERPRINT = "conceptbook/v1"
GRAVEST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def to_sarif(report: Report, lines: Lines, *, prefix: str = "") -> dict[str, Any]:
    """The log: one run.

    `lines` gives a file's text for columns and fingerprints; `prefix` is the path from the
    repository's root to the notebook's, "" or "docs/notebook/".
    """
    every = sorted(report, key=lambda d: GRAVEST.index(d.severity))
    kept = sorted(every[:MAX_RESULTS], key=lambda d: (d.span, d.rule.code, d.message))
    used = sorted({diagnostic.rule.code: diagnostic.rule for diagnostic in kept}.items())
    index = {code: position for position, (code, _) in enumerate(used)}
    seen: dict[str, int] = {}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "conceptbook",
                "version": __version__,
                "rules": [_rule(rule) for _, rule in used],
            }
        },
        "columnKind": "utf16CodeUnits",
        "results": [_result(d, index, lines, prefix, seen) for d in kept],
    }
    if len(every) > MAX_RESULTS:
        run["invocations"] = [_cut(every[MAX_RESULTS:])]
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _clipped(rule.what)},
        "fullDescription": {"text": _clipped(f"{rule.what} {rule.why}")},
        "help": {"text": rule.fix},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _result(
    diagnostic: Diagnostic,
    index: dict[str, int],
    lines: Lines,
    prefix: str,
    seen: dict[str, int],
) -> dict[str, Any]:
    rule = diagnostic.rule
    text = ". ".join([diagnostic.message, *diagnostic.hints])
    result = {
        "ruleId": rule.code,
        "ruleIndex": index[rule.code],
        "level": diagnostic.severity.value,
        "message": {"text": _clipped(text)},
        "locations": [{"physicalLocation": _place(diagnostic.span, lines, prefix)}],
        "partialFingerprints": {FINGERPRINT: _fingerprint(diagnostic, lines, seen)},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _place(span, lines, prefix),
                "message": {"text": _clipped(note)},
            }
            for number, (span, note) in enumerate(diagnostic.related[:MAX_RELATED], 1)
        ]
    return result


def _place(span: Span, lines: Lines, prefix: str) -> dict[str, Any]:
    text = lines(span.path)
    return {
        "artifactLocation": {"uri": quote(prefix + span.path)},
        "region": {
            "startLine": span.line,
            "startColumn": _utf16(text, span.line, span.column),
            "endLine": span.end_line,
            "endColumn": _utf16(text, span.end_line, span.end_column),
        },
    }


def _utf16(text: list[str], line: int, column: int) -> int:
    """A column counted in characters, in UTF-16 code units."""
    before = text[line - 1][: column - 1] if 0 < line <= len(text) else ""
    return column + sum(char > "\uffff" for char in before)


def _clipped(text: str) -> str:
    """At most 1,024 UTF-16 code units, no character cut in two."""
    units = text.encode("utf-16-le", errors="replace")
    if len(units) <= 2 * MAX_TEXT:
        return text
    return units[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", errors="ignore") + "…"


def _fingerprint(diagnostic: Diagnostic, lines: Lines, seen: dict[str, int]) -> str:
    """Stays when lines above move; tells equal findings of one file apart by their order."""
    text, span = lines(diagnostic.span.path), diagnostic.span
    line = text[span.line - 1].strip() if 0 < span.line <= len(text) else ""
    what = json.dumps([diagnostic.rule.code, span.path, line, diagnostic.message])
    digest = hashlib.sha256(what.encode()).hexdigest()[:32]
    seen[digest] = seen.get(digest, 0) + 1
    return f"{digest}:{seen[digest]}"


def _cut(left_out: Iterable[Diagnostic]) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for diagnostic in left_out:
        counts[diagnostic.rule.code] = counts.get(diagnostic.rule.code, 0) + 1
    said = ", ".join(f"{code}: {count}" for code, count in sorted(counts.items()))
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": [
            {
                "level": "warning",
                "message": {
                    "text": f"{sum(counts.values())} results of less weight were left out, "
                    f"since {MAX_RESULTS} are kept ({said})"
                },
            }
        ],
    }
