"""The two Markdown parsers of a process: one for pages, one for fields."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote.index import footnote_def

from . import blocks, inline


@cache
def page_parser() -> MarkdownIt:
    """CommonMark without HTML, with tables, footnotes, containers, alerts and math."""
    md = _parser().enable("table")
    md.block.ruler.before(
        "reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]}
    )
    blocks.install_math(md)
    blocks.install_containers(md)
    return md


@cache
def field_parser() -> MarkdownIt:
    """Paragraphs and display math alone: a field of a record has no blocks of its own."""
    md = _parser()
    md.block.ruler.enableOnly(["paragraph"])
    blocks.install_math(md)
    return md


def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False})
    md.disable(["html_block", "html_inline"])
    inline.install(md)
    md.normalizeLink = lambda url: url
    md.validateLink = lambda url: True
    return md
