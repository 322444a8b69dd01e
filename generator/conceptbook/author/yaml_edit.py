"""Text inserted into a YAML file at the end of one of its lists; every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..load import yaml
from ..load.places import Places
from . import yaml_text

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


class CannotEdit(Exception):
    """The file is written in a form that nothing can be inserted into; the message says which."""


def append(text: str, path: str, key: str, items: list[Mapping[str, Any]]) -> str:
    """The text with items added to the end of a top-level list, which may be missing.

    Comments, order, newline style and the absence of a last newline are kept. Raises CannotEdit.
    """
    document, faults = yaml.read(text, path)
    if document is None or not isinstance(document.data, dict):
        raise CannotEdit(faults[0].message if faults else "the file is no mapping")
    raw = _LINES.findall(text)
    lines = [line.rstrip("\r\n") for line in raw]
    newline = "\r\n" if "\r\n" in text else "\n"
    value, places = document.data.get(key), document.places
    if lines[places.value().line - 1].lstrip().startswith("{"):
        raise CannotEdit("the whole file is written in braces")
    if key not in document.data:
        added = [f"{key}:", *_items(items, 2)]
        return _inserted(raw, _end(lines, len(lines)), added, newline)
    line = places.key(key).line
    if not value:
        raw[line - 1] = _opened(raw[line - 1], key)
        return _inserted(raw, line, _items(items, 2), newline)
    dash = _dash(lines, places.value(key, 0).line)
    last = _end(lines, _next_key(places, line, len(lines)), dash)
    return _inserted(raw, last, _items(items, dash), newline)


def _items(items: list[Mapping[str, Any]], indent: int) -> list[str]:
    return [line for item in items for line in yaml_text.item(item, indent)]


def _inserted(raw: list[str], after: int, added: list[str], newline: str) -> str:
    """The lines, with their ends, and others put in after a line number, counted from 1."""
    before = "".join(raw[:after])
    if not before.endswith(("\n", "\r")):
        return newline.join([before, *added])
    return "".join([before, *(line + newline for line in added), *raw[after:]])


def _opened(line: str, key: str) -> str:
    """The line `key:` or `key: []`, ready for a list below it."""
    head = re.fullmatch(rf"({re.escape(key)}:) *(?:\[ *\]|~|null)?( *#.*)?(\s*)", line)
    if head is None:
        raise CannotEdit(f"its `{key}` is empty in a form that cannot be extended")
    return f"{head[1]}{head[2] or ''}{head[3]}"


def _dash(lines: list[str], line: int) -> int:
    match = re.match(r"( *)- ", lines[line - 1])
    if match is None:
        raise CannotEdit("its list is not written with one dash a line")
    return len(match[1])


def _next_key(places: Places, line: int, last: int) -> int:
    """The number of lines before the next top-level key after a line."""
    later = [span.line for path, span in places.keys.items() if len(path) == 1 and span.line > line]
    return min(later) - 1 if later else last


def _end(lines: list[str], limit: int, dash: int = 0) -> int:
    """The number of the last line of content: blank lines and outer comments stay below it.

    A `#` line further in than the dashes may belong to a block text, and counts as content.
    """
    number = limit
    while number > 0:
        line = lines[number - 1]
        outer = len(line) - len(line.lstrip()) <= dash
        if line.strip() and not (line.lstrip().startswith("#") and outer):
            return number
        number -= 1
    return number
