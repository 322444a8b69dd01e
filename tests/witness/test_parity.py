import math
from dataclasses import replace

import pytest
from conceptbook.witness.parity import against_record, between, worst
from conceptbook_kit.declaration import Asserted

RECORD = {"line": Asserted((0.0, 1.0, 2.0), (1.0, 2.0, 4.0))}


def verdict(y, x=(0.0, 1.0, 2.0)):
    return {"curves": [{"id": "line", "x": list(x), "y": list(y)}]}


def test_equal_numbers_use_nothing_of_the_tolerance(declaration):
    [parity] = against_record(declaration, RECORD, verdict([1.0, 2.0, 4.0]))
    assert parity.ok
    assert (parity.share, parity.points) == (0.0, 3)


@pytest.mark.parametrize(("moved", "ok"), [(0.99, True), (1.01, False), (2.0, False)])
def test_the_tolerance_is_where_the_contract_has_it(declaration, moved, ok):
    allowed = 1e-9 * 4 + 1e-6 * 2
    [parity] = against_record(declaration, RECORD, verdict([1.0, 2.0 + moved * allowed, 4.0]))
    assert parity.ok is ok
    assert parity.share == pytest.approx(moved, rel=1e-6)
    assert parity.at == 1.0


def test_the_records_own_columns_come_first(declaration):
    record = {"line": replace(RECORD["line"], rtol=(0.0, 0.5, 0.0), atol=(0.0, 0.0, 0.25))}
    [parity] = against_record(declaration, record, verdict([1.0, 2.5, 4.125]))
    assert parity.share == pytest.approx(0.5)
    [parity] = against_record(declaration, record, verdict([1.0, 2.0, 4.25]))
    assert parity.share == 1.0 and parity.ok, "all that is allowed is allowed"


@pytest.mark.parametrize(
    "run",
    [
        verdict([1.0, None, 4.0]),
        verdict([1.0, math.nan, 4.0]),
        verdict([1.0, 2.0]),
        verdict([1.0, 2.0, 4.0], x=(0.0, 1.0, 2.1)),
        verdict([], x=()),
        {"curves": []},
    ],
    ids=["null", "nan", "short", "other-grid", "empty", "missing"],
)
def test_what_cannot_be_compared_is_not_equal(declaration, run):
    [parity] = against_record(declaration, RECORD, run)
    assert not parity.ok


def test_a_curve_without_record_is_not_equal(declaration):
    assert not worst(against_record(declaration, {}, verdict([1.0, 2.0, 4.0]))).ok


def test_a_curve_judged_by_its_shape_is_left_out(declaration):
    [plot] = declaration.plots
    curve = replace(plot.curves[0], judge="shapes")
    shapes = replace(declaration, plots=(replace(plot, curves=(curve,)),))
    assert worst(against_record(shapes, RECORD, verdict([9.0, 9.0, 9.0]))) is None


def test_two_runs_are_compared_within_the_records_tolerance(declaration):
    wide = {"line": replace(RECORD["line"], rtol=(0.1, 0.1, 0.1))}
    one, other = verdict([1.0, 2.0, 4.0]), verdict([1.05, 2.0, 4.0])
    assert between(declaration, wide, one, other)[0].share == pytest.approx(0.5)
    assert not between(declaration, RECORD, one, other)[0].ok
