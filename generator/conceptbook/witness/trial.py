"""A witness of a loaded notebook, run natively and judged."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from conceptbook_kit.declaration import Declaration, Scalar
from conceptbook_kit.judge import code_digest, judge
from conceptbook_kit.outcome import Outcome
from conceptbook_kit.source import forbidden, parse

from ..load.loaded import LoadedNotebook, LoadedWitness
from .native import NativeLimits, NativeRun, run_native
from .nursery import Nursery

Run = Callable[[LoadedWitness, Mapping[str, Scalar]], NativeRun]


def runner(notebook: LoadedNotebook, nursery: Nursery | None = None) -> Run:
    """`run(witness, settings)` under the notebook's own limits."""
    limits = native_limits(notebook)

    def run(witness: LoadedWitness, settings: Mapping[str, Scalar]) -> NativeRun:
        declaration = declared(witness)
        files = wheel_files(notebook, declaration)
        return run_checked(witness.code, declaration, settings, limits, files, nursery)

    return run


def native_limits(notebook: LoadedNotebook) -> NativeLimits:
    """The notebook's limits of a native run."""
    limit = notebook.settings.limits.native
    return NativeLimits(limit.seconds, limit.memory_mb)


def wheel_files(notebook: LoadedNotebook, declaration: Declaration) -> tuple[Path, ...]:
    """Where the wheels of a declaration lie."""
    wanted = {wheel.sha256 for wheel in declaration.wheels}
    return tuple(wheel.path for wheel in notebook.wheels.values() if wheel.sha256 in wanted)


def run_checked(
    code: str,
    declaration: Declaration,
    settings: Mapping[str, Scalar],
    limits: NativeLimits,
    wheels: Sequence[Path] = (),
    nursery: Nursery | None = None,
) -> NativeRun:
    """`run_native`, unless the program imports or calls what no witness may: it is not started."""
    fault = _refused(code, declaration)
    if fault is None:
        return run_native(
            code, declaration, settings, limits=limits, wheels=wheels, nursery=nursery
        )
    from importlib.metadata import version

    runtime = {
        "kind": "native",
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "pyodide": None,
    }
    return NativeRun(fault, (), runtime, "")


def judge_native(
    witness: LoadedWitness, run: NativeRun, settings: Mapping[str, Scalar], concept: str
) -> dict[str, Any]:
    """The Verdict of a run at the settings."""
    verdict = judge(
        declared(witness),
        witness.asserted,
        run.outcome,
        settings=settings,
        code_digest=code_digest(witness.code),
        runtime=run.runtime,
    )
    return {**verdict, "concept": concept}


def declared(witness: LoadedWitness) -> Declaration:
    """The declaration; one that promises nothing where the program could not be read."""
    record = witness.record
    return witness.declaration or Declaration(
        "", record.id, record.path, record.title or record.id, seconds=1, memory_mb=64
    )


def _refused(code: str, declaration: Declaration) -> Outcome | None:
    try:
        faults = forbidden(parse(code, declaration.file), declaration.extra_imports)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # The run itself says it better.
        return None
    if not faults:
        return None
    kind = "import" if faults[0].kind == "forbidden-import" else "exception"
    return Outcome.empty(kind, faults[0].what, faults[0].line)
