"""A witness's program, its declaration and its recorded curves."""

from __future__ import annotations

import ast
import warnings

from conceptbook_kit import source
from conceptbook_kit.declaration import Asserted, Declaration

from ..diagnostics.catalogue import files as rules
from ..model import Concept, Settings, Witness
from ..model.declare import declare
from .curves import read_curve
from .loaded import LoadedWitness
from .places import Places
from .reader import Reader


def load_witness(
    reader: Reader,
    folder: str,
    concept: tuple[str, Concept],
    index: int,
    settings: Settings,
    places: Places,
) -> LoadedWitness | None:
    """The witness at a position of concept.yaml; None and a fault where its program is missing.

    `concept` is the concept's id and record.
    """
    concept_id, concept_record = concept
    record = concept_record.witnesses[index]
    path = f"{folder}/{record.path}"
    if not reader.is_file(path):
        key = "file" if record.file else "id"
        reader.report.add(
            rules.MISSING_FILE.at(
                places.value("witnesses", index, key),
                f"the program of this witness, {record.path}, is missing",
                f"write it as {path}",
            )
        )
        return None
    code = reader.text(path)
    if code is None:
        return None
    return LoadedWitness(
        record=record,
        index=index,
        path=path,
        code=code,
        declaration=(
            None
            if record.not_runnable
            else _declaration(concept_id, concept_record, record, settings, code)
        ),
        asserted=_asserted(reader, folder, record),
    )


def program(code: str, path: str) -> ast.Module:
    """The tree of a witness. Raises SyntaxError alone, whatever is wrong with the text."""
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = source.parse(code, path)
            # `return` outside a function and its like are no faults of the grammar.
            compile(code, path, "exec", dont_inherit=True)
    except (ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, SyntaxError):
            raise
        raise SyntaxError(str(error) or "nested too deeply") from error
    return tree


def _declaration(
    concept: str, concept_record: Concept, record: Witness, settings: Settings, code: str
) -> Declaration | None:
    try:
        literals = source.controls(program(code, record.path))
    except SyntaxError:
        return None
    values = {name: literal.value for name, literal in literals.items()}
    for control in record.controls:
        if not isinstance(values.get(control.name), bool | int | float | str):
            return None
    return declare(concept, concept_record.title, record, settings.limits, values)


def _asserted(reader: Reader, folder: str, record: Witness) -> dict[str, Asserted]:
    found = {}
    for curve in record.curves:
        path = f"{folder}/curves/{curve.id}.csv"
        if not reader.is_file(path):
            continue
        text = reader.text(path)
        asserted, faults = read_curve(text, path) if text is not None else (None, [])
        reader.report.extend(faults)
        if asserted is None:
            reader.broken.add(path)
        else:
            found[curve.id] = asserted
    return found
