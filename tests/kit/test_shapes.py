import math

import pytest
from conceptbook_kit.declaration import Shape
from conceptbook_kit.shapes import hold, names

X = [0, 1, 2, 4, 8, 16]
PEAK = [1.0, 2.0, 3.0, 9.0, 4.0, 2.0]
FALL = [32.0, 16.0, 8.0, 4.0, 2.0, 1.0]  # 16 / x but for x = 0
CURVES = {
    "fall": (X, FALL),
    "near": (X, [y * (1 + 5e-7) for y in PEAK]),
    "half": ([4, 8], [8.0, 5.0]),
    "elsewhere": ([100, 200], [1, 2]),
    "broken": (X, [math.nan] * 6),
}
SCALARS = {"n_train": 4, "level": 2.5, "endless": math.inf}

CASES = [
    # shape, y, whether it holds (None: it cannot be judged)
    (("peak", {"at": 4}), PEAK, True),
    (("peak", {"at": "n_train"}), PEAK, True),
    (("peak", {"at": 2}), PEAK, True),  # one grid step
    (("peak", {"at": 1}), PEAK, False),
    (("peak", {"at": 2, "within": 1}), PEAK, False),
    (("peak", {"at": 2, "within": 2}), PEAK, True),
    (("peak", {"at": [3, 5]}), PEAK, True),
    (("peak", {"at": [5, 9]}), PEAK, False),
    (("peak", {"at": 4, "times": 2}), PEAK, True),
    (("peak", {"at": 4, "times": 2.5}), PEAK, False),
    (("peak", {"at": 4}), [1, 2, 9, 9, 1, 1], False),
    (("peak", {"at": 0}), FALL, False),
    (("peak", {"at": 4, "to": 4}), PEAK, False),
    (("peak", {"at": 3}), PEAK, None),
    (("peak", {"at": "n"}), PEAK, None),
    (("peak", {"at": "endless"}), PEAK, None),
    (("peak", {}), PEAK, None),
    (("peak", {"at": [5, 3]}), PEAK, None),
    (("valley", {"at": 4}), [-y for y in PEAK], True),
    (("valley", {"at": 4}), PEAK, False),
    (("valley", {"at": 4, "times": 2}), [1 / y for y in PEAK], True),
    (("valley", {"at": 4, "times": 3}), [1 / y for y in PEAK], False),
    (("valley", {"at": 4, "times": 3}), [-y for y in PEAK], None),
    (("increasing", {"from": 0, "to": 4}), PEAK, True),
    (("increasing", {}), PEAK, False),
    (("increasing", {"from": 2, "to": 4}), PEAK, True),  # two points are enough
    (("increasing", {"from": 9, "to": 17}), PEAK, None),
    (("increasing", {}), [1, 2, 2, 3, 4, 5], False),
    (("increasing", {"slack": 0.01}), [1, 2, 1.99, 3, 4, 5], True),
    (("increasing", {"slack": 0.001}), [1, 2, 1.99, 3, 4, 5], False),
    (("decreasing", {}), FALL, True),
    (("decreasing", {"from": "n_train"}), PEAK, True),
    (("decreasing", {}), PEAK, False),
    (("above", {"value": 0.5}), PEAK, True),
    (("above", {"value": 1.0}), PEAK, False),
    (("above", {"value": 0.5, "by": 0.6}), PEAK, False),
    (("above", {"curve": "half"}), PEAK, False),
    (("above", {"curve": "half", "to": 4}), PEAK, True),
    (("above", {"curve": "elsewhere"}), PEAK, None),
    (("above", {"curve": "none"}), PEAK, None),
    (("above", {"curve": "broken"}), PEAK, False),
    (("above", {}), PEAK, None),
    (("below", {"value": 9.5}), PEAK, True),
    (("below", {"value": 9}), PEAK, False),
    (("below", {"curve": "fall", "to": 2, "by": 4.9}), PEAK, True),
    (("below", {"curve": "fall", "to": 2, "by": 5}), PEAK, False),
    (("within", {"low": 1, "high": 9}), PEAK, True),
    (("within", {"low": 1, "high": 8.9}), PEAK, False),
    (("within", {"low": 1}), PEAK, None),
    (("ratio", {"x1": 4, "x2": 8, "at_least": 2}), PEAK, True),
    (("ratio", {"x1": 4, "x2": 8, "at_least": 2.25, "at_most": 2.25}), PEAK, True),  # 9 / 4
    (("ratio", {"x1": 4, "x2": 8, "at_most": 2}), PEAK, False),
    (("ratio", {"x1": 4, "x2": 8}), PEAK, None),
    (("ratio", {"x1": 4, "x2": 3, "at_most": 2}), PEAK, None),
    (("ratio", {"x1": 4, "x2": 8, "at_most": 2}), [0] * 6, None),
    (("slope", {"axes": "loglog", "low": -1.01, "high": -0.99, "from": 1}), FALL, True),
    (("slope", {"axes": "loglog", "low": -0.99, "high": 0, "from": 1}), FALL, False),
    (("slope", {"low": -0.01, "high": 0.01}), [3] * 6, True),
    (("slope", {"axes": "semilogy", "low": -9, "high": 9}), [0] * 6, None),
    (("slope", {"axes": "loglog", "low": -9, "high": 9}), FALL, None),  # x = 0
    (("slope", {"axes": "polar", "low": -9, "high": 9}), FALL, None),
    (("converges", {"to": 0, "within": 4, "from": 4}), FALL, True),
    (("converges", {"to": 0, "within": 3, "from": 4}), FALL, False),
    (("converges", {"to": 0, "within": 3}), FALL, None),
    (("equal", {"curve": "near"}), PEAK, True),
    (("equal", {"curve": "near", "rtol": 1e-8}), PEAK, False),
    (("equal", {"curve": "near", "rtol": 0, "atol": 1e-4}), PEAK, True),
    (("equal", {"curve": "fall"}), PEAK, False),
    (("crosses", {"level": "level", "at": [1, 2]}), PEAK, True),
    (("crosses", {"level": "level", "at": [2, 4]}), PEAK, False),
    (("crosses", {"level": 2.5, "at": 1.4, "within": 0.05}), PEAK, False),
    (("crosses", {"level": 2.5, "at": 1.4, "within": 0.2}), PEAK, True),
    (("crosses", {"level": 2.5, "at": [8, 16], "direction": "down"}), PEAK, True),
    (("crosses", {"level": 2.5, "at": [8, 16], "direction": "up"}), PEAK, False),
    (("crosses", {"level": 2.0, "at": [1, 1]}), PEAK, True),  # through a point on the level
    (("crosses", {"level": 20, "at": [0, 16]}), PEAK, False),
    (("crosses", {"level": 2, "at": [0, 16], "direction": "left"}), PEAK, None),
    (("slope", {"low": -1, "high": 1}), [1e308, -1e308] * 3, False),
    (("wobbles", {}), PEAK, None),
    (("increasing", {}), [1, 2, math.nan, 4, 5, 6], False),
    (("increasing", {"from": "none"}), PEAK, None),
    (("increasing", {"from": True}), PEAK, None),
]


