"""Drawings are rebuilt from an allowlist: what runs, loads or styles does not pass."""

from __future__ import annotations

from pathlib import Path

import pytest

BLANK = """<!doctype html><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">
<script type="module" src="../assets/x/harness.js"></script>"""

HARNESS = """
import { parseSvg } from "./svg.js";
globalThis.parse = (text) => {
  const drawing = parseSvg(text);
  if (drawing === null) return null;
  document.body.replaceChildren(drawing);
  return drawing.outerHTML;
};
"""


@pytest.fixture
def parse(reader, site):
    site.write("assets/x/harness.js", HARNESS)
    site.write("page/index.html", BLANK)
    reader.page.goto(f"{site.origin}/page/")
    return lambda text: reader.page.evaluate("(text) => globalThis.parse(text)", text)


def svg(inside: str, attributes: str = "") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'


EMPTY_PATH = "<svg><path></path></svg>"


def test_a_drawing_passes_whole(parse):
    drawing = svg(
        '<title id="t">a</title><g class="cb-series" transform="rotate(-90 1 2)">'
        '<path d="M0 0L1 1" fill="none"/><text x="1">10 &lt; 20</text></g>'
        '<g clip-path="url(#c)"/>',
        'viewBox="0 0 1 1" role="img" aria-labelledby="t"',
    )
    kept = parse(drawing)
    for part in (
        '<title id="t">a</title>',
        'transform="rotate(-90 1 2)"',
        '<path d="M0 0L1 1" fill="none">',
        "10 &lt; 20",
        'clip-path="url(#c)"',
        'viewBox="0 0 1 1"',
    ):
        assert part in kept


def test_an_element_that_is_no_drawing_is_dropped(parse, reader):
    reader.expected_errors += ["style-src-elem", "Applying inline style"]
    for inside in (
        "<script>globalThis.owned = 1</script>",
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
        '<a href="javascript:globalThis.owned=1"><path/></a>',
        '<image href="https://example.org/x.png"/>',
        '<use href="https://example.org/x.svg#a"/>',
        "<style>* { fill: url(https://example.org/) }</style>",
        '<animate attributeName="href" to="javascript:1"/>',
        '<set attributeName="onload" to="1"/>',
        '<img xmlns="http://www.w3.org/1999/xhtml" src="https://example.org/x.png"/>',
    ):
        assert parse(svg(inside + "<path/>")) == EMPTY_PATH, inside
    assert reader.page.evaluate("globalThis.owned") is None


def test_an_attribute_that_is_no_geometry_is_dropped(parse, reader):
    reader.expected_errors += ["src-attr", "inline event handler", "Applying inline style"]
    for attribute in (
        'onload="globalThis.owned=1"',
        'onclick="globalThis.owned=1"',
        'style="fill:red"',
        'href="javascript:globalThis.owned=1"',
        'fill="url(https://example.org/a.svg#b)"',
        'clip-path="url(//example.org#b)"',
        'data-action="run"',
    ):
        assert parse(svg(f"<path {attribute}/>")) == EMPTY_PATH, attribute
    assert reader.page.evaluate("globalThis.owned") is None


def test_what_is_no_svg_is_no_drawing(parse, reader):
    reader.expected_errors += ["style-src-attr", "Applying inline style"]  # Chromium's own report
    for text in ("", "<svg", "<svg></svg>", '<p xmlns="http://www.w3.org/1999/xhtml"/>', "plain"):
        assert parse(text) is None, text


def test_no_module_writes_markup_or_styles(site):
    forbidden = ("innerHTML", "outerHTML", "insertAdjacent", "document.write", ".style", "eval(")
    for module in (Path(site.root) / "assets" / "x").glob("*.js"):
        for word in forbidden:
            assert word not in module.read_text(), f"{module.name} has {word}"
