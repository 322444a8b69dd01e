"""Keeps the interpreter's shared state for the next program: streams, seeds, filters, modules."""

from __future__ import annotations

import gc
import io
import linecache
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.machinery import ExtensionFileLoader
from types import ModuleType
from warnings import catch_warnings

import numpy

from conceptbook_kit.console import Console

SYS_STATE = tuple("stdout stderr stdin argv displayhook excepthook unraisablehook modules".split())
SYS_LISTS = ("path", "meta_path", "path_hooks")
UNSET = object()
ANYTHING = BaseException
"""Bound here, since the program may have deleted the builtin."""

Step = tuple[str, Callable[[], object]]


@contextmanager
def restored(module: ModuleType, console: Console, file: str, code: str) -> Iterator[list[str]]:
    """All state that one program could leave to the next is put back, whatever happens.

    Gives the list that names, after the end, what could not be put back.
    """
    steps = [*_interpreter(), *_streams(), *_numpy(), _garbage(), _lines(file)]
    steps.append(_loaded(dict(sys.modules)))
    stuck: list[str] = []
    filters = catch_warnings()
    filters.__enter__()
    steps.insert(0, ("warnings", lambda: filters.__exit__(None, None, None)))
    sys.stdout = sys.stderr = console
    sys.stdin = io.StringIO("")
    sys.argv = [file]
    sys.modules["__main__"] = module
    linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)
    try:
        yield stuck
    finally:
        for what, step in steps:
            try:
                step()
            except ANYTHING:
                stuck.append(what)


def _interpreter() -> list[Step]:
    state = {name: getattr(sys, name, UNSET) for name in SYS_STATE}
    lists = {name: (getattr(sys, name), list(getattr(sys, name))) for name in SYS_LISTS}
    limit, trace, profile = sys.getrecursionlimit(), sys.gettrace(), sys.getprofile()

    def hooks() -> None:
        if sys.gettrace() is not trace:
            sys.settrace(trace)
        if sys.getprofile() is not profile:
            sys.setprofile(profile)

    def names() -> None:
        for name, value in state.items():
            setattr(sys, name, value)
        for name, (value, content) in lists.items():
            value[:] = content
            setattr(sys, name, value)

    return [
        ("sys.settrace", hooks),
        ("sys.setrecursionlimit", lambda: sys.setrecursionlimit(limit)),
        ("sys", names),
    ]


def _streams() -> list[Step]:
    """The shared random streams; numpy's may have been given another generator."""
    python, stream = random.getstate(), numpy.random.get_state()
    source = numpy.random.get_bit_generator()

    def shared() -> None:
        numpy.random.set_bit_generator(source)
        numpy.random.set_state(stream)

    return [("random", lambda: random.setstate(python)), ("numpy.random", shared)]


def _numpy() -> list[Step]:
    errors, call, printing = numpy.geterr(), numpy.geterrcall(), numpy.get_printoptions()
    return [
        ("numpy.seterr", lambda: numpy.seterr(**errors)),
        ("numpy.seterrcall", lambda: numpy.seterrcall(call)),
        ("numpy.set_printoptions", lambda: numpy.set_printoptions(**printing)),
    ]


def _garbage() -> Step:
    """When Python looks for garbage, and who is told."""
    enabled, thresholds, callbacks = gc.isenabled(), gc.get_threshold(), list(gc.callbacks)

    def looks() -> None:
        gc.callbacks[:] = callbacks
        gc.set_threshold(*thresholds)
        (gc.enable if enabled else gc.disable)()

    return "gc", looks


def _lines(file: str) -> Step:
    """The program's own lines, as a traceback shows them."""
    cache, lines = linecache.cache, linecache.cache.get(file)

    def put_back() -> None:
        cache.pop(file, None)
        if lines is not None:
            cache[file] = lines

    return "linecache.cache", put_back


def _loaded(modules: dict[str, ModuleType]) -> Step:
    """sys.modules as it was, but for extension modules, which may not be loaded twice."""

    def put_back() -> None:
        for name, module in list(sys.modules.items()):
            loader = getattr(getattr(module, "__spec__", None), "loader", None)
            if name not in modules and not isinstance(loader, ExtensionFileLoader):
                del sys.modules[name]
        for name, module in modules.items():
            if sys.modules.get(name) is not module:
                sys.modules[name] = module

    return "sys.modules", put_back
