"""Comments are for those who write; what a reader gets does the same without them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conceptbook.assets import find_theme
from conceptbook.assets.bundle import BROWSER
from conceptbook.assets.lean import lean_script, lean_style
from conceptbook.runtime.node import find
from conceptbook.witness.browser import ARGUMENTS
from conceptbook.witness.chromium import require
from playwright.sync_api import Page, sync_playwright

MODULES = sorted(BROWSER.rglob("*.js"))
RULES = r"""(css) => { // custom properties keep the blanks that are written; they mean nothing
  const blanks = /(?<=[,(])\s+|\s+(?=\))/g;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const plain = (text) => text.replaceAll(/\s+/g, " ").replaceAll(blanks, "");
  return [...sheet.cssRules].map(({ cssText }) => plain(cssText));
}"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require(), args=list(ARGUMENTS))
        yield browser.new_page()
        browser.close()


def test_comments_and_blanks_go_and_code_stays() -> None:
    module = b"""/**
 * What it is.
 * @module
 */

import { a } from "./a.js"; // why

/** @param {string} b */
export function c(b) {
  // Because.
  const found = /** @type {HTMLElement} */ (a(b));
  return found ?? `${b} // kept
  as it is` + "https://example.org/**";
}
"""
    assert lean_script(module).decode() == (
        'import{a}from"./a.js";export function c(b){const found=(a(b));'
        "return found??`${b} // kept\n"
        '  as it is`+"https://example.org/**";}\n'
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_string_or_template_of_ours_changes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    code = re.sub(r"^\s*(/\*\*.*?\*/|//.*?)$", "", text, flags=re.S | re.M)
    lean = lean_script(text.encode()).decode()
    for literal in re.findall(r"`[^`]*`|\"[^\"\n]*\"", code):
        assert literal in lean


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_template_of_ours_holds_another(path: Path) -> None:
    """In an inner template the minifier takes blanks away, which readers would see."""
    nested = re.findall(r"\$\{[^{}`]*`[^`]*`", path.read_text(encoding="utf-8"))
    assert not nested, "put the inner template into a name of its own"


def test_every_module_stays_one(tmp_path: Path) -> None:
    for path in MODULES:
        (tmp_path / f"{path.stem}.mjs").write_bytes(lean_script(path.read_bytes()))
    for lean in sorted(tmp_path.iterdir()):
        said = subprocess.run([find() or "node", "--check", lean], capture_output=True, text=True)
        assert said.returncode == 0, said.stderr


def test_the_stylesheet_has_the_same_rules(page: Page) -> None:
    for css in find_theme("default", Path()).styles.values():
        assert page.evaluate(RULES, lean_style(css).decode()) == page.evaluate(RULES, css)
