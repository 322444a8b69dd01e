import ast
import importlib

import pytest
from conceptbook_kit import source

FORMS = """α, n_train, (low, high) = 0.5, 80, (3, -2)
first = second = 4
rate: float = 1.0
names = ["a", "b"]
deep = on = True
"""


def run(code, settings):
    space = {}
    exec(source.replace(code, "w.py", settings), space)
    return {name: value for name, value in space.items() if not name.startswith("__")}


def test_controls_are_found_in_every_form_with_columns_in_characters():
    found = source.controls(source.parse(FORMS, "w.py"))
    places = {name: (c.value, c.line, c.column) for name, c in found.items()}
    assert places == {
        "α": (0.5, 1, 27),
        "n_train": (80, 1, 32),
        "low": (3, 1, 37),
        "high": (-2, 1, 40),
        "first": (4, 2, 18),
        "second": (4, 2, 18),
        "rate": (1.0, 3, 15),
        "names": (["a", "b"], 4, 9),
        "deep": (True, 5, 13),
        "on": (True, 5, 13),
    }


@pytest.mark.parametrize(
    "code",
    [
        "n = 3\nn = 4",
        "n = 3\nn += 1",
        "n = 3\nfor n in range(3): pass",
        "n = 3\ndef n(): pass",
        "n = 3\nimport numpy as n",
        "n = 3\nif True:\n    n = 2",
        "n = 3\ndef f():\n    global n\n    n = 2",
        "n = 3\n[n := i for i in range(3)]",
        "n = 3\ntry: 1/0\nexcept Exception as n: pass",
        "n = 3\ndel n",
    ],
)
def test_a_second_binding_is_no_control(code):
    tree = source.parse(code, "w.py")
    assert "n" not in source.controls(tree)
    assert len(source.rebinds(tree, "n")) == 1


@pytest.mark.parametrize(
    "code",
    ["n = 1 + f()", "*n, m = 1, 2", "n, m = pair", "f = lambda n=3: n", "m = [n for n in x]"],
)
def test_what_is_no_literal_is_no_control(code):
    assert "n" not in source.controls(source.parse(code, "w.py"))


def test_local_names_do_not_rebind():
    tree = source.parse("n = 3\ndef f(n):\n    n = 2\nx = [n for n in range(3)]", "w.py")
    assert source.rebinds(tree, "n") == []


def test_replace_reaches_every_form_and_nothing_else():
    new = {"α": 0.25, "n_train": 40, "high": 7, "second": 9, "rate": 2, "names": ["c"], "on": False}
    assert run(FORMS, new) == {
        "α": 0.25, "n_train": 40, "low": 3, "high": 7, "first": 4, "second": 9, "rate": 2.0,
        "names": ["c"], "deep": True, "on": False,
    }  # fmt: skip


def test_replace_keeps_the_type_of_the_literal():
    space = run("n = 80\nx = 1.0", {"n": 40.0, "x": 2})
    assert type(space["n"]) is int and type(space["x"]) is float
    with pytest.raises(ValueError, match="cannot stand"):
        source.replace("n = 80", "w.py", {"n": "many"})
    with pytest.raises(ValueError, match="cannot stand"):
        source.replace("n = 80", "w.py", {"n": float("nan")})


def test_replace_refuses_a_name_that_is_no_control():
    with pytest.raises(source.NotAControl, match="twice"):
        source.replace("twice = 1\ntwice = 2", "w.py", {"twice": 3})


def test_replace_keeps_line_numbers():
    code = "a = b = 1\n\nc = (\n    2\n)\n1 / 0\n"
    with pytest.raises(ZeroDivisionError) as raised:
        run(code, {"a": 5, "c": 12345})
    assert raised.value.__traceback__.tb_next.tb_next.tb_lineno == 6


def test_without_a_change_the_source_runs_as_it_is():
    compiled = source.replace("a = b = 1", "w.py", {"a": 1})
    assert compiled == compile("a = b = 1", "w.py", "exec")


def test_syntax_errors_pass_through():
    with pytest.raises(SyntaxError) as raised:
        source.parse("a = (", "w.py")
    assert raised.value.lineno == 1


