import math
import sys

import pytest
from conceptbook_kit.console import LIMIT
from conceptbook_kit.declaration import Band, Control, Curve
from conceptbook_kit.outcome import Outcome
from conceptbook_kit.run import run

DATA = "n = 3\nx = [1, 2, 3]\ny = [n, 5.0, 6]\n"


def test_a_plain_run(declare):
    outcome = run(DATA + "print('hi')\nassert n == 3\n", declare(), {})
    assert outcome.error is None and outcome.tampered == []
    assert outcome.asserts == {"ok": True, "message": None, "line": None}
    assert outcome.arrays == {"x": [1.0, 2.0, 3.0], "y": [3.0, 5.0, 6.0]}
    assert outcome.scalars == {"n": 3}
    assert outcome.stdout == "hi\n" and outcome.duration_s > 0


def test_settings_are_clamped_and_put_into_the_source(declare):
    assert run(DATA, declare(), {"n": 4.4}).arrays["y"][0] == 4
    assert run(DATA, declare(), {"n": 100}).arrays["y"][0] == 9
    assert run(DATA, declare(), {"n": float("nan")}).arrays["y"][0] == 3


def test_a_control_at_its_default_leaves_edited_source_alone(declare):
    edited = DATA.replace("n = 3", "n = 7 if True else 0")
    assert run(edited, declare(), {"n": 3}).arrays["y"][0] == 7
    assert "cannot be set" in run(edited, declare(), {"n": 4}).error["message"]


@pytest.mark.parametrize(
    ("code", "kind", "line", "message"),
    [
        ("x = 1\ny = (\n", "syntax", 2, "SyntaxError"),
        ("import nothing_of_this_name", "import", 1, "nothing_of_this_name"),
        ("def f():\n    return 1 / 0\n\nf()", "exception", 2, "ZeroDivisionError"),
        ("import numpy as np\nnp.linalg.inv([[0.0]])", "exception", 2, "Singular"),
        ("import sys\nsys.exit(3)", "exception", 2, "SystemExit"),
        ("raise KeyboardInterrupt", "exception", 1, "KeyboardInterrupt"),
        ("def f(): return f()\nf()", "exception", 1, "RecursionError"),
        ("raise MemoryError", "memory", 1, "memory"),
        ("import numpy as np\nnp.ones(10**14)", "memory", 2, "allocate"),
        ("input()", "exception", 1, "EOFError"),
        ("class E(Exception):\n    def __str__(self): 1 / 0\nraise E", "exception", 3, "E: (its"),
        (
            "class E(Exception):\n    def __str__(self): raise SystemExit\nraise E",
            "exception",
            3,
            "E: (",
        ),
        ("exec('1 +')", "exception", 1, "SyntaxError"),
        ("x = '\\ud800'\nraise ValueError(x)", "exception", 2, "ValueError: ?"),
    ],
)
def test_errors_have_kind_line_and_message(declare, code, kind, line, message):
    outcome = run(code, declare(), {})
    assert (outcome.error["kind"], outcome.error["line"]) == (kind, line)
    assert message in outcome.error["message"]
    assert outcome.asserts["ok"] is None


def test_a_null_byte_is_a_syntax_error(declare):
    assert run("x = 1\0", declare(), {}).error["kind"] == "syntax"


def test_an_assert_is_no_error_and_what_came_before_is_kept(declare):
    outcome = run(DATA + "assert n > 3, 'too small'\n", declare(), {})
    assert outcome.error is None
    assert outcome.asserts == {"ok": False, "message": "too small", "line": 4}
    assert outcome.arrays["y"] == [3.0, 5.0, 6.0]
    assert run("assert 1 > 2", declare(), {}).asserts["message"] == "assert 1 > 2"


