import builtins
import decimal
import math
import random
import sys
import warnings

import numpy as np
import pytest
from conceptbook_kit import judge as judge_module
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
        ("(i for i in range(3))", "no sequence of numbers"),
    ],
)
def test_what_is_no_curve(declare, value, fault):
    outcome = run(f"x = [1]\ny = {value}", declare(), {})
    assert fault in outcome.array_faults["y"] and "y" not in outcome.arrays


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


STATE = {
    "np.seterr(all='raise')": lambda: np.geterr(),
    "np.set_printoptions(precision=2)": lambda: str(np.get_printoptions()),
    "np.random.seed(3)": lambda: np.random.get_state()[1].tolist(),
    "random.seed(3)": lambda: random.getstate(),
    "warnings.simplefilter('error')": lambda: list(warnings.filters),
    "sys.setrecursionlimit(500)": sys.getrecursionlimit,
    "sys.stdout = sys.stderr = None": lambda: (sys.stdout, sys.stderr),
    "sys.stdin = None": lambda: sys.stdin,
    "sys.path.append('/x')": lambda: list(sys.path),
    "sys.path = []": lambda: (sys.path, list(sys.path)),
    "sys.argv = []": lambda: list(sys.argv),
    "sys.modules.pop('decimal')": lambda: sys.modules["decimal"],
    "sys.modules['decimal'] = 3": lambda: sys.modules["decimal"],
    "sys.modules['new'] = 3": lambda: "new" in sys.modules,
    "sys.modules = {}": lambda: (id(sys.modules), "json" in sys.modules),
    "import wave": lambda: "wave" in sys.modules,
    "decimal.getcontext().prec = 50": lambda: decimal.getcontext().prec,
    "warnings.showwarning = None": lambda: warnings.showwarning,
    "sys.excepthook = None": lambda: sys.excepthook,
}


@pytest.mark.parametrize("change", STATE)
@pytest.mark.parametrize("then", ["", "\n1 / 0"])
def test_state_is_restored(declare, change, then):
    before = STATE[change]()
    imports = "import sys, random, warnings, decimal, json\nimport numpy as np\n"
    outcome = run(f"{imports}{change}{then}", declare(), {})
    assert STATE[change]() == before
    assert (outcome.error is None) == (then == "")


TAMPERING = {
    "np.mean = len": ("numpy.mean", lambda: np.mean),
    "np.linalg.solve = None": ("numpy.linalg.solve", lambda: np.linalg.solve),
    "np.random.RandomState = None": ("numpy.random.RandomState", lambda: np.random.RandomState),
    "np.added = 3": ("numpy.added", lambda: hasattr(np, "added")),
    "del np.sum": ("numpy.sum", lambda: np.sum),
    "np.poly1d.__call__ = None": ("numpy.poly1d.__call__", lambda: np.poly1d.__call__),
    "np.polynomial.polynomial.polyx[0] = 9": (
        "numpy.polynomial.polynomial.polyx",
        lambda: np.polynomial.polynomial.polyx.tolist(),
    ),
    "np.mean._implementation.__code__ = (lambda *a, **k: 0).__code__": (
        "numpy._core.fromnumeric.mean",
        lambda: float(np.mean([1.0, 3.0])),
    ),
    "builtins.abs = lambda v: 0": ("builtins.abs", lambda: builtins.abs),
    "builtins.isinstance = None": ("builtins.isinstance", lambda: builtins.isinstance),
    "del builtins.BaseException; 1 / 0": ("builtins.BaseException", lambda: BaseException),
    "builtins.len = builtins.list = builtins.id = builtins.map = None": (
        "builtins.len",
        lambda: (builtins.len, builtins.list, builtins.id, builtins.map),
    ),
    "builtins.float = lambda v: 0.0": ("builtins.float", lambda: builtins.float),
    "math.isfinite = lambda v: True": ("math.isfinite", lambda: math.isfinite),
    "random.Random.random = None": ("random.Random.random", lambda: random.Random.random),
    "sys.modules['numpy'] = None": ("sys.modules['numpy']", lambda: sys.modules["numpy"]),
    "import conceptbook_kit.judge as j; j.judge = None": (
        "conceptbook_kit.judge.judge",
        lambda: judge_module.judge,
    ),
    "import conceptbook_kit.judge as j; j.judge.__code__ = (lambda *a, **k: {}).__code__": (
        "conceptbook_kit.judge.judge",
        lambda: judge_module.judge.__code__,
    ),
    "import conceptbook_kit.guard as g; g._latest[:] = []; np.e = 3": ("numpy.e", lambda: np.e),
}


@pytest.mark.parametrize("change", TAMPERING)
def test_tampering_is_found_named_and_undone(declare, change):
    name, look = TAMPERING[change]
    before = look()
    imports = "import sys, math, random, builtins\nimport numpy as np\n"
    outcome = run(f"{imports}{change}", declare(), {})
    assert look() == before
    assert name in outcome.tampered
    assert outcome.error["kind"] == "exception" and name.split("[")[0] in outcome.error["message"]
    assert run(DATA, declare(), {}).error is None


def test_tampering_while_the_curves_are_taken_is_found(declare):
    code = """
import numpy as np
class Late:
    def __array__(self, *args, **kwargs):
        np.mean = None
        return np.ones(3)
class Dying:
    def __del__(self, np=np):
        np.sum = None
x = [1, 2, 3]
y = Late()
dying = Dying()
"""
    mean, total = np.mean, np.sum
    outcome = run(code, declare(), {})
    assert outcome.tampered == ["numpy.mean", "numpy.sum"]
    assert np.mean is mean and np.sum is total


def test_ordinary_programs_are_not_accused(declare):
    code = """
import numpy as np, decimal, statistics, warnings, random, fractions, collections, functools
from dataclasses import dataclass, field
from typing import Protocol, NamedTuple
np.testing.assert_allclose([1.0], [1.0])
np.ma.masked_array([1, 2], [0, 1]).mean()
np.polynomial.Polynomial([1, 2]).fit([1, 2, 3], [1, 2, 3], 1)
np.fft.fft([1, 2, 3]); np.linalg.svd(np.eye(3)); np.char.upper(['a']); np.rec.array([(1, 2)])
np.array([1.0]) / np.array([0.0])
np.seterr(all='ignore'); np.set_printoptions(precision=3); print(np.arange(3) / 7)
np.savetxt; np.finfo(float).eps; np.iinfo(int).max; np.einsum('i,i', [1, 2], [3, 4])
@np.vectorize
def f(v): return v + 1
f([1, 2])
@functools.singledispatch
def g(v): return v
@dataclass
class A(collections.abc.Sized):
    b: list = field(default_factory=list)
    def __len__(self): return 0
isinstance(A(), collections.abc.Sized)
x = y = [statistics.mean([1, 2]), decimal.Decimal(3), fractions.Fraction(1, 3)]
"""
    for _ in range(2):
        outcome = run(code, declare(), {})
        assert outcome.error is None and outcome.tampered == []


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