def test_imports_at_any_depth():
    code = "import numpy as np, os\ndef f():\n    from ..x import y\n    import a.b\n"
    found = [tuple(item) for item in source.imports(source.parse(code, "w.py"))]
    assert found == [("numpy", 1, 1), ("os", 1, 1), ("..x", 3, 5), ("a.b", 4, 5)]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("import os", "forbidden-import"),
        ("from js import fetch", "forbidden-import"),
        ("import numpy.ctypeslib", "forbidden-import"),
        ("def f():\n    import torch.nn", "forbidden-import"),
        ("from . import x", "forbidden-import"),
        ("__import__('os')", "forbidden-call"),
        ("open('x')", "forbidden-call"),
        ("import time\ntime.sleep(1)", "clock"),
        ("from time import time", "clock"),
        ("from random import _os", "forbidden-import"),
        ("from typing import sys", "forbidden-import"),
        ("import numpy._core", "forbidden-import"),
        ("import random\nrandom._os", "forbidden-import"),
        ("import typing\ntyping.sys.exit()", "forbidden-import"),
        ("import collections as c\nc._sys.modules", "forbidden-import"),
        ("import textwrap\ntextwrap.re.enum.sys", "forbidden-import"),
        ("import numpy as np\nnp.ma.core.os", "forbidden-import"),
        ("import numpy as np\nnp.mean._implementation", "forbidden-import"),
        ("import math\nmath.__builtins__", "forbidden-call"),
        ("__builtins__", "forbidden-call"),
        ("globals()['__builtins__']", "forbidden-call"),
        ("getattr(print, '__self__')", "forbidden-call"),
        ("(lambda: 0).__globals__", "forbidden-call"),
        ("print.__self__", "forbidden-call"),
        ("(i for i in x).gi_frame", "forbidden-call"),
        ("frame.f_back", "forbidden-call"),
        ("import numpy as np\nnp.load('x')", "forbidden-call"),
        ("import numpy as np\nf = np.savetxt", "forbidden-call"),
        ("import numpy as np\nnp.lib.npyio.DataSource", "forbidden-call"),
        ("from numpy import memmap\nmemmap('x')", "forbidden-call"),
        ("x.tofile('x')", "forbidden-call"),
        ("x.dump('x')", "forbidden-call"),
    ],
)
def test_forbidden(code, kind):
    assert [fault.kind for fault in source.forbidden(source.parse(code, "w.py"))] == [kind]


def test_a_neighbour_is_called_one():
    (fault,) = source.forbidden(source.parse("from . import helper", "w.py"))
    assert fault.what == "a witness may not import a neighbouring module"


def test_no_public_name_of_an_allowed_module_is_forbidden():
    for name in sorted(source.ALLOWED - {"__future__", "time"}):
        public = getattr(importlib.import_module(name), "__all__", ())
        code = f"import {name}\n" + "\n".join(f"{name}.{each}" for each in public)
        assert source.forbidden(source.parse(code, "w.py")) == []


def test_allowed():
    code = """
from __future__ import annotations
import numpy as np, numpy.linalg, math, collections.abc, time, scipy.stats
from dataclasses import dataclass
from time import perf_counter
time.perf_counter()
numpy.trace(np.select([True], [1])); np.copy(1); np.float64.__name__; math.__name__
class A:
    def __init__(self): self._x = getattr(self, "y", 0)
    def f(self): return super().__init__, self._x, __name__, f"{__file__}"
"""
    assert source.forbidden(source.parse(code, "w.py"), ["scipy"]) == []


@pytest.mark.parametrize(
    "code",
    [
        "import numpy as np\nnp.random.normal()",
        "import numpy as np\nf = np.random.rand",
        "from numpy.random import randn\nrandn(3)",
        "import numpy.random as r\nr.RandomState()",
        "import numpy as np\nnp.random.RandomState(None)",
        "import numpy as np\nnp.random.default_rng()",
        "import random\nrandom.shuffle([])",
        "from random import Random\nRandom()",
        "import random\nrandom.SystemRandom(3)",
        "import numpy as np\nnp.random.rand()\nnp.random.seed(0)",
        "import numpy as np\nnp.random.seed()\nnp.random.rand()",
    ],
)
def test_unseeded_randomness(code):
    kinds = [fault.kind for fault in source.randomness(source.parse(code, "w.py"))]
    assert kinds == ["unseeded-random"]


@pytest.mark.parametrize(
    "code",
    [
        "import numpy as np\nnp.random.RandomState(3).normal()",
        "import numpy as np\nnp.random.seed(0)\nnp.random.rand()",
        "import numpy as np\ndef f(): return np.random.rand()\nnp.random.seed(0)\nf()",
        "import random\nrandom.seed(1)\nrandom.random()",
        "import numpy as np\nnp.random.RandomState(seed=3)",
    ],
)
def test_seeded_randomness(code):
    assert source.randomness(source.parse(code, "w.py")) == []


def test_default_rng_is_a_warning_of_its_own():
    tree = source.parse("import numpy as np\nnp.random.default_rng(3)", "w.py")
    assert [fault.kind for fault in source.randomness(tree)] == ["default-rng"]


def test_the_tree_still_compiles_after_its_columns_were_counted_in_characters():
    tree = source.parse("größe = 'äöü' ; x = 1\n", "w.py")
    assert isinstance(tree, ast.Module)
    compile(tree, "w.py", "exec")
