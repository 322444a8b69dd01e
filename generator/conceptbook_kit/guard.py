"""Detects and undoes what a program changed in numpy, in Python or in the kit itself.

One runtime serves many programs, so none may leave a changed `numpy.mean` or `builtins.abs` to
the next, or to the judge. Watched are the attributes of modules, of their Python classes, the
code of their Python functions and numpy's own arrays. Types written in C cannot be changed from
Python. Out of reach are the contents of private containers (numpy's caches) and whatever
deliberate introspection finds: the page therefore takes a fresh runtime after any edited program,
any exception and any change that was found.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import chain
from operator import is_
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

import numpy

from conceptbook_kit.source import ALLOWED

OWN_NEEDS = frozenset(
    """ast builtins contextvars difflib gc hashlib io json linecache platform sys""".split()
)
"""What the kit itself works with, beside what a witness may import."""

WATCHED = frozenset(name.partition(".")[0] for name in ALLOWED) | OWN_NEEDS
FAMILIES = WATCHED | {"numpy", "conceptbook_kit"}
VOLATILE = {
    # `state` puts back what a program sets here; setting it is no offence.
    "warnings": frozenset({"filters", "showwarning", "_showwarnmsg_impl", "_warnings_context"}),
    "sys": frozenset(
        """argv displayhook excepthook last_exc last_traceback last_type last_value meta_path
        modules path path_hooks ps1 ps2 stderr stdin stdout tracebacklimit unraisablehook""".split()
    ),
    "platform": frozenset({"_uname_cache", "_os_release_cache"}),
}
"""Attributes of modules that change in ordinary use."""

SET_BY_PYTHON = frozenset(
    """_ __warningregistry__ __annotations__ __annotations_cache__ __slotnames__
    __protocol_attrs__ __non_callable_proto_members__ __abstractmethods__ _is_protocol
    _is_runtime_protocol __parameters__""".split()
)
"""Attributes that Python itself may add to a module or a class at any time."""

HEAP_TYPE, IMMUTABLE_TYPE = 1 << 9, 1 << 8

Undo = Callable[[], list[str]]


def preload() -> None:
    """Load what is watched, with what it makes only on demand, so that none of it comes later."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in sorted(WATCHED):
            module = import_module(name)
            for attribute in getattr(module, "__all__", ()):
                getattr(module, attribute, None)


class _Space(NamedTuple):
    """A module or a class with the attributes it had."""

    name: str
    owner: Any
    keys: list[str]
    values: list[Any]
    ids: list[int]
    ignored: frozenset[str]


def watched() -> Undo:
    """The function that undoes every change since the modules were first seen, and names each."""
    known = _modules()
    if _latest and _latest[0] == known.keys():
        return _latest[1]
    _latest[:] = [set(known), _watch(known)]
    return _latest[1]


_latest: list[Any] = []


def _watch(known: dict[str, ModuleType]) -> Undo:
    spaces = [_space(name, module) for name, module in known.items()]
    spaces += [_space(name, cls) for name, cls in _classes(spaces, set(known))]
    undoes = (
        _undo_attributes(spaces),
        _undo_code(dict(_functions(spaces))),
        _undo_arrays(dict(_arrays(spaces))),
        _undo_modules(known),
    )

    def undo() -> list[str]:
        return [name for part in undoes for name in part()]

    return undo


def _undo_attributes(spaces: list[_Space]) -> Undo:
    # Each name is bound here, in cells: while this runs, builtins may still be the program's.
    as_list, identity, each, size, is_a = list, id, map, len, isinstance
    module_type, modules = ModuleType, sys.modules
    set_on_class, delete_from_class = type.__setattr__, type.__delattr__
    restless = [space for space in spaces if space.name in VOLATILE]
    untouched, renew = _glance([space for space in spaces if space.name not in VOLATILE])

    def undo() -> list[str]:
        changed = []
        doubtful = restless if untouched() else spaces
        for name, owner, keys, values, ids, ignored in doubtful:
            now = owner.__dict__
            if as_list(each(identity, now.values())) == ids and as_list(now) == keys:
                continue
            is_module = is_a(owner, module_type)
            had = {}
            index = 0
            while index < size(keys):
                key, value = keys[index], values[index]
                had[key] = True
                index += 1
                if key not in now or now[key] is not value:
                    if is_module:
                        now[key] = value
                    else:
                        set_on_class(owner, key, value)
                    changed.append(f"{name}.{key}")
            for key in as_list(now):
                if key in had or key in ignored:
                    continue
                if is_a(now[key], module_type):
                    # A submodule loaded just now is no change; it leaves with sys.modules' entry.
                    if f"{name}.{key}" in modules:
                        continue
                else:
                    changed.append(f"{name}.{key}")
                if is_module:
                    del now[key]
                else:
                    delete_from_class(owner, key)
        if doubtful is spaces:
            renew()
        return changed

    return undo


