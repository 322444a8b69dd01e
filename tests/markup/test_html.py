"""Markdown in, HTML out; and that nothing unsafe comes out, whatever goes in."""

from __future__ import annotations

import pytest
from conceptbook.markup import Origin, parse_inline, parse_page, to_html

from .conftest import PlainResolver, fixtures, unsafe


def html_of(text: str) -> str:
    page, _ = parse_page(text, "page.md")
    return "".join(to_html(section.fragment, PlainResolver()) for section in page.sections)


@pytest.mark.parametrize(("given", "wanted"), fixtures("html.txt"))
def test_fixture(given: str, wanted: str) -> None:
    html = html_of("## Math\n\n" + given).rstrip("\n")
    assert html == wanted
    assert unsafe(html) == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one *line*", "one <em>line</em>"),
        ("two\n\nparagraphs", "two<br>paragraphs"),
        ("# no heading\n- no list", "# no heading\n- no list"),
        ("    no code", "no code"),
        ("> no <b>quotation</b>", "&gt; no &lt;b&gt;quotation&lt;/b&gt;"),
    ],
)
def test_field_flows(text: str, html: str) -> None:
    fragment, _ = parse_inline(text, Origin("concept.yaml"))
    assert to_html(fragment, PlainResolver(), inline=True) == html


def test_field_keeps_its_paragraphs() -> None:
    fragment, _ = parse_inline("a\n\n$$ b $$\n\nc", Origin("concept.yaml"))
    html = to_html(fragment, PlainResolver())
    assert html.startswith('<p>a</p>\n<div class="equation"><math display="block">')
    assert html.endswith("<p>c</p>\n")


def test_footnotes_stand_in_the_section_that_first_cites_them() -> None:
    page, _ = parse_page(
        "## Intuition\n\na[^x]\n\n## Math\n\nb[^y] c[^x]\n\n[^x]: X[^z]\n[^y]: Y\n[^z]: Z", "p.md"
    )
    first, second = (to_html(section.fragment, PlainResolver()) for section in page.sections)
    assert 'id="fn-1"' in first and 'id="fn-2"' in first and 'id="fn-3"' not in first
    assert '<ol start="3">\n<li id="fn-3"><p>Y</p>' in second
    assert 'href="#fnref-1-2"' in first


def test_a_malicious_resolver_free_text_stays_text() -> None:
    html = html_of('## Math\n\n[a](claim:x "<b>") ![<i>](figures/a.svg "\\" onload=\\"x") `<u>`')
    assert unsafe(html) == []
    assert "<b>" not in html and "<i>" not in html and "<u>" not in html


HARMFUL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1)) [y](JAVASCRIPT:x) [z](&#x6A;avascript:x) <javascript:x>",
    '![x](javascript:x) ![x](figures/"onerror="x)',
    '[r]\n\n[r]: javascript:alert(1) "t"',
    '[a](https://x.org/"onclick="y)',
    '$\\text{<script>}$ $x" onclick="y$ $\\color{red}x$ $\\textsc{style="x"}$',
    '```"><script>\nx\n```',
    "| <b onclick=x> | a |\n|:-:|--:|\n| $\\begin{aligned}a&b\\end{aligned}$ | x |",
    '::: proof {#a"onclick="x}\n:::',
    '$$ x $$ (a"onclick="b)',
    '[^"onclick="]: x\n\na[^"onclick="]',
    '[@a"onclick="x, <b>; @c]',
    '### "><script>',
    '[x](value:a@1"onclick="y) [](claim:"x)',
    '<https://x.org/"onclick="y>',
    "> [!NOTE]\n> <style>x</style>",
]


@pytest.mark.parametrize("text", HARMFUL)
def test_nothing_harmful_leaves(text: str) -> None:
    assert unsafe(html_of("## Math\n\n" + text)) == []
    fragment, _ = parse_inline(text, Origin("a.yaml"))
    assert unsafe(to_html(fragment, PlainResolver())) == []
    assert unsafe(to_html(fragment, PlainResolver(), inline=True)) == []


def test_the_safety_check_sees_faults() -> None:
    assert unsafe('<p style="x">') == ["style=x", "<p> is not closed"]
    assert unsafe('<a href="javascript:x" onclick="y"></a><script></script>') == [
        "href=javascript:x",
        "onclick=y",
        "<script>",
    ]
