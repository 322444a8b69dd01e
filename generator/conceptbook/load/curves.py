"""curves/<curve>.csv and curves/record.json: what `record` wrote, read strictly."""

from __future__ import annotations

import json
import math
from typing import Any

from conceptbook_kit.declaration import Asserted

from ..diagnostics import Diagnostic, Span
from ..diagnostics.catalogue import files as rules

COLUMNS = ("x", "y", "rtol", "atol")
HEADERS = {
    ("x", "y"),
    ("x", "y", "rtol"),
    ("x", "y", "atol"),
    ("x", "y", "rtol", "atol"),
}
MOST_FAULTS = 5
"""Faults of one file that are worth reading."""
RECORD = "`conceptbook record` writes this file; run it again"
LINE_ENDS = "save it with LF; in git, the line `*.csv eol=lf` in .gitattributes keeps it so"


def read_curve(text: str, path: str) -> tuple[Asserted | None, list[Diagnostic]]:
    """The recorded curve; None, and the places, where the file is not as `record` writes it."""
    if "\r" in text:
        return None, [rules.BAD_CSV.at(Span(path), "lines end with CR LF, not LF", LINE_ENDS)]
    lines = text.split("\n")
    header = tuple(lines[0].split(","))
    if header not in HEADERS:
        shown = lines[0] if len(lines[0]) <= 40 else f"{lines[0][:40]}…"
        message = f'the header is "{shown}", not x,y[,rtol][,atol]'
        return None, [_fault(path, 1, 1, message, len(lines[0]))]
    if lines[-1]:
        return None, [_fault(path, len(lines), len(lines[-1]) + 1, "the last line has no end")]
    faults: list[Diagnostic] = []
    rows = []
    for number, line in enumerate(lines[1:-1], 2):
        row = _row(line, len(header), number, path)
        if isinstance(row, Diagnostic):
            faults.append(row)
        else:
            rows.append(row)
    if not faults and not rows:
        faults.append(_fault(path, 1, 1, "holds no point", len(lines[0])))
    if faults:
        return None, faults[:MOST_FAULTS]
    columns = dict(zip(header, zip(*rows, strict=True), strict=True))
    return Asserted(**{name: columns.get(name) for name in COLUMNS}), []


def _row(line: str, width: int, number: int, path: str) -> list[float] | Diagnostic:
    if not line:
        return _fault(path, number, 1, "a blank line")
    cells = line.split(",")
    if len(cells) != width:
        message = f"{len(cells)} number{'s' * (len(cells) != 1)} where the header names {width}"
        return _fault(path, number, 1, message, len(line))
    values, column = [], 1
    for index, cell in enumerate(cells):
        value = _number(cell)
        if value is None:
            return _fault(path, number, column, _wrong(cell), len(cell))
        if index > 1 and value < 0:
            return _fault(path, number, column, "a tolerance below zero", len(cell))
        values.append(value)
        column += len(cell) + 1
    return values


def _number(cell: str) -> float | None:
    """The number that the text is the `repr` of."""
    try:
        value = float(cell)
    except ValueError:
        return None
    if not math.isfinite(value):
        return None
    exact = cell == repr(value) or (cell.lstrip("-").isdigit() and cell == str(int(cell)))
    return value if exact and cell.isascii() else None


def _wrong(cell: str) -> str:
    try:
        value = float(cell)
    except ValueError:
        return f'"{cell[:40]}" is no number'
    if not math.isfinite(value):
        return f'"{cell}" is not finite'
    return f'"{cell[:40]}" is not written as {value!r}'


def _fault(path: str, line: int, column: int, message: str, length: int = 1) -> Diagnostic:
    span = Span(path, line, column, line, column + max(1, length))
    return rules.BAD_CSV.at(span, message, RECORD)


def read_record(text: str, path: str) -> tuple[dict[str, Any], list[Diagnostic]]:
    """record.json; empty, with a fault, where it is not what `record` wrote."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        place = Span(path, error.lineno, error.colno)
        return {}, [rules.BAD_RECORD.at(place, f"is no JSON: {error.msg}", RECORD)]
    except (ValueError, RecursionError):
        return {}, [rules.BAD_RECORD.at(Span(path), "is no JSON that can be read", RECORD)]
    wrong = _wrong_record(data)
    if wrong:
        return {}, [rules.BAD_RECORD.at(Span(path), wrong, RECORD)]
    return data, []


def _wrong_record(data: Any) -> str | None:
    if not isinstance(data, dict) or data.get("schema") != 1:
        return "is not a record of schema 1"
    witnesses = data.get("witnesses")
    if not isinstance(witnesses, dict):
        return 'has no "witnesses"'
    for name, entry in witnesses.items():
        if not (isinstance(entry, dict) and isinstance(entry.get("digest"), str)):
            return f'the witness "{name}" has no digest'
        if not _is_verdict(entry.get("verdict")):
            return f'the witness "{name}" has no verdict that can be read'
        verdict = entry["verdict"]
        for curve in verdict["curves"]:
            if verdict["state"] == "holds" and not _is_whole(curve):
                return f'the curve "{curve["id"]}" has not as many x as y and points'
    return None


def _is_verdict(verdict: Any) -> bool:
    """The parts that pages and evidence rely on are there."""
    if not isinstance(verdict, dict):
        return False
    curves, asserts = verdict.get("curves"), verdict.get("asserts")
    return (
        isinstance(verdict.get("state"), str)
        and isinstance(curves, list)
        and all(isinstance(curve, dict) and {"id", "ok"} <= curve.keys() for curve in curves)
        and all(_are_points(curve.get("points", [])) for curve in curves)
        and isinstance(asserts, dict)
        and "ok" in asserts
    )


def _is_whole(curve: dict[str, Any]) -> bool:
    """As many x as y, and a point for each where it was judged by points."""
    x, y, points = curve.get("x", []), curve.get("y", []), curve.get("points", [])
    if not (isinstance(x, list) and isinstance(y, list)) or len(x) != len(y):
        return False
    return not points or not x or len(points) == len(x)


def _are_points(points: Any) -> bool:
    return isinstance(points, list) and all(
        isinstance(point, dict) and {"x", "asserted"} <= point.keys() for point in points
    )
