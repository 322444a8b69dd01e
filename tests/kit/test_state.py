import colorsys  # noqa: F401 - a module that nobody watches
import decimal
import gc
import random
import sys
import warnings

import numpy as np
import pytest
from conceptbook_kit import guard
from conceptbook_kit.run import run

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
    "sys.modules.pop('colorsys')": lambda: sys.modules["colorsys"],
    "sys.modules['colorsys'] = 3": lambda: sys.modules["colorsys"],
    "sys.modules['new'] = 3": lambda: "new" in sys.modules,
    "sys.modules = {}": lambda: (id(sys.modules), "json" in sys.modules),
    "import wave": lambda: "wave" in sys.modules,
    "decimal.getcontext().prec = 50": lambda: decimal.getcontext().prec,
    "warnings.showwarning = None": lambda: warnings.showwarning,
    "sys.excepthook = None": lambda: sys.excepthook,
    "sys.unraisablehook = None": lambda: sys.unraisablehook,
    "gc.disable()": gc.isenabled,
    "gc.set_threshold(1)": gc.get_threshold,
    "gc.callbacks.append(print)": lambda: list(gc.callbacks),
    "np.random.set_bit_generator(np.random.PCG64(3))": lambda: (
        np.random.get_bit_generator(),
        np.random.get_state()[1].tolist(),
    ),
}


@pytest.mark.parametrize("change", STATE)
@pytest.mark.parametrize("then", ["", "\n1 / 0"])
def test_state_is_restored(declare, change, then):
    before = STATE[change]()
    imports = "import sys, random, warnings, decimal, gc, json\nimport numpy as np\n"
    outcome = run(f"{imports}{change}{then}", declare(), {})
    assert STATE[change]() == before
    assert (outcome.error is None) == (then == "")


def test_what_cannot_be_put_back_counts_as_tampering(declare, monkeypatch):
    def fails(state):
        raise ValueError("no such state")

    monkeypatch.setattr(random, "setstate", fails)
    monkeypatch.setattr(guard, "_latest", [])
    before = sys.stdout
    outcome = run("x = y = [1]", declare(), {})
    assert outcome.tampered == ["random"] and sys.stdout is before
    assert outcome.error["kind"] == "exception"