@pytest.mark.parametrize(("shape", "y", "ok"), CASES)
def test_shape(shape, y, ok):
    result = hold(Shape(*shape), X, y, CURVES, SCALARS)
    assert result.ok is ok, result.detail
    assert result.detail


def test_times_of_negative_values_cannot_be_judged():
    result = hold(Shape("peak", {"at": 2, "times": 2}), [1, 2, 3], [-2, -1, -2], {}, {})
    assert (result.ok, result.detail) == (None, "times compares positive values only")


def test_by_how_much_an_extreme_stands_out_is_said():
    peak = hold(Shape("peak", {"at": 2, "times": 2}), [1, 2, 3], [1, 4, 2], {}, {})
    assert peak.detail.endswith("2 times over its neighbours")
    valley = hold(Shape("valley", {"at": 2, "times": 2}), [1, 2, 3], [9, 3, 6], {}, {})
    assert valley.detail.endswith("2 times under its neighbours")


def test_a_power_law_has_its_exponent_as_slope():
    x = [1.0, 2.0, 4.0, 8.0]
    shape = Shape("slope", {"axes": "loglog", "low": -0.5001, "high": -0.4999})
    assert hold(shape, x, [v**-0.5 for v in x], {}, {}).ok
    decade = Shape("slope", {"axes": "semilogx", "low": 0.999, "high": 1.001})
    assert hold(decade, x, [math.log10(v) for v in x], {}, {}).ok


def test_names_are_resolved_and_told():
    shape = Shape("crosses", {"level": "level", "at": ["n_train", 8], "direction": "up"})
    assert names(shape) == {"level", "n_train"}
    assert hold(shape, X, PEAK, {}, SCALARS).args["at"] == [4, 8]


def test_an_unsorted_grid_is_judged_by_rising_x():
    order = [3, 0, 5, 1, 4, 2]
    x, y = [X[i] for i in order], [FALL[i] for i in order]
    assert hold(Shape("decreasing", {}), x, y, {}, {}).ok
