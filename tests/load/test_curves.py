import json

import pytest
from conceptbook.load.curves import MOST_FAULTS, read_curve, read_record
from conceptbook_kit.declaration import Asserted


def test_columns():
    curve, faults = read_curve("x,y\n1,0.5\n-2.0,1e-06\n", "c.csv")
    assert not faults
    assert curve == Asserted((1.0, -2.0), (0.5, 1e-06))


def test_tolerances_of_points():
    curve, _ = read_curve("x,y,atol\n1.0,2.0,0.1\n", "c.csv")
    assert (curve.rtol, curve.atol) == (None, (0.1,))
    curve, _ = read_curve("x,y,rtol,atol\n1.0,2.0,0.0,0.1\n", "c.csv")
    assert (curve.rtol, curve.atol) == ((0.0,), (0.1,))


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ("x;y\n1;2\n", 1, 1),
        ("x,y,atol,rtol\n", 1, 1),
        ("x,y\n", 1, 1),
        ("x,y\n1.0,2.0", 2, 8),
        ("x,y\n1.0,2.0\n\n", 3, 1),
        ("x,y\n1.0,2.0,3.0\n", 2, 1),
        ("x,y\n1.0, 2.0\n", 2, 5),
        ("x,y\n1.0,inf\n", 2, 5),
        ("x,y\n1.0,1e-6\n", 2, 5),
        ("x,y\n01,2.0\n", 2, 1),
        ("x,y\n1_0,2.0\n", 2, 1),
        ("x,y\n١,2.0\n", 2, 1),
        ("x,y,rtol\n1.0,2.0,-0.1\n", 2, 9),
        ("x,y\r\n1.0,2.0\r\n", 1, 1),
    ],
)
def test_anything_else_has_a_place(text, line, column):
    curve, faults = read_curve(text, "c.csv")
    assert curve is None
    assert [(f.rule.code, f.span.line, f.span.column) for f in faults] == [("CB110", line, column)]


def test_a_long_file_of_faults_is_short():
    _, faults = read_curve("x,y\n" + "a,b\n" * 1000, "c.csv")
    assert len(faults) == MOST_FAULTS


@pytest.mark.parametrize(
    ("x", "y", "points"), [([1.0], [1.0, 2.0], []), ([1.0, 2.0], [1.0, 2.0], [1.0]), (1, [1], [])]
)
def test_a_record_with_numbers_missing_is_no_record(x, y, points):
    judged = [{"x": value, "asserted": value} for value in points]
    curve = {"id": "line", "ok": True, "x": x, "y": y, "points": judged}
    verdict = {"state": "holds", "curves": [curve], "asserts": {"ok": True}}
    record = {"schema": 1, "witnesses": {"w": {"digest": "sha256:0", "verdict": verdict}}}
    data, [fault] = read_record(json.dumps(record), "record.json")
    assert data == {} and fault.rule.code == "CB111"
    assert fault.message == 'the curve "line" has not as many x as y and points'
