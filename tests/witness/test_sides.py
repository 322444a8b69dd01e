import json
import math

import pytest
from click.testing import CliRunner
from conceptbook.cli import cli
from conceptbook.witness.report import to_json
from conceptbook.witness.row import Row
from conceptbook.witness.sides import beside
from conceptbook.witness.verify import VerifyReport


def point(x, y, asserted=4.0, allowed=0.5):
    return {"x": x, "y": y, "asserted": asserted, "allowed": allowed, "ok": True}


def row(place, *ys, curve="line"):
    points = [point(float(i), y) for i, y in enumerate(ys)]
    return Row("a/b", "w", place, {"state": "holds", "curves": [{"id": curve, "points": points}]})


BOTH = (row("native", 4.0, 4.1), row("browser", 4.25, 4.0))


def test_each_point_has_its_three_values_and_the_farther_counts():
    (sides,) = beside(BOTH)
    assert [(p.native, p.browser, p.asserted, p.share) for p in sides.points] == [
        (4.0, 4.25, 4.0, 0.5),
        (4.1, 4.0, 4.0, pytest.approx(0.2)),
    ]
    assert sides.worst.x == 0.0


def test_the_table_marks_the_worst_point():
    (sides,) = beside(BOTH)
    title, head, *lines = sides.lines()
    assert title == "a/b w, curve line"
    assert head.split("  ")[-1].strip() == "off by"
    assert [" ".join(line.split()) for line in lines] == [
        "0.0 4.0 4.25 4.0 0.5 0.5 of it, the worst",
        "1.0 4.1 4.0 4.0 0.5 0.2 of it",
    ]
    assert len({len(line) for line in (head, *lines)}) == 1, "the columns stand under each other"


def test_a_value_that_is_missing_is_worse_than_any():
    (sides,) = beside((row("native", 4.0, None), row("browser", 4.2, 4.0)))
    assert sides.worst.x == 1.0 and math.isinf(sides.worst.share)
    assert "more than it, the worst" in list(sides.lines())[-1]


def test_json_has_the_same_without_infinities():
    (sides,) = json.loads(to_json(VerifyReport(BOTH)))["sides"]
    assert sides["worst"] == {"x": 0.0, "share": 0.5}
    assert sides["points"][1]["native"] == 4.1
    missing = (row("native", None), row("browser", 4.0))
    assert json.loads(to_json(VerifyReport(missing)))["sides"][0]["worst"]["share"] is None


def test_one_place_has_nothing_beside_it():
    assert beside(BOTH[:1]) == []


def test_the_flag_wants_both_places():
    done = CliRunner().invoke(cli, ["verify", "--points"])
    assert done.exit_code == 2 and "--in native,browser" in done.output
