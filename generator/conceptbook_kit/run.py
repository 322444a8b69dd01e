"""Runs a witness in a fresh namespace and leaves the interpreter as it was."""

from __future__ import annotations

import contextvars
import io
import linecache
import random
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.machinery import ExtensionFileLoader
from time import perf_counter
from types import CodeType, ModuleType, TracebackType
from typing import Any

import numpy
import numpy.fft
import numpy.linalg
import numpy.ma
import numpy.polynomial
import numpy.random

from conceptbook_kit import guard
from conceptbook_kit.collect import collect
from conceptbook_kit.console import Console
from conceptbook_kit.declaration import Declaration, Scalar
from conceptbook_kit.literals import NotAControl, replace
from conceptbook_kit.outcome import Outcome
from conceptbook_kit.settings import settle

__all__ = ["Outcome", "run", "settle"]

MESSAGE_LIMIT = 2_000
UNSET = object()


def run(
    code: str,
    declaration: Declaration,
    settings: Mapping[str, Scalar],
    *,
    on_stdout: Callable[[str], object] | None = None,
) -> Outcome:
    """Run the program at the settings; whatever it does comes back as an Outcome.

    `settings` are taken as `settle` has them; `on_stdout` gets the output as it comes, standard
    error included. A control at its declared default is not touched in the source.
    """
    outcome = Outcome()
    program = _compiled(code, declaration, settings, outcome)
    if program is None:
        return outcome
    undo = guard.watched()
    console = Console(on_stdout)
    module = ModuleType("__main__")
    module.__dict__["__file__"] = declaration.file
    with _restored(module, console, declaration.file, code):
        started = perf_counter()
        # A context of its own keeps decimal's precision and numpy's errstate with the run.
        raised = contextvars.copy_context().run(_execute, program, module)
        outcome.duration_s = perf_counter() - started
        changed = undo()
        _report(raised, declaration.file, code, outcome)
        _collect(declaration, module, outcome)
        # Frees the arrays now; what the program's own objects do on their way out is watched too.
        raised = None
        module.__dict__.clear()
        changed += undo()
    outcome.tampered = sorted({*changed, *undo()})
    console.pass_on()
    outcome.stdout, outcome.stdout_truncated = console.text, console.truncated
    _report_tampering(outcome)
    return outcome


def _compiled(
    code: str, declaration: Declaration, settings: Mapping[str, Scalar], outcome: Outcome
) -> CodeType | None:
    defaults = declaration.defaults
    settled = settle(declaration, settings)
    moved = {name: value for name, value in settled.items() if value != defaults[name]}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            return replace(code, declaration.file, moved)
    except SyntaxError as error:
        outcome.error = _error("syntax", f"{type(error).__name__}: {error.msg}", error.lineno)
    except NotAControl as error:
        outcome.error = _error("exception", f"the control cannot be set: {error}", None)
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        outcome.error = _error("syntax", f"the program cannot be compiled: {error}", None)
    return None


def _execute(program: CodeType, module: ModuleType) -> BaseException | None:
    if "decimal" in sys.modules:
        # Its context is an object that the copied context shares with ours.
        decimal = sys.modules["decimal"]
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
    if isinstance(raised, AssertionError):
        message = _text(raised) or _source_line(code, line)
        outcome.asserts = {"ok": False, "message": _plain(message), "line": line}
    elif isinstance(raised, MemoryError):
        message = _text(raised) or "the program needs more memory than it may have"
        outcome.error = _error("memory", message, line)
    else:
        kind = "import" if isinstance(raised, ImportError) else "exception"
        message = f"{type(raised).__name__}: {_text(raised)}".removesuffix(": ")
        outcome.error = _error(kind, message, line)


def _collect(declaration: Declaration, module: ModuleType, outcome: Outcome) -> None:
    try:
        collect(declaration, module.__dict__, outcome)
    except MemoryError:
        if outcome.error is None:
            outcome.error = _error("memory", "no memory left to take the curves out", None)
    except Exception as error:
        if outcome.error is None:
            message = f"the curves cannot be taken out: {type(error).__name__}: {_text(error)}"
            outcome.error = _error("curve", message, None)


def _report_tampering(outcome: Outcome) -> None:
    if not outcome.tampered:
        return
    some = ", ".join(outcome.tampered[:5])
    more = f" and {len(outcome.tampered) - 5} more" if len(outcome.tampered) > 5 else ""
    message = f"the program changed {some}{more}; its numbers prove nothing"
    if outcome.error is None:
        outcome.error = _error("exception", message, None)
    else:
        outcome.error["message"] += f" (also: {message})"


@contextmanager
def _restored(module: ModuleType, console: Console, file: str, code: str) -> Iterator[None]:
    """All state that one program could leave to the next is put back, whatever happens."""
    modules = dict(sys.modules)
    state = {name: getattr(sys, name, UNSET) for name in SYS_STATE}
    lists = {name: (getattr(sys, name), list(getattr(sys, name))) for name in SYS_LISTS}
    limit, trace, profile = sys.getrecursionlimit(), sys.gettrace(), sys.getprofile()
    streams = random.getstate(), numpy.random.get_state()
    numpy_state = numpy.geterr(), numpy.geterrcall(), numpy.get_printoptions()
    lines = linecache.cache.get(file)
    sys.stdout = sys.stderr = console
    sys.stdin = io.StringIO("")
    sys.argv = [file]
    sys.modules["__main__"] = module
    linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)
    try:
        with warnings.catch_warnings():
            yield
    finally:
        if sys.gettrace() is not trace:
            sys.settrace(trace)
        if sys.getprofile() is not profile:
            sys.setprofile(profile)
        sys.setrecursionlimit(limit)
        for name, value in state.items():
            setattr(sys, name, value)
        for name, (value, content) in lists.items():
            value[:] = content
            setattr(sys, name, value)
        random.setstate(streams[0])
        numpy.random.set_state(streams[1])
        numpy.seterr(**numpy_state[0])
        numpy.seterrcall(numpy_state[1])
        numpy.set_printoptions(**numpy_state[2])
        linecache.cache.pop(file, None)
        if lines is not None:
            linecache.cache[file] = lines
        _restore_modules(modules)


SYS_STATE = ("stdout", "stderr", "stdin", "argv", "displayhook", "excepthook", "modules")
SYS_LISTS = ("path", "meta_path", "path_hooks")


def _restore_modules(modules: dict[str, ModuleType]) -> None:
    """sys.modules as it was, but for extension modules, which may not be loaded twice."""
    for name, module in list(sys.modules.items()):
        loader = getattr(getattr(module, "__spec__", None), "loader", None)
        if name not in modules and not isinstance(loader, ExtensionFileLoader):
            del sys.modules[name]
    for name, module in modules.items():
        if sys.modules.get(name) is not module:
            sys.modules[name] = module


def _error(kind: str, message: str, line: int | None) -> dict[str, Any]:
    return {"kind": kind, "message": _plain(message), "line": line}


def _plain(message: str) -> str:
    return message[:MESSAGE_LIMIT].encode("utf-8", "replace").decode()


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return "(its message cannot be shown)"


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
