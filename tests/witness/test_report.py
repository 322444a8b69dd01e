import io
import json
import math
import re
from xml.etree import ElementTree

import pytest
from conceptbook.witness.parity import Parity
from conceptbook.witness.report import below, explain, print_human, to_json, to_junit
from conceptbook.witness.row import LeftOut, Row
from conceptbook.witness.verify import VerifyReport
from rich.console import Console


def verdict(state="holds", **changes):
    return {
        "state": state,
        "error": None,
        "asserts": {"ok": True, "message": None, "line": None},
        "curves": [],
        "duration_s": 0.25,
        **changes,
    }


POINT = {"x": 2.0, "y": 4.5, "asserted": 4.0, "deviation": 0.5, "allowed": 1e-6, "ok": False}
CURVE = {
    "id": "line",
    "ok": False,
    "detail": "1 of 3 points are outside their tolerance",
    "points": [POINT],
    "shapes": [
        {"kind": "peak", "ok": False, "detail": "the largest value, 6, lies at x = 3"},
        {"kind": "above", "ok": True, "detail": "above 0 by 2 or more"},
    ],
}
HOLDS = Row(
    "a/one", "w", "native", verdict(), ("memory", "audit"), parity=Parity("line", 3, 0.5, 1)
)
FAILS = Row("a/one", "w", "browser", verdict("fails", curves=[CURVE]))
ERROR = Row(
    "b/two",
    "v",
    "native",
    verdict("error", error={"kind": "exception", "message": "no \x1b[31m", "line": 7}),
    parity=Parity("line", 0, math.inf, None),
)
REPORT = VerifyReport((HOLDS, FAILS, ERROR))


def human(report):
    console = Console(file=io.StringIO(), width=120, color_system=None)
    print_human(report, console)
    return console.file.getvalue()


def test_a_row_that_fails_says_where():
    assert explain(FAILS) == [
        "curve line: 1 of 3 points are outside their tolerance",
        "  x = 2: 4.5, recorded 4.0 ± 1e-06",
        "  peak: the largest value, 6, lies at x = 3",
    ]


def test_an_error_names_its_line():
    assert explain(ERROR) == ["line 7: exception: no \ufffd[31m"]


def test_a_failed_assert_names_its_line():
    asserts = {"ok": False, "message": "y[0] == 2", "line": 6}
    row = Row("a/one", "w", "native", verdict("fails", asserts=asserts))
    assert explain(row) == ["line 6: assert failed: y[0] == 2"]


def test_no_verdict_is_explained_by_its_faults():
    assert explain(Row("a/one", "w", "browser", None, faults=("no page",))) == ["no page"]


def test_people_see_a_line_a_row_and_the_reasons_below():
    text = human(REPORT)
    assert "worst point 0.5 of its tolerance (line)" in text
    assert "nothing to compare (line)" in text
    assert "limited by: memory, audit" in text
    assert re.search(r"fails +a/one w, browser, [^\n]*\n +curve line:", text)
    assert text.endswith("1 of 3 hold\n")


def test_terminal_codes_of_a_program_do_not_reach_the_terminal():
    assert "\x1b" not in human(REPORT)


def test_further_lines_of_a_message_are_marked_as_such():
    said = below("expected 3\n::error::a runner would obey\x1b[2J")
    assert said.splitlines()[1:] == ["          | ::error::a runner would obey\ufffd[2J"]


def test_junit_counts_and_explains():
    root = ElementTree.fromstring(to_junit(REPORT))
    one, two = root.findall("testsuite")
    assert (one.get("tests"), one.get("failures"), one.get("errors")) == ("2", "1", "0")
    assert (two.get("tests"), two.get("failures"), two.get("errors")) == ("1", "0", "1")
    failure = one.find("testcase/failure")
    assert "recorded 4.0" in failure.text
    assert two.find("testcase/error").get("message") == "line 7: exception: no \ufffd[31m"


@pytest.mark.parametrize("report", [REPORT, VerifyReport(())], ids=["rows", "none"])
def test_json_is_strict(report):
    data = json.loads(to_json(report), parse_constant=pytest.fail)
    assert len(data["rows"]) == len(report.rows)


def test_a_program_that_is_never_run_is_skipped_and_not_lost():
    left = LeftOut("demo/doubling", "network", "It needs torch.")
    report = VerifyReport(REPORT.rows, (left,))
    assert "not run   demo/doubling network: It needs torch." in human(report)
    root = ElementTree.fromstring(to_junit(report))
    [skipped] = root.iter("skipped")
    assert skipped.get("message") == "It needs torch."
    assert sum(int(suite.get("skipped")) for suite in root) == 1
