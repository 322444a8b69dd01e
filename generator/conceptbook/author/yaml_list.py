"""A word added to the end of one of a YAML file's lists, whichever way the list is written."""

from __future__ import annotations

from ..load import yaml
from .yaml_edit import CannotEdit


def append_word(text: str, path: str, key: str, word: str) -> str:
    """The text with a word more in a top-level list that is there; every other byte stays.

    Raises CannotEdit unless the file then reads as before with exactly this word more.
    """
    document, _ = yaml.read(text, path)
    if document is None or not isinstance(document.data, dict):
        raise CannotEdit("it cannot be read")
    before, places = document.data.get(key), document.places
    if not isinstance(before, list) or not before:
        raise CannotEdit(f"`{key}` is no list that can be extended")
    last = places.value(key, len(before) - 1)
    lines = text.splitlines(keepends=True)
    line = lines[last.line - 1]
    newline = "\r\n" if line.endswith("\r\n") else "\n"
    head = line[: last.column - 1]
    if head.strip() == "-":
        lines[last.line - 1] = f"{line.rstrip()}{newline}{head}{word}{newline}"
    else:
        end = last.column - 1 + len(str(before[-1]))
        lines[last.line - 1] = f"{line[:end]}, {word}{line[end:]}"
    after = "".join(lines)
    reread, _ = yaml.read(after, path)
    if reread is None or reread.data != {**document.data, key: [*before, word]}:
        raise CannotEdit(f"`{key}` is written in a form that cannot be extended")
    return after
