"""Text → Fragment or Page, with the diagnostics that the text alone gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markdown_it.token import Token

from ..diagnostics import Diagnostic, Span
from ..diagnostics.catalogue.prose import BROKEN_LINK
from ..diagnostics.catalogue.references import DUPLICATE_ID
from . import blocks
from .collect import Collector
from .footnotes import Footnotes
from .fragment import SECTIONS, Fragment, Page, Section
from .origin import Origin
from .parser import field_parser, page_parser
from .sections import anchors, outline, proofs


def parse_inline(text: str, origin: Origin) -> tuple[Fragment, list[Diagnostic]]:
    """A field of a record: paragraphs of inline Markdown and display math."""
    source = _normal(text)
    tokens = field_parser().parse(source, {})
    collector = Collector(source, origin, names_equations=False)
    fragment = collector.fragment(tokens)
    _, missing = Footnotes().close(tokens)
    _missing_notes(collector, missing)
    return fragment, collector.diagnostics


def parse_page(text: str, path: str) -> tuple[Page, list[Diagnostic]]:
    """A page.md, cut into its sections."""
    source = _normal(text)
    env: dict[str, Any] = {}
    tokens = page_parser().parse(source, env)
    collector = Collector(source, Origin(path), names_equations=True)
    _block_faults(collector, env)
    used = dict.fromkeys(SECTIONS, 1)
    sections = []
    for name, span, body in outline(tokens, collector):
        fragment = collector.fragment(body)
        sections.append(Section(name, fragment, span, anchors(name, body, used)))
    found = proofs(tokens, collector)
    sections = _with_notes(sections, collector)
    page = Page(path, tuple(sections), found, text, dict(collector.equations))
    return page, collector.diagnostics


def _with_notes(sections: list[Section], collector: Collector) -> list[Section]:
    notes = Footnotes()
    bodies = [notes.take(section.fragment.tokens) for section in sections]
    closed = []
    for section, body in zip(sections, bodies, strict=True):
        tokens, missing = notes.close(body)
        _missing_notes(collector, missing)
        closed.append(replace(section, fragment=replace(section.fragment, tokens=tuple(tokens))))
    for token in notes.twice:
        message = f'another footnote is named "{token.meta["label"]}"'
        collector.fault(DUPLICATE_ID, _note_span(token, collector), message)
    for token in notes.uncited:
        message = f'nothing refers to the footnote "{token.meta["label"]}"'
        collector.fault(BROKEN_LINK, _note_span(token, collector), message)
    return closed


def _note_span(token: Token, collector: Collector) -> Span:
    written = f"[^{token.meta['label']}]:"
    line = token.map[0] if token.map else 0
    return collector.origin.span(*collector.locator.start(line, written), len(written))


def _normal(text: str) -> str:
    """The text as the parser sees it, so that lines and columns agree."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _block_faults(collector: Collector, env: dict[str, Any]) -> None:
    for rule, line, text, message, hint in blocks.faults(env):
        span = collector.origin.span(*collector.locator.start(line, text), len(text))
        collector.fault(rule, span, message, hint)


def _missing_notes(collector: Collector, missing: Sequence[Token]) -> None:
    for token in missing:
        if span := token.meta.get("span"):
            message = f'there is no footnote "{token.content}"'
            collector.fault(BROKEN_LINK, span, message, f"add `[^{token.content}]: …`")
