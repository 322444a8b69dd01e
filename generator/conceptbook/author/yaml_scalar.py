"""One value of a YAML file exchanged where it stands; every other byte stays."""

from __future__ import annotations

from typing import Any

from ..load import yaml
from ..load.places import FieldPath
from . import yaml_text
from .yaml_edit import CannotEdit


def replace_scalar(text: str, path: str, at: FieldPath, value: str) -> str:
    """The text with another word at a place that holds one; quotes around the old word go.

    Raises CannotEdit unless the file then reads as before with exactly this word exchanged.
    """
    document, _ = yaml.read(text, path)
    where = ".".join(map(str, at))
    if document is None or at not in document.places.values:
        raise CannotEdit(f"`{where}` cannot be found")
    span = document.places.value(*at)
    lines = text.splitlines(keepends=True)
    line = lines[span.line - 1]
    # Every scalar is text to this program's reader: numbers need no quotes.
    word = value if value.isdecimal() else yaml_text.scalar(value)
    lines[span.line - 1] = line[: span.column - 1] + word + line[span.end_column - 1 :]
    after = "".join(lines)
    reread, _ = yaml.read(after, path)
    if reread is None or reread.data != _exchanged(document.data, at, value):
        raise CannotEdit(f"`{where}` is written in a form that cannot be exchanged")
    return after


def _exchanged(data: Any, at: FieldPath, value: str) -> Any:
    if not at:
        return value
    copy = data.copy()
    copy[at[0]] = _exchanged(data[at[0]], at[1:], value)
    return copy
