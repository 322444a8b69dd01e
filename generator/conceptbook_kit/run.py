"""Runs a witness in a fresh namespace and leaves the interpreter as it was."""

from __future__ import annotations

import decimal
import sys
from collections.abc import Callable, Iterable, Mapping
from contextvars import copy_context
from time import perf_counter
from types import CodeType, ModuleType, TracebackType
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy.fft
import numpy.linalg
import numpy.ma
import numpy.polynomial
import numpy.random  # noqa: F401 - loaded before the first watch

from conceptbook_kit import guard
from conceptbook_kit.collect import collect
from conceptbook_kit.console import Console
from conceptbook_kit.declaration import Declaration, Scalar
from conceptbook_kit.glimpse import Arrays, Glimpses
from conceptbook_kit.literals import NotAControl, replace
from conceptbook_kit.outcome import Outcome
from conceptbook_kit.settings import settle
from conceptbook_kit.state import restored

__all__ = ["Outcome", "report_tampering", "run", "settle"]

MESSAGE_LIMIT = 2_000
guard.preload()


def run(
    code: str,
    declaration: Declaration,
    settings: Mapping[str, Scalar],
    *,
    on_stdout: Callable[[str], object] | None = None,
    on_glimpse: Callable[[Arrays], object] | None = None,
    paths: Iterable[str] = (),
) -> Outcome:
    """Run the program at the settings; whatever it does comes back as an Outcome.

    `settings` are taken as `settle` has them; `on_stdout` gets the output as it comes, standard
    error included, and `on_glimpse` the curves as they are by then. `paths` lead to the declared
    wheels, for this run alone. A control at its declared default is not touched in the source.
    """
    outcome = Outcome()
    program = _compiled(code, declaration, settings, outcome)
    if program is None:
        return outcome
    undo = guard.watched()
    module = ModuleType("__main__")
    glimpses = Glimpses(declaration, module.__dict__, on_glimpse) if on_glimpse else None
    console = Console(on_stdout, glimpses and glimpses.look)
    module.__dict__["__file__"] = declaration.file
    with restored(module, console, declaration.file, code) as stuck:
        sys.path.extend(paths)
        started = perf_counter()
        # A context of its own keeps decimal's precision and numpy's errstate with the run.
        raised = copy_context().run(_execute, program, module)
        outcome.duration_s = perf_counter() - started
        changed = undo()
        _report(raised, declaration.file, code, outcome)
        _collect(declaration, module, outcome)
        # Frees the arrays now; what the program's own objects do on their way out is watched too.
        raised = None
        module.__dict__.clear()
        changed += undo()
    console.pass_on()
    outcome.stdout, outcome.stdout_truncated = console.text, console.truncated
    report_tampering(outcome, [*changed, *stuck, *undo()])
    return outcome


def _compiled(
    code: str, declaration: Declaration, settings: Mapping[str, Scalar], outcome: Outcome
) -> CodeType | None:
    defaults = declaration.defaults
    settled = settle(declaration, settings)
    moved = {name: value for name, value in settled.items() if value != defaults[name]}
    try:
        with catch_warnings():
            simplefilter("ignore", SyntaxWarning)
            return replace(code, declaration.file, moved)
    except SyntaxError as error:
        outcome.error = _error("syntax", f"{type(error).__name__}: {error.msg}", error.lineno)
    except NotAControl as error:
        outcome.error = _error("exception", f"the control cannot be set: {error}", None)
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        outcome.error = _error("syntax", f"the program cannot be compiled: {error}", None)
    return None


def _execute(program: CodeType, module: ModuleType) -> BaseException | None:
    # Its context is an object that the copied context shares with ours.
    decimal.setcontext(decimal.getcontext().copy())
    try:
        exec(program, module.__dict__)
    except ANYTHING as error:
        return error
    return None


ANYTHING = BaseException
"""Bound here, since the program may have deleted the builtin before it raised."""


def _report(raised: BaseException | None, file: str, code: str, outcome: Outcome) -> None:
    """Sort what the program raised into asserts and errors, with its own line."""
    if raised is None:
        outcome.asserts = {"ok": True, "message": None, "line": None}
        return
    line = _line(raised.__traceback__, file)
    kind = type(raised)
    if issubclass(kind, AssertionError):
        message = _text(raised) or _source_line(code, line)
        outcome.asserts = {"ok": False, "message": _plain(message), "line": line}
    elif issubclass(kind, MemoryError):
        message = _text(raised) or "the program needs more memory than it may have"
        outcome.error = _error("memory", message, line)
    else:
        message = f"{_name(kind)}: {_text(raised)}".removesuffix(": ")
        kind = "import" if issubclass(kind, ImportError) else "exception"
        outcome.error = _error(kind, message, line)


def _collect(declaration: Declaration, module: ModuleType, outcome: Outcome) -> None:
    try:
        collect(declaration, module.__dict__, outcome)
    except MemoryError:
        if outcome.error is None:
            outcome.error = _error("memory", "no memory left to take the curves out", None)
    except ANYTHING as error:
        if outcome.error is None:
            message = f"the curves cannot be taken out: {_name(type(error))}: {_text(error)}"
            outcome.error = _error("curve", message, None)


def report_tampering(outcome: Outcome, changed: list[str]) -> None:
    """Names in the outcome what the program changed; its numbers count no more."""
    outcome.tampered = sorted({*outcome.tampered, *changed})
    if not changed:
        return
    some = ", ".join(outcome.tampered[:5])
    more = f" and {len(outcome.tampered) - 5} more" if len(outcome.tampered) > 5 else ""
    message = f"the program changed {some}{more}; its numbers prove nothing"
    if outcome.error is None:
        outcome.error = _error("exception", message, None)
    else:
        outcome.error["message"] += f" (also: {message})"


def _error(kind: str, message: str, line: int | None) -> dict[str, Any]:
    return {"kind": kind, "message": _plain(message), "line": line}


def _plain(message: str) -> str:
    return message[:MESSAGE_LIMIT].encode("utf-8", "replace").decode()


def _text(error: BaseException) -> str:
    try:
        # A subclass of str could have more of the program run wherever it is used.
        return str.__str__(str(error))
    except ANYTHING:
        return "(its message cannot be shown)"


def _name(kind: type[BaseException]) -> str:
    """The class's own name, whatever its metaclass says."""
    return type.__dict__["__name__"].__get__(kind)


def _line(traceback: TracebackType | None, file: str) -> int | None:
    """The line of the last frame inside the program's own file."""
    line = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == file:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _source_line(code: str, line: int | None) -> str:
    lines = code.splitlines()
    return lines[line - 1].strip() if line and line <= len(lines) else "an assert failed"
