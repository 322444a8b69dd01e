"""The wheels that notebook.yaml locks, and which of them each witness needs."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from conceptbook_kit import declaration as kit
from conceptbook_kit import source

from ..diagnostics.catalogue import witnesses as rules
from ..model import Settings
from ..model.settings import LockedWheel
from ..wheels.kept import place
from .loaded import LoadedConcept, LoadedWitness
from .places import Places
from .reader import Reader
from .witness import program

if TYPE_CHECKING:
    from ..wheels.archive import Wheel


def load_wheels(reader: Reader, settings: Settings, places: Places) -> dict[int, Wheel]:
    """Those that can be used, by position in `runtime.packages`; the others are faults."""
    found = {}
    for index, locked in enumerate(settings.runtime.packages):
        wheel = _wheel(reader, locked, index, places)
        if wheel is None:
            reader.broken.add(locked.wheel)
        else:
            found[index] = wheel
    return found


def equipped(
    concepts: dict[str, LoadedConcept], wheels: Collection[Wheel]
) -> dict[str, LoadedConcept]:
    """The concepts, each declaration with the wheels that its witness imports."""
    if not wheels:
        return concepts
    return {
        name: replace(
            concept, witnesses={k: _equipped(w, wheels) for k, w in concept.witnesses.items()}
        )
        for name, concept in concepts.items()
    }


def needed(tree: ast.Module, wheels: Collection[Wheel]) -> list[Wheel]:
    """What a program imports, and what that needs in turn; in the given order."""
    tops = {module.partition(".")[0] for module, _, _ in source.imports(tree)}
    names = {wheel.name for wheel in wheels if not wheel.imports.isdisjoint(tops)}
    while more := {n.name for w in wheels if w.name in names for n in w.needs} - names:
        names |= more
    return [wheel for wheel in wheels if wheel.name in names]


def _wheel(reader: Reader, locked: LockedWheel, index: int, places: Places) -> Wheel | None:
    # It brings pip's rules for names and versions, which most notebooks never need.
    from ..wheels.archive import CompiledCode, NoWheel, read_wheel

    span = places.value("runtime", "packages", index, "wheel")
    of_notebook = "/" in locked.wheel
    if of_notebook and not reader.is_inside(locked.wheel):
        return None
    path = place(reader.root, locked.wheel, locked.sha256)
    try:
        data = path.read_bytes() if path.is_file() else None
    except OSError as error:
        reader.report.add(rules.WHEEL_MISSING.at(span, f"it cannot be read: {error.strerror}"))
        return None
    if data is None:
        reader.report.add(
            rules.WHEEL_MISSING.at(span, "this wheel is missing", f"put it at {locked.wheel}")
            if of_notebook
            else rules.WHEEL_MISSING.at(
                span,
                "this wheel has not been fetched yet",
                "run `conceptbook runtime fetch` inside the notebook",
            )
        )
        return None
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 != locked.sha256:
        reader.report.add(
            rules.WHEEL_HASH.at(
                places.value("runtime", "packages", index, "sha256"),
                f"{locked.wheel} is another file",
                f"if you trust it: sha256: {sha256}",
            )
        )
        return None
    try:
        return read_wheel(path, path.name, data, sha256)
    except NoWheel as fault:
        compiled = isinstance(fault, CompiledCode)
        rule = rules.WHEEL_COMPILED if compiled else rules.WHEEL_UNUSABLE
        reader.report.add(rule.at(span, str(fault), "lock a wheel of pure Python, py3-none-any"))
        return None


def _equipped(witness: LoadedWitness, wheels: Collection[Wheel]) -> LoadedWitness:
    if witness.declaration is None:
        return witness
    chosen = needed(program(witness.code, witness.path), wheels)
    locked = tuple(
        kit.Wheel(wheel.file_name, wheel.sha256, tuple(sorted(wheel.imports))) for wheel in chosen
    )
    return replace(witness, declaration=replace(witness.declaration, wheels=locked))
