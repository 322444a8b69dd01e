"""Every object's span is the very text that the author wrote, wherever it stands."""

from __future__ import annotations

import pytest
from conceptbook.diagnostics import Span
from conceptbook.markup import Page, parse_page

OBJECTS = ["[@key, p. 1]", "@other [p. 2]", "[text](claim:x)", "[](value:c@3)", "$x_1$"]
PLACES = {
    "a paragraph": "one\ntwo {0} three\nfour {1} {2} {3}\n{4}",
    "a paragraph whose lines are indented": "one\n   {0}\n  {1} {2}   \n\t{3} {4}",
    "a list": "- a {0}\n- b\n  {1}\n  - c {2}\n    {3}\n\n    d {4}",
    "an ordered list": "10. a {0}\n    {1}\n11. {2} {3}\n\n    {4}",
    "a quotation": "> a {0}\n> {1}\nlazy {2}\n> > deeper {3}\n> > {4}",
    "a quotation in a list": "- > a {0}\n  > {1} {2}\n  >\n  > - {3}\n  >   {4}",
    "a table": "| {0} | a |\n|---|---|\n| a | {1} {2} |\n| `x\\|y` {3} | x\\|y {4} |",
    "a table without outer bars": "{0} | a\n---|---\na | {1}\n{2} {3} | {4}",
    "a table in a quotation": "> | a | {0} |\n> |---|---|\n> | {1} | {2} |\n> | {3} | {4} |",
    "a table with equal cells": "| a | a |\n|---|---|\n| {0} | {0} |\n| | {1} |\n| {2} {3} | {4} |",
    "a heading": "### {0} and {1}\n\n#### {2} ####\n\n##### {3}{4}",
    "a footnote": "a[^1]\n\n[^1]: b {0}\n    {1}\n\n    c {2} {3}\n    {4}",
    "a container": "::: proof\n{0} {1}\n\n- {2}\n\n> {3} {4}\n:::",
    "an alert": "> [!NOTE]\n> {0}\n> {1} {2}\n>\n> {3} {4}",
    "emphasis and links": "*a {0}* **{1}** {2} \\* `{{` &amp; {3} _{4}_",
    "astral characters": "\U0001f600 {0} é {1}\n\U0001f600\U0001f600 {2} {3} {4}",
}


def spans(page: Page) -> list[Span]:
    objects = (*page.citations, *page.links, *page.formulas)
    return sorted(found.span for found in objects)


def written(text: str, span: Span) -> str:
    assert span.line == span.end_line
    return text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]


@pytest.mark.parametrize("template", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_spans(template: str, ending: str) -> None:
    text = "## Math\n\n" + template.format(*OBJECTS)
    page, diagnostics = parse_page(text.replace("\n", ending), "page.md")
    assert diagnostics == []
    found = [written(text, span) for span in spans(page)]
    assert set(found) == set(OBJECTS)
    assert len(found) >= len(OBJECTS)


def test_an_object_over_two_lines_spans_the_first() -> None:
    text = "## Math\n\na [@key, p. 1;\n@other] b"
    page, _ = parse_page(text, "page.md")
    assert written(text, page.citations[0].span) == "[@key, p. 1;"
    assert [written(text, item.span) for item in page.citations[0].items] == ["@key", "@other"]


def test_display_formula_and_proof() -> None:
    text = "## Math\n\n- ::: proof {#a}\n  $$\n  x\n  $$ (eq)\n  :::"
    page, _ = parse_page(text, "page.md")
    assert str(page.equations["eq"].span) == "page.md:4:3"
    assert str(page.proofs[0].span) == "page.md:3:3"
    assert page.proofs[0].text == "  $$\n  x\n  $$ (eq)"
    assert page.proofs[0].id == "a"


def test_images_and_plain_links() -> None:
    text = "## Math\n\na ![b](figures/c.svg) [d](#e)\n<https://f.org>"
    page, _ = parse_page(text, "page.md")
    assert [written(text, image.span) for image in page.images] == ["![b](figures/c.svg)"]
    assert [written(text, link.span) for link in page.hrefs] == ["[d](#e)", "<https://f.org>"]
