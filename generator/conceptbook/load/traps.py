"""The traps of YAML, in an author's words: what the parser saw, and what to do."""

from __future__ import annotations

import re
from typing import Any

import yaml as pyyaml

from ..diagnostics import Diagnostic, Span
from ..diagnostics.catalogue import files as rules

QUOTE = "put the whole value in quotes"
SPACES = "indent with spaces"
CANNOT_BEGIN = "@`%"
NOT_CLOSED = "the quotation mark that opens here is not closed"
MAX_LEVELS = 64
TOO_DEEP = f"nested deeper than {MAX_LEVELS} levels"


def cut_by_comment(event: pyyaml.ScalarEvent, lines: list[str], path: str) -> Diagnostic | None:
    """` #` directly followed by a character, after a plain value: the rest is lost."""
    end = event.end_mark
    if end.line >= len(lines):
        return None
    rest = lines[end.line][end.column :]
    match = re.match(r"\s+#[^\s#]", rest)
    if not match:
        return None
    column = end.column + match.end() - 1
    span = Span(path, end.line + 1, column, end.line + 1, len(lines[end.line].rstrip()) + 1)
    lost = lines[end.line][column - 1 :].rstrip()
    return rules.CUT_VALUE.at(
        span,
        f'" #" begins a comment: "{lost}" would be lost',
        f"{QUOTE}; or write `# ` with a blank if it is a comment",
    )


def split_by_comma(
    key: str, key_end: tuple[int, int], lines: list[str], path: str
) -> Diagnostic | None:
    """An entry of `{ }` without a colon: what stands after a comma that was meant as text."""
    line, column = key_end
    rest = lines[line][column:].lstrip() if line < len(lines) else ""
    if not rest.startswith((",", "}")):
        return None
    begin = max(0, column - len(key))
    return rules.CUT_VALUE.at(
        Span(path, line + 1, begin + 1, line + 1, column + 1),
        f'a comma in {{ }} begins the next entry, and "{key}" has no value',
        "put the value that holds the comma in quotes",
    )


def comments_in_block(event: pyyaml.ScalarEvent, lines: list[str], path: str) -> list[Diagnostic]:
    """Lines of a `|` or `>` text that look like comments: readers would see them."""
    first, last = event.start_mark.line + 1, min(event.end_mark.line + 1, len(lines))
    indent = min((len(t) - len(t.lstrip()) for t in lines[first:last] if t.strip()), default=0)
    ends = event.end_mark.line
    found = []
    for number in range(first, ends):
        text = lines[number]
        if re.match(r"\s*#(\s|$)", text) and len(text) - len(text.lstrip()) >= max(indent, 1):
            column = len(text) - len(text.lstrip())
            span = Span(path, number + 1, column + 1, number + 1, len(text.rstrip()) + 1)
            found.append(
                rules.COMMENT_IN_TEXT.at(
                    span,
                    "inside a block text this is no comment: readers would see it",
                    "move the comment above the key",
                )
            )
    return found


def syntax_fault(error: pyyaml.YAMLError, text: str, path: str) -> Diagnostic:
    """A parser's error as a diagnostic."""
    lines = text.splitlines()
    if not isinstance(error, pyyaml.MarkedYAMLError) or error.problem_mark is None:
        return _unreadable(error, text, path)
    mark, problem = error.problem_mark, error.problem or ""
    line = lines[mark.line] if mark.line < len(lines) else ""
    span = Span(path, mark.line + 1, mark.column + 1)
    if "nesting depth" in problem:
        # libyaml has a limit of its own, and reads ahead of what it hands out.
        return rules.YAML_TOO_LARGE.at(span, TOO_DEEP)
    if "mapping values are not allowed" in problem:
        return _second_colon(span, line, mark.column)
    if "cannot start any token" in problem:
        return _bad_beginning(span, line[mark.column : mark.column + 1])
    if "tab" in problem:
        return rules.YAML_SYNTAX.at(span, "a tab stands in the indentation", SPACES)
    if "quoted scalar" in (error.context or "") and error.context_mark:
        place = _at(error.context_mark, path)
        return rules.YAML_SYNTAX.at(place, NOT_CLOSED, "close it, or quote the whole value")
    if "scanning an a" in (error.context or "") and error.context_mark:
        begin = lines[error.context_mark.line][error.context_mark.column :][:1]
        place = _at(error.context_mark, path)
        return rules.YAML_SYNTAX.at(place, f'a plain value cannot begin with "{begin}"', QUOTE)
    return _by_structure(error, span, lines, path)


def _by_structure(error: Any, span: Span, lines: list[str], path: str) -> Diagnostic:
    problem, context = error.problem or "", error.context or ""
    above = [text.strip() for text in lines[: span.line - 1]]
    after_comment = bool(above) and above[-1].startswith("#")
    comment = "a comment line ends a text: move it above the key" if after_comment else None
    if "could not find expected ':'" in problem and error.context_mark:
        place = _at(error.context_mark, path)
        return rules.YAML_SYNTAX.at(
            place,
            "this line is neither `key: value` nor part of the text above it",
            comment or "check its indentation, and that a blank follows the colon",
        )
    if "flow" in context:
        brackets = "{ }" if "mapping" in context else "[ ]"
        return rules.YAML_SYNTAX.at(
            span,
            f"the {brackets} that begins in line {error.context_mark.line + 1} is broken here",
            "close it, part its entries by commas, and quote text that holds , [ ] { } or quotes",
        )
    if "block" in context:
        return rules.YAML_SYNTAX.at(
            span,
            "this does not fit into the "
            + ("list" if "collection" in context or "sequence" in context else "mapping")
            + f" that begins in line {error.context_mark.line + 1}",
            comment
            or "its entries begin in the same column; quote a value that begins with a "
            "quotation mark and goes on after it",
        )
    return rules.YAML_SYNTAX.at(span, f"this is no YAML: {problem}")


def _second_colon(span: Span, line: str, column: int) -> Diagnostic:
    if re.search(r":\s", line[:column]):
        return rules.YAML_SYNTAX.at(span, 'a plain value cannot hold ": "', QUOTE)
    return rules.YAML_SYNTAX.at(
        span,
        "a key stands where the value above it goes on",
        "begin the key in the column of the other keys",
    )


def _bad_beginning(span: Span, character: str) -> Diagnostic:
    if character == "\t":
        return rules.YAML_SYNTAX.at(span, "a tab stands in the indentation", SPACES)
    if character and character in CANNOT_BEGIN:
        message = f'a plain value cannot begin with "{character}"'
        return rules.YAML_SYNTAX.at(span, message, QUOTE)
    return rules.YAML_SYNTAX.at(span, f'"{character}" cannot stand here', QUOTE)


def _unreadable(error: pyyaml.YAMLError, text: str, path: str) -> Diagnostic:
    """A control character, which the parser names without a line."""
    match = re.search(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]", text
    )
    if not match:
        return rules.YAML_SYNTAX.at(Span(path), f"this is no YAML: {error}".splitlines()[0])
    before = text[: match.start()].splitlines(keepends=True) or [""]
    ended = before[-1].endswith(("\n", "\r"))
    line, column = (len(before) + 1, 1) if ended else (len(before), len(before[-1]) + 1)
    return rules.YAML_SYNTAX.at(
        Span(path, line, column),
        f"a control character, U+{ord(match[0]):04X}, stands in the text",
        "delete it",
    )


def _at(mark: Any, path: str) -> Span:
    return Span(path, mark.line + 1, mark.column + 1)
