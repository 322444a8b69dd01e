"""What is shown of a run under way: the curves there are, seldom enough, never a verdict."""

import json
from xml.etree import ElementTree

import numpy
import pytest
from conceptbook_kit import glimpse, guard
from conceptbook_kit.declaration import Asserted
from conceptbook_kit.glimpse import Glimpses, so_far
from conceptbook_kit.judge import code_digest
from conceptbook_kit.page import perform

GROWING = "x, y = [], []\nfor i in (1, 2, 3):\n    x.append(i)\n    y.append(i * i)\n    print(i)\n"


@pytest.fixture
def eager(monkeypatch):
    """There is time for every glimpse; the guard takes the longer share for the module's own."""
    guard.watched()
    monkeypatch.setattr(glimpse, "SHARE", 1e9)
    monkeypatch.setattr(guard, "_latest", [])


def watch(declare, code):
    seen = []
    request = {
        "code": code,
        "original_code_digest": code_digest(code),
        "declaration": declare().to_json(),
        "asserted": {"main": Asserted((1.0, 2.0, 3.0), (1.0, 4.0, 9.0)).to_json()},
        "settings": {},
    }
    answer = json.loads(perform(json.dumps(request), None, lambda plots: seen.append(plots)))
    return answer["verdict"], [json.loads(plots)["stage"] for plots in seen]


def test_each_printed_line_shows_the_points_there_are(declare, eager):
    verdict, pictures = watch(declare, GROWING)
    assert verdict["state"] == "holds", verdict["error"]
    assert len(pictures) == 3
    for number, picture in enumerate(pictures, 1):
        root = ElementTree.fromstring(picture)
        groups = [g for g in root.iter() if "cb-provisional" in g.get("class", "")]
        assert sum(len(group.findall("{*}circle")) for group in groups) == number
        assert "cb-live" not in picture and "cb-shape" not in picture
        assert "so far" in picture


def test_curves_that_do_not_change_are_not_drawn_again(declare, eager):
    _, pictures = watch(declare, "x = y = [1, 4, 9]\nprint(1)\nprint(2)\nprint(3)\n")
    assert len(pictures) == 1


@pytest.mark.parametrize(
    "space",
    [
        {},
        {"x": [1, 2], "y": [1]},
        {"x": [], "y": []},
        {"x": [1], "y": ["a"]},
        {"x": [1], "y": 1},
        {"x": range(2), "y": [1, 2]},
        {"x": list(range(20_001)), "y": list(range(20_001))},
        {"x": numpy.ones((2, 2)), "y": [1, 2]},
    ],
)
def test_what_is_no_curve_yet_is_passed_over(declare, space):
    assert so_far(declare(), space) == {}


def test_no_code_of_the_program_is_run_by_a_look(declare):
    class Loud(list):
        def __len__(self):
            raise AssertionError("looked at")

    assert so_far(declare(), {"x": Loud([1]), "y": [1]}) == {}


def test_all_glimpses_together_stay_within_their_share(declare, monkeypatch):
    """By a clock of the test's own: a look costs 30 ms, a line comes every 10 ms."""
    now, space = [0.0], {"x": [0.0], "y": [0.0]}
    monkeypatch.setattr(glimpse, "perf_counter", lambda: now[0])
    looks = []

    def show(arrays):
        looks.append(now[0])
        now[0] += 0.03

    glimpses = Glimpses(declare(), space, show)
    for line in range(6000):
        now[0] += 0.01
        space["y"] = [float(line)]
        glimpses.look()
    assert len(looks) > 10
    assert 0.03 * len(looks) <= 0.02 * now[0]
    assert looks[0] > 1, "a short run has none"


def test_a_look_that_fails_changes_nothing_of_the_run(declare, eager, monkeypatch):
    def fail(*_):
        raise MemoryError

    monkeypatch.setattr("conceptbook_kit.page.stage.provisional", fail)
    monkeypatch.setattr("conceptbook_kit.guard._latest", [])  # this is no program's doing
    verdict, pictures = watch(declare, GROWING)
    assert verdict["state"] == "holds" and pictures == []
