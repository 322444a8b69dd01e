import json
import math

import pytest
from conceptbook_kit.declaration import Asserted, Band, Curve, Shape
from conceptbook_kit.judge import allowed, asserted_atol, asserted_setting, code_digest, judge
from conceptbook_kit.outcome import Outcome

KEYS = set(
    """schema concept witness state ok error code runtime controls asserted_setting edited curves
    asserts stdout stdout_truncated duration_s""".split()
)
RECORD = Asserted((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))


def outcome(x=(1.0, 2.0, 3.0), y=(4.0, 5.0, 6.0), ok=True, **rest):
    asserts = {"ok": ok, "message": None, "line": None}
    return Outcome(asserts=asserts, arrays={"x": list(x), "y": list(y)}, **rest)


@pytest.fixture
def verdict(declare):
    def make(result, *curves, record=RECORD, settings=None, edited=False):
        found = judge(
            declare(*curves),
            {"main": record} if record else {},
            result,
            settings=settings or {},
            edited=edited,
            code_digest="sha256:0",
            runtime={"kind": "native", "python": "3", "numpy": "2", "pyodide": None},
        )
        assert found.keys() == KEYS
        json.dumps(found, allow_nan=False)
        return found

    return make


def shaped(*shapes, **more):
    return Curve("main", "x", "y", "Main", shapes=shapes, **more)


def summary(found):
    return found["state"], found["ok"], found["curves"][0]["ok"]


def test_holds(verdict):
    found = verdict(outcome())
    assert summary(found) == ("holds", True, True)
    assert found["curves"][0]["points"][0] == {
        "x": 1.0, "y": 4.0, "asserted": 4.0, "deviation": 0.0,
        "allowed": pytest.approx(4e-6 + 6e-9), "ok": True,
    }  # fmt: skip
    assert found["controls"] == {"n": 3}


def test_a_point_on_the_edge_holds_and_beyond_it_fails(verdict):
    reach = 5e-6 + 6e-9
    assert verdict(outcome(y=(4, 5 + 0.99 * reach, 6)))["state"] == "holds"
    found = verdict(outcome(y=(4, 5 + 1.01 * reach, 6)))
    assert summary(found) == ("fails", False, False)
    assert [point["ok"] for point in found["curves"][0]["points"]] == [True, False, True]
    assert found["curves"][0]["detail"] == "1 of 3 points are outside their tolerance"


def test_tolerances_of_the_record_beat_the_declared():
    curve = Curve("main", "x", "y", "Main", rtol=0.1)
    assert asserted_atol(curve, RECORD) == pytest.approx(6e-9)
    assert allowed(curve, RECORD, 1) == pytest.approx(0.5 + 6e-9)
    columns = Asserted((1.0,), (4.0,), rtol=(0.5,), atol=(1.0,))
    assert allowed(curve, columns, 0) == 3.0
    assert allowed(Curve("main", "x", "y", "Main", atol=0.25), RECORD, 0) == 0.25 + 4e-6


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_not_finite_fails(verdict, bad):
    found = verdict(outcome(y=(4, bad, 6)))
    assert summary(found) == ("fails", False, False)
    point = found["curves"][0]["points"][1]
    assert (point["y"], point["deviation"], point["ok"]) == (None, None, False)
    assert found["curves"][0]["y"] == [4, None, 6]


@pytest.mark.parametrize(
    "x", [(1.0, 2.0), (1.0, 3.0, 2.0), (1.0, 2.0 * (1 + 3e-12), 3.0), (1.0, math.nan, 3.0)]
)
def test_another_grid_fails(verdict, x):
    found = verdict(outcome(x=x, y=(4.0, 5.0, 6.0)[: len(x)]))
    assert summary(found) == ("fails", False, False)
    assert "another x grid" in found["curves"][0]["detail"]
    assert not any(point["ok"] for point in found["curves"][0]["points"])


def test_rounding_of_the_grid_holds(verdict):
    assert verdict(outcome(x=(1.0, 2.0 * (1 + 5e-13), 3.0)))["state"] == "holds"
    zero = Asserted((-1.0, 0.0, 1.0), (4.0, 5.0, 6.0))
    assert verdict(outcome(x=(-1.0, 1e-17, 1.0)), record=zero)["state"] == "holds"


def test_a_curve_without_a_record_fails(verdict):
    found = verdict(outcome(), record=None)
    assert summary(found) == ("fails", False, False)
    assert "nothing is recorded" in found["curves"][0]["detail"]


def test_a_failed_assert_fails(verdict):
    found = verdict(outcome(ok=False))
    assert summary(found) == ("fails", False, True)


