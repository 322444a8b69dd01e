"""Inline rules: math, citations, footnote references, raw HTML; and where each token stands.

Tokens carry `meta["at"]`, the offsets of their source in the block's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.rules_inline.autolink import autolink

from . import citations

Rule = Callable[[StateInline, bool], bool]
DECORATIVE = "{.decorative}"
_MATH = re.compile(r"\$(?![\s$])((?:[^$\\]|\\.)*+)(?<!\s)\$(?!\d)", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^([^\]\[\s]{1,100})\]")
_HTML = re.compile(
    r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,1000})?/?>|<!--|<\?|<!\[CDATA\[|<![A-Za-z]"
)


def install(md: MarkdownIt) -> None:
    """Put the rules into a parser, math before escapes and citations before links."""
    ruler = md.inline.ruler
    ruler.before("escape", "math", math)
    ruler.before("link", "citation", citation)
    ruler.before("citation", "footnote_ref", footnote_reference)
    ruler.before("link", "narrative_citation", narrative_citation)
    ruler.at("link", _placed(link))
    ruler.at("image", _placed(_with_decorative(image)))
    ruler.at("autolink", _placed(autolink))
    ruler.before("entity", "raw_html", raw_html)


def math(state: StateInline, silent: bool) -> bool:
    """`$…$`: no blank inside the dollars, no digit after them."""
    if state.src[state.pos] != "$":
        return False
    match = _MATH.match(state.src, state.pos, state.posMax)
    if match:
        return _push(state, silent, "math_inline", match.end(), match[1])
    if state.src.startswith("$$", state.pos):
        end = state.pos + 2
        while end < state.posMax and state.src[end] == "$":
            end += 1
        return _push(state, silent, "stray_dollars", end, state.src[state.pos : end])
    return False


def citation(state: StateInline, silent: bool) -> bool:
    """`[@key, p. 3; see @other]`, which is no link's text."""
    if state.src[state.pos] != "[" or state.linkLevel:
        return False
    match = citations.BRACKET.match(state.src, state.pos, state.posMax)
    if match and "`" not in match[1] and _cites(match[1]):
        return _push(state, silent, "citation", match.end(), match[1])
    if not match and citations.UNCLOSED.match(state.src, state.pos, state.posMax):
        return _push(state, silent, "unclosed_citation", state.pos + 1, "[")
    return False


def narrative_citation(state: StateInline, silent: bool) -> bool:
    """`@key [p. 3]` or `@key`, not inside a word."""
    if state.src[state.pos] != "@" or state.linkLevel:
        return False
    before = state.src[state.pos - 1] if state.pos else " "
    if before.isalnum() or before in "_@/":
        return False
    match = citations.NARRATIVE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    content = f"@{match[1]}, {match[2]}" if match[2] else f"@{match[1]}"
    return _push(state, silent, "narrative_citation", match.end(), content)


def footnote_reference(state: StateInline, silent: bool) -> bool:
    """`[^label]`; the numbers are given when the whole page is known."""
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    return bool(match) and _push(state, silent, "footnote_ref", match.end(), match[1])


def raw_html(state: StateInline, silent: bool) -> bool:
    """A tag is kept as text, and told of."""
    if state.src[state.pos] != "<":
        return False
    match = _HTML.match(state.src, state.pos, state.posMax)
    return bool(match) and _push(state, silent, "raw_html", match.end(), match[0])


def _cites(content: str) -> bool:
    return content.lstrip().startswith("@") or bool(citations.MENTION.search(content))


def _push(state: StateInline, silent: bool, name: str, end: int, content: str) -> bool:
    if not silent:
        token = state.push(name, "", 0)
        token.content = content
        token.meta["at"] = (state.pos, end)
    state.pos = end
    return True


def _placed(rule: Rule) -> Rule:
    """The rule, whose first token then knows where its source stands."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[count : count + 2]:
                if token.type != "text":
                    token.meta["at"] = (start, state.pos)
                    break
        return True

    return placed


def _with_decorative(rule: Rule) -> Rule:
    """The image rule, which also takes a `{.decorative}` that follows at once."""

    def decorated(state: StateInline, silent: bool) -> bool:
        if not rule(state, silent):
            return False
        if state.src.startswith(DECORATIVE, state.pos):
            state.pos += len(DECORATIVE)
            if not silent:
                state.tokens[-1].meta["decorative"] = True
        return True

    return decorated
