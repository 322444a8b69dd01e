"""Locked wheels beside each other: what they need, whose names they take."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Span
from ..diagnostics.catalogue import witnesses as rules
from ..load import LoadedNotebook

if TYPE_CHECKING:
    from ..wheels.archive import Need

HINT = "take this wheel out of runtime.packages"
OTHERS = {
    **dict.fromkeys(sys.stdlib_module_names, "Python's own"),
    **dict.fromkeys(("js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core"), "Pyodide's own"),
    **dict.fromkeys(("conceptbook_kit", "conceptbook_rest", "conceptbook_runtime"), "the judge's"),
    "numpy": "numpy's own",
}


def needs(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    locked = {wheel.name: wheel.version for wheel in notebook.wheels.values()}
    for index, wheel in notebook.wheels.items():
        for need in wheel.needs:
            message = _lacks(need, locked, notebook)
            if message:
                hint = f"lock a wheel of {need} in runtime.packages too"
                yield rules.WHEEL_NEEDS.at(_place(notebook, index), message, hint)


def taken_names(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    bringers: dict[str, int] = {}
    for index, wheel in notebook.wheels.items():
        span = _place(notebook, index)
        for name in sorted(wheel.imports):
            if name in OTHERS:
                message = f"it brings a module {name}, a name that is {OTHERS[name]}"
                yield rules.WHEEL_NAME.at(span, message, HINT)
            elif name in bringers:
                other = _place(notebook, bringers[name])
                message = f"it brings a module {name}, and another wheel does too"
                yield rules.WHEEL_NAME.at(span, message, HINT, related=[(other, "this one")])
        bringers |= dict.fromkeys(wheel.imports, index)


def _lacks(need: Need, locked: dict[str, str], notebook: LoadedNotebook) -> str | None:
    """What is amiss with a need; a wheel that could not be read may be what is needed."""
    if need.name in locked:
        version = locked[need.name]
        return None if need.admits(version) else f"it needs {need}; {version} is locked"
    met = need.name == "numpy" or not notebook.knows_its_wheels
    return None if met else f"it needs {need}, which is not locked"


def _place(notebook: LoadedNotebook, index: int) -> Span:
    return notebook.settings_places.value("runtime", "packages", index, "wheel")
