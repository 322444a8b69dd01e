"""Plain data → YAML as an author would write it; every scalar is text to this program's reader."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

WIDTH = 96
_PLAIN = re.compile(r"[^\W_][\w./+-]*(?: [\w./+-]+)*")
"""Safe without quotes in block and flow, for this program's reader and for others."""
_WORDS_OF_YAML = frozenset("null true false yes no on off y n ~".split())
_NUMBER = re.compile(r"[-+]?[\d._]+(?:[eE][-+]?\d+)?|0[xob]\w+")
_BREAKS = {char: f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029\ufeff\x7f"}


def item(value: Mapping[str, Any], indent: int = 0) -> list[str]:
    """The lines of a mapping as one item of a list whose dashes stand `indent` columns in."""
    first, *rest = mapping(value, indent + 2)
    return [f"{' ' * indent}- {first.lstrip()}", *rest]


def mapping(value: Mapping[str, Any], indent: int = 0) -> list[str]:
    """The lines of a mapping; empty values are left out, order is kept."""
    return [
        line
        for key, inner in value.items()
        if inner not in (None, "", [], {}, ())
        for line in _entry(key, inner, indent)
    ]


def scalar(value: Any) -> str:
    """One value on one line: plain where nobody could misread it, else in double quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if not isinstance(value, str):
        return text
    misread = text.casefold() in _WORDS_OF_YAML or _NUMBER.fullmatch(text)
    return text if _PLAIN.fullmatch(text) and not misread else quoted(text)


def quoted(text: str) -> str:
    """In double quotes, with JSON's escapes, which YAML shares."""
    written = json.dumps(text, ensure_ascii=False)
    return "".join(_BREAKS.get(char, char) for char in written)


def _entry(key: str, value: Any, indent: int) -> list[str]:
    margin = " " * indent
    if isinstance(value, Mapping):
        flow = _flow(value)
        if len(flow) + len(key) + indent + 2 <= WIDTH and _is_flat(value):
            return [f"{margin}{key}: {flow}"]
        return [f"{margin}{key}:", *mapping(value, indent + 2)]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _list(key, value, indent)
    if isinstance(value, str) and "\n" in value:
        return _paragraphs(key, value, indent)
    if isinstance(value, str) and len(value) + len(key) + indent + 2 > WIDTH:
        return _long(key, value, indent)
    if isinstance(value, str) and _reads_as_prose(value):
        return [f"{margin}{key}: {value}"]
    return [f"{margin}{key}: {scalar(value)}"]


def _list(key: str, value: Sequence[Any], indent: int) -> list[str]:
    margin = " " * indent
    flow = f"[{', '.join(_flow(inner) for inner in value)}]"
    if len(flow) + len(key) + indent + 2 <= WIDTH and all(
        not isinstance(inner, Mapping) or (_is_flat(inner) and len(value) == 1) for inner in value
    ):
        return [f"{margin}{key}: {flow}"]
    lines = [f"{margin}{key}:"]
    for inner in value:
        if not isinstance(inner, Mapping):
            lines.append(f"{margin}  - {scalar(inner)}")
        elif _is_flat(inner) and len(short := _flow(inner)) + indent + 4 <= WIDTH:
            lines.append(f"{margin}  - {short}")
        else:
            lines += item(inner, indent + 2)
    return lines


def _long(key: str, value: str, indent: int) -> list[str]:
    """A folded block where folding gives the text back, else one quoted line."""
    margin = " " * (indent + 2)
    lines = textwrap.wrap(value, WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False)
    folds = value == " ".join(value.split()) and " ".join(lines) == value
    if not folds or any(line.startswith("#") for line in lines) or not value.isprintable():
        return [f"{' ' * indent}{key}: {quoted(value)}"]
    return [f"{' ' * indent}{key}: >-", *(margin + line for line in lines)]


def _paragraphs(key: str, value: str, indent: int) -> list[str]:
    """A literal block of lines that stand as they are, else one quoted line."""
    margin = " " * (indent + 2)
    lines = value.split("\n")
    as_they_are = all(
        line == line.strip() and line.isprintable() and not line.startswith("#") for line in lines
    )
    if not as_they_are or not lines[0] or not lines[-1]:
        return [f"{' ' * indent}{key}: {quoted(value)}"]
    return [f"{' ' * indent}{key}: |-", *(f"{margin}{line}".rstrip() for line in lines)]


def _reads_as_prose(value: str) -> bool:
    """Plain in a block: a sentence without what YAML would take for something else."""
    misread = value.casefold() in _WORDS_OF_YAML or _NUMBER.fullmatch(value)
    return (
        bool(re.fullmatch(r"[^\W_].*", value))
        and value.isprintable()
        and value == value.strip()
        and not misread
        and not re.search(r":(\s|$)|\s#", value)
    )


def _is_flat(value: Mapping[str, Any]) -> bool:
    return all(not isinstance(inner, Mapping | list | tuple) for inner in value.values())


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(
            f"{key}: {_flow(one)}" for key, one in value.items() if one not in (None, "")
        )
        return f"{{{inner}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(_flow(one) for one in value)}]"
    return scalar(value)
