"""The bundled site without a network: a concept's page, whole, below a base path."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from conceptbook.witness.static_server import StaticServer
from playwright.sync_api import Browser, Page

CONCEPT = "generalization/bias-variance/"
WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
STATE = "document.querySelector('[data-offline]')?.dataset.offline"
WITNESS = "document.querySelector('conceptbook-witness')?.dataset.state"
BROKEN = """(async () => {
  const files = [...document.images].map(({src}) => src);
  for (const link of document.querySelectorAll("[data-objects]")) files.push(link.href);
  const bad = [];
  for (const file of files) if (!(await fetch(file)).ok) bad.push(file);
  return bad.join();
})()"""
FONTS = """document.fonts.ready.then((all) =>
  [...all].filter(({status, family}) => status === "error" && !family.includes("Meanwhile"))
    .map(({family, unicodeRange}) => `${family} ${unicodeRange}`).join())"""
"""Those of the site; which of the reader's own can stand in for them is their machine's affair."""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    yield page
    assert page.evaluate("window.violations") == []
    context.close()


def until(page: Page, expression: str, wanted: object, seconds: float = 90) -> None:
    end = monotonic() + seconds
    while (seen := page.evaluate(expression)) != wanted:
        assert monotonic() < end, f"{expression} is {seen!r}, never {wanted!r}"
        page.wait_for_timeout(50)


def run(page: Page) -> None:
    until(page, WITNESS, "idle")
    page.locator('conceptbook-witness [data-action="run"]').first.click()
    until(page, WITNESS, "holds")


def test_a_concept_that_was_read_and_run_is_whole_without_a_network(
    page: Page, repo_site: Path
) -> None:
    with StaticServer(repo_site, "/repo/") as server:
        page.goto(server.url)
        until(page, STATE, "page")
        page.evaluate("globalThis.isSame = true")
        page.locator(f'main a[href$="{CONCEPT}"]').first.click()  # in the same document
        run(page)
        until(page, STATE, "whole")
        assert page.evaluate("globalThis.isSame")
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.goto(server.url + CONCEPT)
    until(page, STATE, "whole")
    assert page.evaluate(BROKEN) == ""
    assert page.evaluate(FONTS) == ""
    run(page)
    page.click(".site-title")
    until(page, "location.pathname", "/repo/")
    until(page, STATE, "page")
    missing = page.goto(server.url + "glossary/")
    assert missing is not None and missing.status == 503
    assert "not kept for reading offline" in page.inner_text("h1")
    page.click(f'[data-kept] a[href$="{CONCEPT}"]')
    until(page, WITNESS, "idle")
