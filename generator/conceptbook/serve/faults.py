"""Diagnostics as an open page shows them, each with a link that opens its file at the line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..diagnostics import Diagnostic, Report
from ..diagnostics.human import encodable
from ..load import LoadedNotebook

EDITORS = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "none": "",
}
"""By name; any other editor that knows an address is given by its pattern."""
MOST = 100
"""A page shows so many; the terminal shows them all."""


def pattern_of(editor: str) -> str | None:
    """The pattern of an address in the editor; None where it can be none."""
    if editor in EDITORS:
        return EDITORS[editor]
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", editor)
    if scheme is None or scheme[1] in {"javascript", "data"} or "{path}" not in editor:
        return None
    return editor


def shown(
    report: Report, root: Path, notebook: LoadedNotebook | None, pattern: str
) -> list[dict[str, Any]]:
    """The worst first."""
    order = ["error", "warning", "note"]
    worst = sorted(report, key=lambda fault: order.index(fault.severity.value))
    return [_entry(fault, root, notebook, pattern) for fault in worst[:MOST]]


def lack(words: str) -> list[dict[str, Any]]:
    """What stands in the way of a build apart from the author files."""
    return [{"severity": "error", "place": "", "message": words, "hints": []}]


def _entry(
    fault: Diagnostic, root: Path, notebook: LoadedNotebook | None, pattern: str
) -> dict[str, Any]:
    span = fault.span
    lines = notebook.lines(span.path) if notebook else []
    return {
        "severity": fault.severity.value,
        "code": fault.rule.code,
        "name": fault.rule.name,
        "place": encodable(str(span)),
        "message": encodable(fault.message),
        "hints": [encodable(hint) for hint in fault.hints],
        "excerpt": encodable(lines[span.line - 1]) if 0 < span.line <= len(lines) else "",
        "editor": _address(pattern, root / span.path, span.line, span.column),
    }


def _address(pattern: str, path: Path, line: int, column: int) -> str:
    """On Windows a path begins with a slash here, too."""
    absolute = quote(f"/{path.absolute().as_posix().lstrip('/')}", errors="replace")
    values = {"path": absolute, "line": str(line), "column": str(column)}
    return re.sub(r"\{(path|line|column)\}", lambda match: values[match[1]], pattern)
