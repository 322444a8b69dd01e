import builtins
import copy
import hashlib
import math
import random
import sys
import typing
import warnings

import numpy as np
import pytest
from conceptbook_kit import guard
from conceptbook_kit import judge as judge_module
from conceptbook_kit.run import run
from conceptbook_kit.source import ALLOWED

DATA = "n = 3\nx = [1, 2, 3]\ny = [n, 5.0, 6]\n"

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
    "sys.modules['decimal'] = 3": ("sys.modules['decimal']", lambda: sys.modules["decimal"]),
    "import warnings; warnings.catch_warnings = None": (
        "warnings.catch_warnings",
        lambda: warnings.catch_warnings,
    ),
    "import copy; copy.deepcopy = lambda x: 7": ("copy.deepcopy", lambda: copy.deepcopy),
    "import hashlib; hashlib.sha256 = None": ("hashlib.sha256", lambda: hashlib.sha256),
    "import typing; typing.NamedTuple = None": ("typing.NamedTuple", lambda: typing.NamedTuple),
    "sys.getrecursionlimit = None": ("sys.getrecursionlimit", lambda: sys.getrecursionlimit),
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


def test_every_module_that_a_witness_may_import_is_watched(declare):
    run(DATA, declare(), {})
    watched = set(guard._modules())
    assert watched >= ALLOWED | guard.OWN_NEEDS


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
import abc, bisect, contextlib, copy, enum, heapq, numbers, operator, re, string, textwrap, typing
class Mode(enum.Flag):
    A = enum.auto()
    B = enum.auto()
Mode.A | Mode.B; re.compile('a+', re.I | re.X).findall('aA'); re.purge()
class Real(typing.Protocol[typing.TypeVar('T')]): ...
typing.get_type_hints(A); typing.Pattern; copy.deepcopy([A()]); textwrap.fill('a b')
numbers.Number.register(A); string.Template('$a').substitute(a=1)
string.Formatter().format('{}', 1)
with warnings.catch_warnings(record=True):
    warnings.warn('once')
with decimal.localcontext() as context:
    context.prec = 5
x = y = [statistics.mean([1, 2]), decimal.Decimal(3), fractions.Fraction(1, 3)]
"""
    for _ in range(2):
        outcome = run(code, declare(), {})
        assert outcome.error is None and outcome.tampered == []
