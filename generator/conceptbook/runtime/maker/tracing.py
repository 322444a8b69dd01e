"""Imports what a first run may need; what is then loaded goes into the first file."""

import importlib
import json
import sys

PROGRAM = """
import warnings
n = 3
def f(x):
    return x * x
xs = [1.0, 2.0, 3.0]
ys = [f(x) for x in xs]
warnings.warn("once")
print(f"{sum(ys):.3f}", ys)
assert sum(ys) > 0, "never"
"""
BROKEN = ("1 +", "1 / 0", "assert False, 'no'", "import torch", "print(" + "1," * 9 + ")\nx = y")


def import_all(names):
    for name in names:
        importlib.import_module(name)


def request(code):
    from conceptbook_kit.declaration import Axis, Control, Curve, Declaration, Plot

    declared = Declaration(
        concept="a/b",
        witness="w",
        file="w.py",
        title="W",
        seconds=1.0,
        memory_mb=64,
        controls=(Control("n", "n", 3, min=1, max=9),),
        plots=(Plot("p", "P", Axis("x"), Axis("y"), (Curve("c", "xs", "ys", "c"),)),),
    )
    points = {"c": {"x": [1.0, 2.0, 3.0], "y": [1.0, 4.0, 9.0]}}
    return json.dumps(
        {
            "code": code,
            "original_code_digest": "sha256:0",
            "declaration": declared.to_json(),
            "asserted": points,
            "settings": {"n": 4},
            "edited": True,
            "pyodide": "0",
        }
    )


def trace(names):
    """The names of all modules in memory once `names` are imported and programs were run."""
    import_all(names)
    perform = sys.modules["conceptbook_kit.page"].perform
    for code in (PROGRAM, *BROKEN):
        perform(request(code), lambda text: None)
    return sorted(name for name, module in sys.modules.items() if not is_frozen(module))


def asked(which):
    """What conceptbook_known was asked for, as a literal: 0 the texts, 1 the patterns."""
    return repr(list(sys.modules["conceptbook_known"].ASKED[which]))


def is_frozen(module):
    """Whether the module is part of the interpreter itself."""
    spec = getattr(module, "__spec__", None)
    return spec is not None and spec.origin == "frozen"
