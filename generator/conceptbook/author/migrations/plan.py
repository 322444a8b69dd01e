"""The texts that a migration would write, worked out in memory and read before they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...diagnostics import Report
from ...load import load
from ...load.reader import Reader
from ...load.settings import PATH as SETTINGS
from ...load.sources import PATH as SOURCES
from ..atomic import replace_file
from ..yaml_edit import CannotEdit
from ..yaml_scalar import replace_scalar
from .steps import Step

VERSION = "conceptbook"


class CannotMigrate(Exception):
    """Nothing can be changed by program; the message says why."""


@dataclass(frozen=True)
class Plan:
    """What would become of the author files."""

    version: int
    """The format that they have."""
    steps: tuple[Step, ...]
    before: Mapping[str, str]
    after: Mapping[str, str]
    """By path, like `before`; the files that change alone."""
    report: Report
    """What cannot be read of the notebook after it: nothing is written while this is not ok."""


def plan(root: Path, version: int, steps: Sequence[Step]) -> Plan:
    """What leads a notebook of an older version to the newest.

    Raises CannotMigrate where a file cannot be read or changed.
    """
    chosen = tuple(step for step in steps if step.to > version)
    before = _texts(root)
    after = dict(before)
    for step in chosen:
        for path, text in after.items():
            after[path] = _changed(step, path, text)
        after[SETTINGS] = replace_scalar(after[SETTINGS], SETTINGS, (VERSION,), str(step.to))
    changed = {path: text for path, text in after.items() if text != before[path]}
    _, report = load(root, instead=changed)
    return Plan(version, chosen, before, changed, report)


def write(root: Path, made: Plan) -> None:
    """Write the files that change, notebook.yaml last: it says that the others are done."""
    for path in sorted(made.after, key=lambda path: path == SETTINGS):
        replace_file(root / path, made.after[path].encode())


def _texts(root: Path) -> dict[str, str]:
    """Every YAML file of the authors, by its path."""
    reader = Reader(root)
    found = [root / SETTINGS, *root.glob("content/*/*/concept.yaml")]
    found += [root / SOURCES] if (root / SOURCES).is_file() else []
    found += root.glob("claims/*/*/*.yaml")
    for path in sorted(found):
        reader.text(path.relative_to(root).as_posix())
    if not reader.report.ok:
        first = next(iter(reader.report))
        raise CannotMigrate(f"{first.span.path}: {first.message}")
    return reader.texts


def _changed(step: Step, path: str, text: str) -> str:
    try:
        return step.change(path, text)
    except CannotEdit as reason:
        raise CannotMigrate(f"{path}: to format {step.to}: {reason}") from None
