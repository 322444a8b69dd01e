import gc
import json
import xml.etree.ElementTree as ET

import pytest
from conceptbook_kit.declaration import Asserted, Curve, Shape
from conceptbook_kit.judge import code_digest, judge
from conceptbook_kit.page import perform

CODE = "n = 3\nx = [1, 2, 3]\ny = [n, 5.0, 4]\nprint('out')\n"


@pytest.fixture
def answer(declare):
    declaration = declare(Curve("main", "x", "y", "Main", shapes=(Shape("peak", {"at": 2}),)))

    def ask(code=CODE, **more):
        seen = []
        request = {
            "code": code,
            "original_code_digest": code_digest(CODE),
            "declaration": declaration.to_json(),
            "asserted": {"main": Asserted((1.0, 2.0, 3.0), (3.0, 5.0, 4.0)).to_json()},
            "settings": {},
            "edited": False,
            "pyodide": "0.29.0",
            **more,
        }
        found = json.loads(perform(json.dumps(request), seen.append))
        for svg in found["plots"].values():
            ET.fromstring(svg)
        return found, seen

    return ask


def test_the_asserted_run(answer):
    found, seen = answer()
    assert found["verdict"]["state"] == "holds" and not found["fresh_runtime"]
    assert found["verdict"]["runtime"]["pyodide"] == "0.29.0"
    assert found["verdict"]["runtime"]["kind"] == "browser"
    assert found["verdict"]["code"] == code_digest(CODE)
    assert seen == ["out\n"]
    assert "peak at 2" in found["plots"]["stage"]
    assert "This run" in found["sentences"]["stage"]


def test_a_moved_control_explores_over_ghosts(answer):
    found, _ = answer(settings={"n": 7}, ghosts={"main": [{"x": [1, 2], "y": [1, None]}]})
    assert found["verdict"]["state"] == "exploring" and not found["fresh_runtime"]
    assert found["verdict"]["curves"][0]["y"][0] == 7
    assert "cb-ghost" in found["plots"]["stage"]
    assert "cb-broken" in found["plots"]["stage"]


def test_other_code_is_edited_whatever_the_page_says(answer):
    found, _ = answer(CODE.replace("5.0", "9.0"), edited=False)
    assert found["verdict"]["state"] == "exploring" and found["verdict"]["edited"]
    assert found["fresh_runtime"]


PATCHING = "import numpy as np\nnp.e = 3"


@pytest.mark.parametrize("bad", ["1 / 0", "y = [[1]]", "y = [float('nan')] * 3", PATCHING, "("])
def test_faulty_code_still_gives_a_verdict_and_pictures(answer, bad):
    found, _ = answer(CODE + bad)
    assert found["verdict"]["state"] in ("error", "exploring")
    assert "cb-asserted" in found["plots"]["stage"]
    assert found["fresh_runtime"]


def test_shapes_that_are_asked_get_their_answers_and_change_no_verdict(answer):
    peak = {"curve": "main", "kind": "peak", "args": {"at": "n", "within": 0}}
    rises = {"curve": "main", "kind": "increasing", "args": {}}
    lost = {"curve": "other", "kind": "increasing"}
    found, _ = answer(ask=[peak, rises, lost])
    assert [result["ok"] for result in found["asked"]] == [False, False, None]
    assert found["asked"][2]["detail"] == "the run left no curve 'other'"
    assert found["verdict"]["state"] == "holds"
    assert answer()[0]["asked"] == []


def test_a_run_that_failed_answers_nothing(answer):
    asked = {"curve": "main", "kind": "peak", "args": {"at": 2}}
    found, _ = answer(CODE + "1 / 0", ask=[asked])
    assert found["asked"][0]["ok"] is None
    assert "ZeroDivisionError" in found["asked"][0]["detail"]


def test_a_picture_says_where_its_values_stand(answer):
    found, _ = answer()
    svg = ET.fromstring(found["plots"]["stage"])
    kind, low, high, start, end = svg.get("data-x").split()
    assert kind == "linear" and (float(low), float(high)) == (1, 3)
    dots = [float(dot.get("cx")) for dot in svg.iter() if dot.tag.endswith("circle")]
    assert float(start) in dots and float(end) in dots
    assert svg.get("data-series") == "main"


FORGING = """
import sys
import numpy as np
class Forged:
    def __array__(self, *args, **kwargs):
        frame = sys._getframe()
        while frame:
            for value in list(frame.f_locals.values()):
                if type(value).__name__ == "Declaration":
                    object.__setattr__(value.curves[0], "atol", 1e9)
                    object.__setattr__(value.curves[0], "shapes", ())
            frame = frame.f_back
        return np.array([0.0, 0.0, 0.0])
y = Forged()
"""


def test_a_declaration_that_the_program_altered_is_not_what_it_is_judged_by(answer):
    code = CODE + FORGING
    found, _ = answer(code, original_code_digest=code_digest(code))
    assert found["verdict"]["state"] == "fails"


def test_what_a_program_leaves_behind_does_not_wake_while_it_is_judged(answer, monkeypatch):
    def patient(*rest, **more):
        assert not gc.isenabled()
        return judge(*rest, **more)

    monkeypatch.setattr("conceptbook_kit.page.judge", patient)
    monkeypatch.setattr("conceptbook_kit.guard._latest", [])
    found, _ = answer(CODE + "import gc\ngc.enable()\n")
    assert found["verdict"]["state"] == "exploring" and gc.isenabled()


def test_what_escapes_a_run_is_an_error_and_no_traceback(answer, monkeypatch):
    def escape(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("conceptbook_kit.page.run", escape)
    monkeypatch.setattr("conceptbook_kit.guard._latest", [])
    found, _ = answer()
    assert found["verdict"]["state"] == "error" and found["fresh_runtime"]
    error = {"kind": "exception", "message": "the run could not be judged", "line": None}
    assert found["verdict"]["error"] == error


SPOILING = {
    "import warnings; warnings.catch_warnings = None": "warnings.catch_warnings",
    "import copy; copy.deepcopy = lambda x: 7": "copy.deepcopy",
}


@pytest.mark.parametrize("change", SPOILING)
def test_a_program_that_spoils_a_module_fails_alone(answer, change):
    found, _ = answer(f"{CODE}{change}\n", settings={"n": 7})
    assert SPOILING[change] in found["verdict"]["error"]["message"] and found["fresh_runtime"]
    assert answer()[0]["verdict"]["state"] == "holds"
    assert answer(settings={"n": 7})[0]["verdict"]["state"] == "exploring"
