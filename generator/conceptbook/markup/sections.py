"""The shape of a page: its four sections, the headings below them, and its proofs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from markdown_it.token import Token

from ..diagnostics import Span, did_you_mean
from ..diagnostics.catalogue.prose import BAD_HEADING
from ..diagnostics.catalogue.references import DUPLICATE_ID
from .collect import Collector, formula_text, word
from .footnotes import Footnotes, references
from .fragment import SECTIONS, Heading, Proof

TITLES = tuple(name.capitalize() for name in SECTIONS)
Body = list[Token]


def outline(tokens: Sequence[Token], collector: Collector) -> Iterator[tuple[str, Span, Body]]:
    """The sections as (id, span of the heading, tokens). A faulty heading's text stays with
    the section before it, so that its own faults are found."""
    name, span, body = "", Span(collector.origin.path), []
    seen: list[str] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "heading_open" and token.tag in ("h1", "h2"):
            title = tokens[index + 1].content.strip()
            place = _heading_span(token, collector)
            if _is_section(token, title, seen, place, collector):
                if name:
                    yield name, span, body
                elif body:
                    _lost(body, collector)
                name, span, body = title.lower(), place, []
                seen.append(name)
                index += 3
                continue
        body.append(token)
        index += 1
    if name:
        yield name, span, body
    elif body:
        _lost(body, collector)


def anchors(section: str, tokens: Sequence[Token], used: dict[str, int]) -> tuple[Heading, ...]:
    """The headings below level 2 with an anchor each, unique among those used in the page."""
    found = []
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            title = _title(tokens[index + 1])
            ident = _unique(f"{section}-{slug(title)}".rstrip("-"), used)
            token.meta["id"] = ident
            found.append(Heading(int(token.tag[1]), ident, title))
    return tuple(found)


def proofs(tokens: Sequence[Token], collector: Collector) -> tuple[Proof, ...]:
    """The `::: proof` and `::: example` blocks with their source text."""
    found: dict[str | int, Proof] = {}
    notes = _notes(tokens)
    for index, token in enumerate(tokens):
        if token.type not in ("proof_open", "example_open") or not token.map:
            continue
        first, last = token.map
        kind, name = token.type.removesuffix("_open"), token.info or None
        span = collector.origin.span(*collector.locator.start(first, ":::"), 3)
        if name and name in found:
            message = f'another block is named "{name}"'
            related = [(found[name].span, "the first one")]
            collector.diagnostics.append(DUPLICATE_ID.at(span, message, related=related))
            continue
        text = _source(first + 1, last, collector)
        cited = [
            _source(*note[0].map, collector)
            for note in _cited(_block(tokens, index), notes)
            if note[0].map
        ]
        found[name or index] = Proof(
            "proof" if kind == "proof" else "example", name, text, span, tuple(cited)
        )
    return tuple(found.values())


def _source(first: int, last: int, collector: Collector) -> str:
    return "\n".join(collector.locator.lines[first:last])


def _block(tokens: Sequence[Token], index: int) -> Body:
    """A block from its opening token on, as far as the closing one."""
    depth = 0
    for end in range(index, len(tokens)):
        depth += tokens[end].nesting
        if not depth:
            return list(tokens[index:end])
    return list(tokens[index:])


def _notes(tokens: Sequence[Token]) -> dict[str, Body]:
    """Footnotes by label, each from its opening token on."""
    found: dict[str, Body] = {}
    for index, token in enumerate(tokens):
        if token.type == "footnote_reference_open":
            found.setdefault(token.meta["label"], _block(tokens, index))
    return found


def _cited(tokens: Body, notes: Mapping[str, Body]) -> list[Body]:
    """The footnotes that some tokens cite, and those that these cite, each once."""
    labels: dict[str, None] = {}
    waiting = [tokens]
    while waiting:
        for token in references(waiting.pop()):
            if token.content in notes and token.content not in labels:
                labels[token.content] = None
                waiting.append(notes[token.content])
    return [notes[label] for label in labels]


def slug(title: str) -> str:
    """A title as the end of an anchor: lower case letters and digits joined by hyphens."""
    plain = unicodedata.normalize("NFKC", title).lower()
    return "-".join(re.findall(r"[^\W_]+", plain))


def _is_section(
    token: Token, title: str, seen: Sequence[str], span: Span, collector: Collector
) -> bool:
    name = title.lower()
    if token.tag == "h1":
        collector.fault(BAD_HEADING, span, "the page's title comes from concept.yaml", "use `###`")
    elif token.level:
        collector.fault(BAD_HEADING, span, f'"{title}" stands inside another block', "use `###`")
    elif title not in TITLES:
        near = did_you_mean(title, TITLES)
        message = f'"{title}" is not one of the sections {", ".join(TITLES)}'
        collector.fault(BAD_HEADING, span, message, near or "use `###` below a section")
    elif name in seen:
        collector.fault(BAD_HEADING, span, f'"{title}" stands twice')
    else:
        if seen and SECTIONS.index(name) < SECTIONS.index(seen[-1]):
            message = f'"{title}" must stand before "{seen[-1].capitalize()}"'
            collector.fault(BAD_HEADING, span, message)
        return True
    return False


def _heading_span(token: Token, collector: Collector) -> Span:
    line = token.map[0] if token.map else 0
    place = collector.locator.start(line)
    return collector.origin.span(*place, len(collector.locator.lines[line]) - place[1])


def _lost(body: Sequence[Token], collector: Collector) -> None:
    """The text before the first section, which no page shows."""
    first = next((token for token in Footnotes().take(body) if token.map), None)
    if first is None or first.tag in ("h1", "h2"):
        return
    span = _heading_span(first, collector)
    hint = f"begin with one of {', '.join(f'`## {title}`' for title in TITLES)}"
    collector.fault(BAD_HEADING, span, "text stands before the first section", hint)


def _title(inline: Token) -> str:
    words = (word(child) or formula_text(child) for child in inline.children or [])
    return " ".join("".join(words).split())


def _unique(ident: str, used: dict[str, int]) -> str:
    """The id itself, or with the next number; `used` counts how often each was asked for."""
    candidate = ident
    while candidate in used:
        used[ident] += 1
        candidate = f"{ident}-{used[ident]}"
    used[candidate] = 1
    return candidate