def _glance(spaces: list[_Space]) -> tuple[Callable[[], bool], Callable[[], None]]:
    """Whether no attribute at all is another than when `renew`, the second, was called last."""
    as_list, size, each, every, same = list, len, map, all, is_
    one_by_one = chain.from_iterable
    contents = [space.owner.__dict__ for space in spaces]
    views = [content.values() for content in contents]
    seen: list[list[Any]] = []

    def renew() -> None:
        sizes, keys, values = each(size, contents), one_by_one(contents), one_by_one(views)
        seen[:] = as_list(sizes), as_list(keys), as_list(values)

    def untouched() -> bool:
        sizes, keys, values = seen
        return (
            as_list(each(size, contents)) == sizes
            and every(each(same, one_by_one(contents), keys))
            and every(each(same, one_by_one(views), values))
        )

    renew()
    return untouched, renew


def _undo_code(functions: dict[str, FunctionType]) -> Undo:
    saved = [(n, f, f.__code__, f.__defaults__, f.__kwdefaults__) for n, f in functions.items()]

    def undo() -> list[str]:
        changed = []
        for name, function, code, defaults, keywords in saved:
            if (
                function.__code__ is not code
                or function.__defaults__ is not defaults
                or function.__kwdefaults__ is not keywords
            ):
                function.__code__ = code
                function.__defaults__ = defaults
                function.__kwdefaults__ = keywords
                changed.append(name)
        return changed

    return undo


def _undo_arrays(arrays: dict[str, numpy.ndarray]) -> Undo:
    saved = [(name, array, array.copy(), array.tobytes()) for name, array in arrays.items()]

    def undo() -> list[str]:
        changed = []
        for name, array, content, raw in saved:
            if array.tobytes() != raw:
                array.flags.writeable = True
                array[...] = content
                changed.append(name)
        return changed

    return undo


def _undo_modules(known: dict[str, ModuleType]) -> Undo:
    modules = sys.modules

    def undo() -> list[str]:
        changed = []
        for name, module in known.items():
            if name not in modules or modules[name] is not module:
                modules[name] = module
                changed.append(f"sys.modules[{name!r}]")
        return changed

    return undo


def _modules() -> dict[str, ModuleType]:
    return {
        name: module
        for name, module in list(sys.modules.items())
        if isinstance(module, ModuleType) and name.partition(".")[0] in FAMILIES
    }


def _space(name: str, owner: Any) -> _Space:
    # Python adds these when it likes, so their coming or going must not count.
    ignored = SET_BY_PYTHON
    if isinstance(owner, ModuleType):
        ignored = ignored | VOLATILE.get(name, frozenset())
    attributes = {k: v for k, v in owner.__dict__.items() if k not in ignored}
    values = list(attributes.values())
    return _Space(name, owner, list(attributes), values, [id(v) for v in values], ignored)


def _classes(spaces: list[_Space], modules: set[str]) -> Iterator[tuple[str, type]]:
    seen = set()
    for space in spaces:
        for value in space.values:
            if isinstance(value, type) and value.__module__ in modules and id(value) not in seen:
                seen.add(id(value))
                flags = value.__flags__
                if flags & HEAP_TYPE and not flags & IMMUTABLE_TYPE:
                    yield f"{value.__module__}.{value.__qualname__}", value


def _functions(spaces: list[_Space]) -> Iterator[tuple[str, FunctionType]]:
    """Python functions, also those behind numpy's dispatchers."""
    for space in spaces:
        for key, value in zip(space.keys, space.values, strict=True):
            if type(value).__name__ == "_ArrayFunctionDispatcher":
                value = value._implementation
            if isinstance(value, staticmethod | classmethod):
                value = value.__func__
            if isinstance(value, property):
                value = value.fget
            if type(value) is FunctionType:
                yield f"{space.name}.{key}", value


def _arrays(spaces: list[_Space]) -> Iterator[tuple[str, numpy.ndarray]]:
    for space in spaces:
        for key, value in zip(space.keys, space.values, strict=True):
            if type(value) is numpy.ndarray and value.dtype != object:
                yield f"{space.name}.{key}", value