def test_an_assert_before_the_curve_is_no_curve_error(verdict):
    stopped = Outcome(asserts={"ok": False, "message": "m", "line": 1}, array_faults={"x": "no x"})
    found = verdict(stopped)
    assert summary(found) == ("fails", False, False)
    assert found["error"] is None and found["curves"][0]["detail"] == "no x"


@pytest.mark.parametrize("kind", ["exception", "timeout", "memory", "syntax", "import"])
def test_an_error_is_an_error_at_any_setting(verdict, kind):
    empty = Outcome.empty(kind, "why", 3)
    found = verdict(empty)
    assert summary(found) == ("error", False, False)
    assert found["error"] == {"kind": kind, "message": "why", "line": 3}
    assert verdict(empty, settings={"n": 5})["state"] == "error"
    assert verdict(empty, settings={"n": 5})["ok"] is None


def test_stopped_comes_before_everything(verdict):
    found = verdict(Outcome.empty("stopped", "stopped"))
    assert (found["state"], found["ok"]) == ("stopped", None)


def test_an_error_comes_before_a_failure_and_curves_are_still_judged(verdict):
    result = outcome(y=(4, 9, 6), ok=None)
    result.error = {"kind": "exception", "message": "late", "line": 9}
    found = verdict(result)
    assert summary(found) == ("error", False, False)
    assert [point["ok"] for point in found["curves"][0]["points"]] == [True, False, True]


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (Outcome(asserts={"ok": True}, arrays={"x": [1.0]}, array_faults={"y": "no y"}), "no y"),
        (outcome(y=(4.0, 5.0)), "y has 2 points, x has 3"),
    ],
)
@pytest.mark.parametrize("settings", [{}, {"n": 5}])
def test_a_curve_that_is_not_there_is_an_error(verdict, result, message, settings):
    found = verdict(result, settings=settings)
    assert found["state"] == "error"
    assert found["error"] == {"kind": "curve", "message": f"curve main: {message}", "line": None}


def test_a_band_must_be_there_too(verdict):
    curve = Curve("main", "x", "y", "Main", band=Band("low", "high"))
    result = outcome(array_faults={"low": "no low"})
    assert verdict(result, curve)["error"]["message"] == "curve main: no low"


@pytest.mark.parametrize("where", [{"settings": {"n": 5}}, {"edited": True}])
def test_elsewhere_nothing_is_judged_but_shapes_are_shown(verdict, where):
    curve = shaped(Shape("increasing"), Shape("peak", {"at": 17}))
    found = verdict(outcome(y=(9, 1, 3), ok=False), curve, **where)
    assert summary(found) == ("exploring", None, None)
    assert found["curves"][0]["points"] == []
    assert [shape["ok"] for shape in found["curves"][0]["shapes"]] == [False, None]
    assert found["edited"] is where.get("edited", False)
    assert found["asserted_setting"] is ("settings" not in where)


def test_points_and_shapes_both_decide(verdict):
    assert summary(verdict(outcome(), shaped(Shape("increasing")))) == ("holds", True, True)
    assert summary(verdict(outcome(), shaped(Shape("decreasing")))) == ("fails", False, False)


def test_with_judge_shapes_only_the_shapes_decide(verdict):
    curve = shaped(Shape("increasing"), judge="shapes")
    found = verdict(outcome(y=(1, 2, 3)), curve)
    assert summary(found) == ("holds", True, True)
    assert found["curves"][0]["points"] == []
    assert summary(verdict(outcome(y=(3, 2, 1)), curve)) == ("fails", False, False)


def test_a_shape_that_cannot_be_judged_is_an_error(verdict):
    found = verdict(outcome(), shaped(Shape("peak", {"at": "n_trian"})))
    assert found["state"] == "error" and found["error"]["kind"] == "curve"
    assert "peak" in found["error"]["message"] and "n_trian" in found["error"]["message"]


def test_the_asserted_setting(declare):
    assert asserted_setting(declare(), {})
    assert asserted_setting(declare(), {"n": 3.0})
    assert not asserted_setting(declare(), {"n": 4})


def test_the_digest_knows_no_line_ends_and_no_trailing_blanks():
    assert code_digest("a = 1\nb = 2\n") == code_digest("a = 1  \r\nb = 2\r\n\r\n")
    assert code_digest("a = 1") != code_digest("a = 2")
    assert code_digest("x").startswith("sha256:") and len(code_digest("x")) == 71


@pytest.mark.parametrize("points", [(), (1,)])
def test_a_curve_that_is_too_short_has_another_grid_and_no_senseless_shape(verdict, points):
    curve = Curve("main", "x", "y", "Main", shapes=(Shape("increasing", {}),))
    found = verdict(outcome(x=points, y=points), curve)
    message = f"curve main: another x grid: {len(points)} points, recorded are 3"
    assert found["state"] == "error" and found["error"]["message"] == message
