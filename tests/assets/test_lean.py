"""Comments are for those who write; what a reader gets runs the same without them."""

from __future__ import annotations

import re

import pytest
from conceptbook.assets.bundle import BROWSER
from conceptbook.assets.lean import lean

MODULES = sorted(BROWSER.rglob("*.js"))
COMMENT = re.compile(r"^[ \t]*(/\*\*|\*(?: |/|$)|//)", re.MULTILINE)


def test_comments_and_blank_lines_go_and_code_stays() -> None:
    module = b"""/**
 * What it is.
 * @module
 */

import { a } from "./a.js"; // why

/** @param {string} b */
export function c(b) {
  // Because.
  const found = /** @type {HTMLElement} */ (a(b));
  return found ?? "https://example.org/**";
}
"""
    assert lean(module).decode() == (
        'import { a } from "./a.js"; // why\n'
        "export function c(b) {\n"
        "  const found = (a(b));\n"
        '  return found ?? "https://example.org/**";\n'
        "}\n"
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_every_line_of_code_of_our_modules_is_kept(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    uncast = re.sub(r"/\*\* @type \{[^*\n]*\} \*/ ", "", text)
    wanted = [line for line in uncast.splitlines() if line.strip() and not COMMENT.match(line)]
    assert lean(text.encode()).decode().splitlines() == wanted


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_template_of_ours_holds_what_looks_like_a_comment(path: object) -> None:
    text = lean(path.read_bytes()).decode()  # type: ignore[attr-defined]
    for template in re.findall(r"`[^`]*`", path.read_text(encoding="utf-8")):  # type: ignore[attr-defined]
        if "\n" in template:
            assert template in text, template
