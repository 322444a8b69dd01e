"""Block rules: display math, containers and alerts. Faults go to `env["faults"]`."""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from ..diagnostics import Rule
from ..diagnostics.catalogue.prose import UNKNOWN_CONTAINER
from .links import ID

Fault = tuple[Rule, int, str, str, str | None]
"""Rule, 0-based line, the text in it that is meant, message, hint."""
ALERTS = ("note", "tip", "important", "warning", "caution")
DEEPEST = 15
_CLOSING = re.compile(r"(.*?)\$\$[ \t]*(?:\(([^()$]*)\))?[ \t]*\Z")
_FENCE = re.compile(r":{3,}[ \t]*(.*?)[ \t]*\Z")
_CONTAINER = re.compile(rf"(proof|example)(?:\s+\{{#({ID})\}})?")
_ALERT = re.compile(r"\[!([A-Za-z]+)\][ \t]*(?:\n|\Z)")
_INTERRUPTS = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def install_math(md: MarkdownIt) -> None:
    """Teach the parser `$$ … $$` and `$$ … $$ (id)`."""
    md.block.ruler.before("paragraph", "math_block", math_block, _INTERRUPTS)


def install_containers(md: MarkdownIt) -> None:
    """Teach the parser `::: proof`, `::: example` and alerts."""
    md.block.ruler.before("fence", "container", container, _INTERRUPTS)
    md.core.ruler.after("block", "alerts", alerts)


def faults(env: Any) -> list[Fault]:
    """The faults that the block rules found, kept in the environment of a parse."""
    return env.setdefault("faults", [])


def math_block(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """`$$ … $$` or `$$ … $$ (id)` on lines of its own, without a blank line inside."""
    start = state.bMarks[first] + state.tShift[first]
    if not state.src.startswith("$$", start) or state.is_code_block(first):
        return False
    start += 2
    if state.src.startswith("$", start):
        return False
    content: list[str] = []
    for line in range(first, last):
        text = state.src[start : state.eMarks[line]]
        if not text.strip() and line > first:
            break
        if match := _CLOSING.match(text):
            if not silent:
                _push_math(state, first, line, [*content, match[1]], match[2])
            return True
        if "$$" in text or (line > first and state.sCount[line] < state.blkIndent):
            break
        content.append(text)
        if line + 1 < last:
            start = state.bMarks[line + 1]
    return False


def container(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """`::: proof {#id}` … `:::`; containers may nest."""
    match = _fence(state, first)
    if not match or state.level > DEEPEST:
        return False
    if silent:
        return True
    known = _CONTAINER.fullmatch(match[1])
    end = _container_end(state, first, last) if match[1] else None
    _container_faults(state, first, match[1], bool(known), end)
    if not match[1]:
        state.line = first + 1
        return True
    close = last if end is None else end
    if known:
        token = state.push(f"{known[1]}_open", "div", 1)
        token.info = known[2] or ""
        token.map = [first, close]
    parent, limit = state.parentType, state.lineMax
    state.parentType, state.lineMax = "container", close
    state.md.block.tokenize(state, first + 1, close)
    state.parentType, state.lineMax = parent, limit
    state.line = close if end is None else end + 1
    if known:
        state.push(f"{known[1]}_close", "div", -1)
    return True


def alerts(state: StateCore) -> None:
    """GitHub's alerts: a quotation whose first line is `[!NOTE]`."""
    for index, token in enumerate(state.tokens[:-3]):
        if token.type != "blockquote_open" or state.tokens[index + 1].type != "paragraph_open":
            continue
        inline = state.tokens[index + 2]
        match = _ALERT.match(inline.content)
        if match and match[1].lower() in ALERTS:
            token.meta["alert"] = match[1].lower()
            inline.content = inline.content[match.end() :]
            if inline.map:
                inline.map = [inline.map[0] + 1, inline.map[1]]
            if not inline.content:
                state.tokens[index + 1].hidden = state.tokens[index + 3].hidden = True


def _push_math(
    state: StateBlock, first: int, line: int, content: list[str], name: str | None
) -> None:
    token = state.push("math_block", "math", 0)
    token.content = "\n".join(content)
    token.info = name or ""
    token.meta["named"] = name is not None
    token.map = [first, line + 1]
    state.line = line + 1


def _fence(state: StateBlock, line: int) -> re.Match[str] | None:
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith(":::", start) or state.is_code_block(line):
        return None
    return _FENCE.match(state.src[start : state.eMarks[line]])


def _container_end(state: StateBlock, first: int, last: int) -> int | None:
    depth = 0
    for line in range(first, last):
        if match := _fence(state, line):
            depth += 1 if match[1] else -1
            if not depth:
                return line
    return None


def _container_faults(
    state: StateBlock, line: int, info: str, known: bool, end: int | None
) -> None:
    found = faults(state.env)
    if not info:
        found.append((UNKNOWN_CONTAINER, line, ":::", "this `:::` closes nothing", None))
        return
    if not known:
        message, hint = (
            f'there is no container "{info}"',
            "write `::: proof {#id}` or `::: example`",
        )
        found.append((UNKNOWN_CONTAINER, line, ":::", message, hint))
    if end is None:
        message, hint = "the container is not closed", "close it with a line `:::`"
        found.append((UNKNOWN_CONTAINER, line, ":::", message, hint))
