"""A stranger's text: never an exception, never unsafe, never slow."""

from __future__ import annotations

import time

import pytest
from conceptbook.markup import Origin, parse_inline, parse_page, to_html

from .conftest import PlainResolver, unsafe

SIZE = 6_000
SECONDS = 2.0
"""Processor time that the worst of them may take, some ten times what it takes; what grows with
the square of the length takes far more."""
REPEATED = """
[ [[@a ![ [^ [@a_ @a ]( [a]( [](a) $ $$$~ $$_a~ $a_ $x$_ $\\foo$_ \\ ` <a_ < <!-- :::_proof~ :::~
>_ > -_ * *a__b_ | |a~ [^1]:_x~ [^1] [a]:_b~ ###_a~ & {.decorative} [1](value:a@1) @a.. [@a;
[^1]:_[^2]:_x~ :::_proof_{#a}~:::~ $$_x_$$_(a)~~ ~ _ é \ufffe \x00 a \N{GRINNING FACE}
""".split()
"""Pieces with `_` for a blank and `~` for a line's end."""


@pytest.mark.parametrize("piece", REPEATED)
def test_repeated(piece: str) -> None:
    piece = piece.replace("_", " ").replace("~", "\n")
    text = "## Math\n\n" + piece * (SIZE // len(piece))
    start = time.process_time()
    page, _ = parse_page(text, "page.md")
    html = "".join(to_html(section.fragment, PlainResolver()) for section in page.sections)
    fragment, _ = parse_inline(text, Origin("a.yaml"))
    html += to_html(fragment, PlainResolver())
    assert time.process_time() - start < SECONDS
    assert unsafe(html) == []


def test_nested_containers_and_lists() -> None:
    containers = "".join(f"{' ' * i}- ::: proof\n" for i in range(60))
    lists = "".join(f"{'  ' * i}- a $x$\n" for i in range(200))
    for text in (containers, lists, "> " * 500 + "a", "::: proof\n" * 50 + ":::\n" * 50):
        page, _ = parse_page("## Math\n\n" + text, "page.md")
        assert unsafe(to_html(page.sections[0].fragment, PlainResolver())) == []


def test_wide_table() -> None:
    text = "## Math\n\n" + "|a" * 50 + "|\n" + "|-" * 50 + "|\n" + "| $x$ |\n" * 100
    page, _ = parse_page(text, "page.md")
    assert len(page.formulas) == 100
