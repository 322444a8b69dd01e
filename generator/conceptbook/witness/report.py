"""What `verify` found, for people and for other programs."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from conceptbook_kit.judge import for_json
from rich.console import Console
from rich.text import Text

from .parity import Parity
from .row import LeftOut, Row
from .sides import beside
from .verify import VerifyReport

STYLES = {"holds": "green", "fails": "bold red", "error": "bold red", "stopped": "yellow"}
COUNTED = (
    ("tests", "testcase"),
    ("failures", "failure"),
    ("errors", "error"),
    ("skipped", "skipped"),
)
SHOWN = 3
"""Points of a curve that are worth a line each."""


def to_json(report: VerifyReport) -> str:
    """The whole report; a number that is not finite is null."""
    return json.dumps(for_json(report.to_json()), indent=2, ensure_ascii=False) + "\n"


def to_junit(report: VerifyReport) -> str:
    """JUnit XML: a suite for each concept, a case for each witness and place."""
    root = ElementTree.Element("testsuites", name="conceptbook verify")
    suites: dict[str, ElementTree.Element] = {}
    cases = [(row.concept, _case(row)) for row in report.rows]
    cases += [(one.concept, _skipped(one)) for one in report.left_out]
    for concept, case in cases:
        if concept not in suites:
            suites[concept] = ElementTree.SubElement(root, "testsuite", name=concept)
        suites[concept].append(case)
    for suite in suites.values():
        for name, tag in COUNTED:
            suite.set(name, str(sum(1 for _ in suite.iter(tag))))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def print_human(report: VerifyReport, console: Console, *, points: bool = False) -> None:
    """A line for each row, what is wrong with those that are not well, and what held the runs.

    With `points` also a table of each curve: native, browser and asserted side by side.
    """
    for row in report.rows:
        seconds = f"{row.verdict['duration_s']:.2f} s" if row.verdict else "no run"
        line = Text()
        line.append(f"{row.state:<9}", STYLES.get(row.state, ""))
        line.append(f" {row.concept} {row.witness}, {row.place}, {seconds}")
        if row.parity:
            line.append(f"; worst point {_share(row.parity)}")
        if row.agreement:
            line.append(f"; from native {_share(row.agreement)}")
        if row.wheels:
            names = ("-".join(name.split("-")[:2]) for name in row.wheels)
            line.append(f"; with {', '.join(names)}")
        console.print(line, soft_wrap=True)
        for fault in [] if row.ok else explain(row):
            console.print(Text(f"          {below(fault)}"), soft_wrap=True)
    for one in report.left_out:
        console.print(Text(f"not run   {one.concept} {one.witness}: {one.why}"), soft_wrap=True)
    for curve in beside(report.rows) if points else ():
        for text in curve.lines():
            console.print(Text(text), soft_wrap=True)
    guards = {row.guards for row in report.rows if row.place == "native"}
    for held in sorted(guards - {()}):
        console.print(f"native runs were limited by: {', '.join(held)}")
    console.print(f"{sum(row.ok for row in report.rows)} of {len(report.rows)} hold")


def below(message: str) -> str:
    """A program's message; its further lines are marked, so that none passes for one of ours."""
    return _printable(message).replace("\n", "\n          | ")


def explain(row: Row) -> list[str]:
    """What is wrong with a row, a line each: error, asserts, curves, points, shapes, faults."""
    lines = _explained(row.verdict) if row.verdict else []
    return [_printable(line) for line in (*lines, *row.complaints)]


def _explained(verdict: Mapping[str, Any]) -> list[str]:
    lines = []
    if error := verdict["error"]:
        lines.append(f"{_line(error)}{error['kind']}: {error['message']}")
    if verdict["asserts"]["ok"] is False:
        lines.append(f"{_line(verdict['asserts'])}assert failed: {verdict['asserts']['message']}")
    for curve in verdict["curves"]:
        if curve["ok"] is False:
            lines += _curve(curve)
    return lines


def _curve(curve: dict[str, Any]) -> list[str]:
    lines = [f"curve {curve['id']}: {curve.get('detail') or 'a shape does not hold'}"]
    bad = [point for point in curve["points"] if not point["ok"] and point["y"] is not None]
    lines += [
        f"  x = {p['x']:g}: {p['y']!r}, recorded {p['asserted']!r} ± {p['allowed']:.3g}"
        for p in bad[:SHOWN]
    ]
    lines += [f"  {s['kind']}: {s['detail']}" for s in curve["shapes"] if s["ok"] is not True]
    return lines


def _line(place: dict[str, Any]) -> str:
    return f"line {place['line']}: " if place.get("line") else ""


def _share(parity: Parity | None) -> str:
    if parity is None:
        return ""
    if math.isfinite(parity.share):
        share = f"{parity.share:.1g} of its tolerance"
    else:
        share = "nothing to compare"
    return f"{share} ({parity.curve})"


def _case(row: Row) -> ElementTree.Element:
    seconds = row.verdict["duration_s"] if row.verdict else 0.0
    case = ElementTree.Element(
        "testcase",
        classname=row.concept.replace("/", "."),
        name=f"{row.witness} ({row.place})",
        time=f"{seconds:.3f}",
    )
    if not row.ok:
        lines = explain(row)
        kind = "error" if row.state == "error" else "failure"
        message = lines[0] if lines else row.state
        ElementTree.SubElement(case, kind, message=message, type=row.state).text = "\n".join(lines)
    return case


def _skipped(one: LeftOut) -> ElementTree.Element:
    place = one.concept.replace("/", ".")
    case = ElementTree.Element("testcase", classname=place, name=one.witness, time="0.000")
    ElementTree.SubElement(case, "skipped", message=_printable(one.why))
    return case


def _printable(text: str) -> str:
    """Without control characters: XML cannot write them, and a terminal would obey them."""
    return "".join(
        c if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd" for c in text
    )
