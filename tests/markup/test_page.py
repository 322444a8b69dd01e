"""What a page and a field are made of."""

from __future__ import annotations

import pytest
from conceptbook.markup import Heading, Origin, parse_inline, parse_page


def test_sections_headings_and_equations() -> None:
    page, diagnostics = parse_page(
        "## Intuition\n\na\n\n### Why\n\n## Math\n\n### Why $x$\n\n$$ a $$ (one)\n\n$$ b $$\n\n"
        "$$ c $$ (two)\n",
        "page.md",
    )
    assert diagnostics == []
    assert [section.id for section in page.sections] == ["intuition", "math"]
    assert page.sections[0].headings == (Heading(3, "intuition-why", "Why"),)
    assert page.sections[1].headings == (Heading(3, "math-why-x", "Why x"),)
    assert {name: formula.number for name, formula in page.equations.items()} == {
        "one": 1,
        "two": 2,
    }
    assert [formula.tex for formula in page.formulas] == ["x", "a", "b", "c"]
    assert page.section("math") is page.sections[1] and page.section("demo") is None


def test_an_empty_page_is_a_page() -> None:
    page, diagnostics = parse_page("", "page.md")
    assert (page.sections, page.proofs, diagnostics) == ((), (), [])


def test_objects_of_a_field() -> None:
    fragment, diagnostics = parse_inline(
        "By [see @a, p. 1; @b] the [peak](value:scaling/dd/risk@4e1) of $R_2$.", Origin("c.yaml")
    )
    assert diagnostics == []
    (citation,) = fragment.citations
    assert [(item.prefix, item.key, item.locator) for item in citation.items] == [
        ("see", "a", "p. 1"),
        ("", "b", ""),
    ]
    (link,) = fragment.links
    assert (link.kind, link.target, link.value, link.text) == (
        "value",
        "scaling/dd/risk",
        "4e1",
        "peak",
    )
    assert fragment.plain == "By the peak of R2."


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("*a* `b` [c](claim:d)\ne", "a b c e"),
        ("as shown [@a], and by @b [p. 1].", "as shown, and by b."),
        ("![alt $x$](figures/a.svg) &amp; $\\foo$", "alt x & \\foo"),
        ("a\n\n$$ x $$ b", "a $$ x $$ b"),
    ],
)
def test_plain_text(text: str, plain: str) -> None:
    assert parse_inline(text, Origin("a.yaml"))[0].plain == plain


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[@a.b:c+d-e_f]", ["a.b:c+d-e_f"]),
        ("[@a] @b. @c, (@d) «@e»", ["a", "b", "c", "d", "e"]),
        ("[-x](https://x.org/@a) a@b `@c` \\@d $@e$", []),
        ("[a @b](https://x.org)", []),
        ("[^@a]", []),
        ("[@Müller2020]", ["Müller2020"]),
    ],
)
def test_citation_keys(text: str, keys: list[str]) -> None:
    fragment, _ = parse_inline(text, Origin("a.yaml"))
    found = [item.key for citation in fragment.citations for item in citation.items]
    assert found == keys


@pytest.mark.parametrize(
    "href",
    [
        "concept:scaling/double-descent",
        "claim:x",
        "claim:scaling/dd/x",
        "source:Doe2020:a.b",
        "equation:one",
        "curve:risk",
        "witness:live",
        "value:risk@-1.5e-3",
        "misconception:bigger-is-better",
        "demo:live",
    ],
)
def test_object_kinds(href: str) -> None:
    fragment, diagnostics = parse_inline(f"[a]({href})", Origin("a.yaml"))
    assert diagnostics == []
    assert fragment.links[0].kind == href.partition(":")[0]