def test_curves_before_an_exception_are_kept(declare):
    outcome = run(DATA + "1 / 0", declare(), {})
    assert outcome.arrays["x"] == [1.0, 2.0, 3.0] and outcome.error["line"] == 4


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("[[1, 2], [3, 4]]", "2-dimensional"),
        ("3.0", "a single number"),
        ("['a']", "no sequence of numbers"),
        ("[[1], [1, 2]]", "no sequence of numbers"),
        ("[1 + 2j]", "complex"),
        ("range(30000)", "30000 points"),
        ("(i for i in range(3))", "no sequence of numbers but a generator"),
        ("[[1], [1, 2]]", "its items are sequences that differ in length"),
        ("['1', '2']", "it holds text"),
        ("[2.5, '1']", "it holds text"),
        ("np.array(['1', 2.0], object)", "it holds text"),
        ("[b'1']", "it holds bytes"),
        ("np.array(['2020-01-01'], 'datetime64[D]')", "it holds dates"),
        ("np.array([3], 'timedelta64[D]')", "it holds spans of time"),
        ("np.array([(1.0,)], [('a', float)])", "it holds records"),
        ("[None, 1]", "it holds a NoneType"),
        ("[10**400, 1]", "too large"),
    ],
)
def test_what_is_no_curve(declare, value, fault):
    outcome = run(f"import numpy as np\nx = [1]\ny = {value}", declare(), {})
    assert fault in outcome.array_faults["y"] and "y" not in outcome.arrays


def test_a_masked_value_is_missing(declare):
    code = "import numpy as np\nx = [1, 2]\ny = np.ma.masked_array([4, 5], [True, False])"
    masked, shown = run(code, declare(), {}).arrays["y"]
    assert math.isnan(masked) and shown == 5.0


def test_a_name_that_is_no_plain_text_is_not_taken(declare):
    code = "n = 3\nclass Name(str):\n    pass\nglobals()[Name('z')] = n\nx = y = [1, 2]\n"
    assert [type(name) for name in run(code, declare(), {}).scalars] == [str]


def test_a_missing_name_has_a_suggestion(declare):
    outcome = run("risks = [1]\nx = [1]", declare(Curve("c", "x", "risk", "C")), {})
    assert outcome.array_faults["risk"].endswith("did you mean 'risks'?")


def test_bands_and_lists_arrays_fractions_are_taken(declare):
    curve = Curve("c", "x", "y", "C", band=Band("low", "high"))
    code = (
        "import numpy as np\nfrom fractions import Fraction\n"
        "x = range(2)\ny = (Fraction(1, 2), 2)\nlow = np.zeros(2, np.float32)\nhigh = [True, 3]"
    )
    arrays = run(code, declare(curve), {}).arrays
    assert arrays == {"x": [0, 1], "y": [0.5, 2], "low": [0, 0], "high": [1, 3]}


def test_output_is_limited_and_passed_on(declare):
    seen = []
    outcome = run("for i in range(10**5): print('x' * 99)", declare(), {}, on_stdout=seen.append)
    assert len(outcome.stdout) == LIMIT and outcome.stdout_truncated
    assert "".join(seen) == outcome.stdout
    assert len(seen) < 400


def test_output_comes_line_by_line_and_standard_error_with_it(declare):
    seen = []
    code = (
        "import sys\nprint('a', 'b')\nprint('c', file=sys.stderr)\nsys.stdout.close()\nprint('d')"
    )
    run(code, declare(), {}, on_stdout=seen.append)
    assert seen == ["a b\n", "c\n", "d\n"]


def test_main_dataclasses_and_typing_work(declare):
    code = """
from __future__ import annotations
from dataclasses import dataclass
from typing import NamedTuple, get_type_hints

@dataclass
class Point:
    x: float

class Pair(NamedTuple):
    a: int

if __name__ == "__main__":
    x = y = [Point(1.0).x, Pair(2).a]
assert get_type_hints(Point) == {"x": float}
"""
    main = sys.modules["__main__"]
    outcome = run(code, declare(), {})
    assert outcome.error is None and outcome.arrays["x"] == [1, 2]
    assert sys.modules["__main__"] is main


def test_the_outcome_survives_json(declare):
    outcome = run("x = [1, 2]\ny = [float('nan'), 2]\nn = 3", declare(), {})
    data = outcome.to_json()
    assert data["arrays"]["y"] == [None, 2.0]
    again = Outcome.from_json(data)
    assert math.isnan(again.arrays["y"][0])
    assert again.to_json() == data


def test_settings_keep_type_choice_and_steps(declare):
    from conceptbook_kit.settings import settle

    controls = (
        Control("r", "r", 0.3, min=0, max=1, step=0.05),
        Control("mode", "mode", "a", choices=("a", "b")),
        Control("on", "on", True),
        Control("k", "k", 10, choices=(10, 20)),
    )
    given = {"r": 0.62, "mode": "c", "on": False, "k": 20, "unknown": 1}
    settled = settle(declare(controls=controls), given)
    assert settled == {"r": 0.6, "mode": "a", "on": False, "k": 20}
