"""Prose fields of records → HTML on one page."""

from __future__ import annotations

import re

from markupsafe import Markup

from ..load import FieldPath
from ..load.loaded import Prose
from ..markup import to_html
from .resolver import PageResolver

_ANCHOR = re.compile(r"</?a\b[^>]*>")


def inline(prose: Prose, resolver: PageResolver, *path: str | int) -> Markup:
    """The field's text as inline HTML; empty where it is not written."""
    fragment = prose.get(_key(path))
    return Markup(to_html(fragment, resolver, inline=True)) if fragment else Markup("")


def unlinked(prose: Prose, resolver: PageResolver, *path: str | int) -> Markup:
    """The same without its links, so that all of it can be one."""
    return Markup(_ANCHOR.sub("", inline(prose, resolver, *path)))


def plain(prose: Prose, *path: str | int) -> str:
    """The field's text alone, on one line."""
    fragment = prose.get(_key(path))
    return " ".join(fragment.plain.split()) if fragment else ""


def _key(path: tuple[str | int, ...]) -> FieldPath:
    return tuple(path)
