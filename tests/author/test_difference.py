from conceptbook.author.difference import CurveChange, Point, compared

ENTRY = {
    "x": [1.0, 2.0],
    "detail": "1 of 2 points are outside their tolerance",
    "points": [
        {"x": 1.0, "y": 2.0, "asserted": 2.0, "deviation": 0.0, "allowed": 1e-6, "ok": True},
        {"x": 2.0, "y": 4.5, "asserted": 4.0, "deviation": 0.5, "allowed": 1e-6, "ok": False},
    ],
}


def test_the_first_changed_points_are_shown():
    assert compared("line", ENTRY, recorded=True, kept=False).lines() == [
        "line: changed, 2 points; worst deviation 0.5 of 1e-06 allowed, at x = 2"
        " (1 of 2 points are outside their tolerance)",
        "  x = 2: 4.0 -> 4.5 (allowed ± 1e-06)",
    ]


def test_a_new_curve_has_nothing_to_compare():
    change = compared("line", ENTRY, recorded=False, kept=False)
    assert change == CurveChange("line", "new", 2)
    assert change.lines() == ["line: new, 2 points"]


def test_another_grid_shows_no_points():
    entry = {**ENTRY, "detail": "another x grid: 2 points, recorded are 3"}
    change = compared("line", entry, recorded=True, kept=False)
    assert change.worst is None
    assert change.first == ()


def test_the_worst_point_is_the_one_that_uses_most_of_its_tolerance():
    wide = {"x": 3.0, "y": 9.0, "asserted": 6.0, "deviation": 3.0, "allowed": 300.0, "ok": True}
    entry = {**ENTRY, "points": [wide, *ENTRY["points"]]}
    assert compared("line", entry, recorded=True, kept=False).worst.x == 2.0


def test_a_number_that_is_not_finite_is_the_worst():
    assert Point(1.0, 2.0, None, None, 1.0).share == float("inf")
    assert "not finite" in str(Point(1.0, 2.0, None, None, 1.0))


def test_no_tolerance_and_no_deviation_is_no_share():
    assert Point(1.0, 0.0, 0.0, 0.0, 0.0).share == 0.0
