"""The pages beside the concepts' in Chromium: filter, search, map, copying; and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from conceptbook.witness.static_server import StaticServer
from playwright.sync_api import Browser, Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
TYPES = (
    "/",
    "/claims/",
    "/claims/scaling/double-descent/exact-risk-by-width/",
    "/sources/",
    "/sources/belkin-2018-bias-variance/",
    "/audit/",
    "/glossary/",
    "/search/",
    "/scaling/double-descent/before/",
    "/scaling/",
    "/404.html",
)
CLAIM = "/claims/scaling/double-descent/exact-risk-by-width/"

Open = Callable[[str], Page]


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with StaticServer(site) as server:
        yield server.url.rstrip("/")


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Open]:
    """Opens a page; afterwards none may have broken the policy, failed, or left its origin."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on(
        "request",
        lambda asked: (
            None if asked.url.startswith((address, "blob:")) else faults.append(asked.url)
        ),
    )

    def go(path: str) -> Page:
        page.goto(address + path, wait_until="load")
        return page

    yield go
    assert page.evaluate("window.violations") == []
    assert faults == []
    context.close()


def poll(page: Page, expression: str, *, seconds: float = 90) -> object:
    """The first truthy value; the page's policy forbids Playwright's own way of waiting."""
    for _ in range(int(seconds * 20)):
        value = page.evaluate(expression)
        if value:
            return value
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {expression}")


@pytest.mark.parametrize("path", TYPES)
def test_every_type_of_page_keeps_the_policy(visit: Open, path: str) -> None:
    page = visit(path)
    assert page.evaluate("document.querySelectorAll('main h1').length") == 1


@pytest.mark.parametrize("path", TYPES)
@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_a_phone(
    chromium: Browser, address: str, path: str, width: int
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_filter_narrows_the_list_and_stands_in_the_address(visit: Open) -> None:
    page = visit("/claims/")
    poll(page, "!document.querySelector('[data-claim-filter]').hidden")
    page.select_option("select[name=domain]", "scaling")
    poll(page, "location.search === '?domain=scaling'")
    # The filter brings the claims of the further pages of the list too.
    total = page.locator(".claim-rows > li").count()
    seen = page.locator(".claim-rows > li:visible")
    assert 0 < seen.count() < total
    domains = seen.evaluate_all("rows => [...new Set(rows.map(row => row.dataset.domain))]")
    assert domains == ["scaling"]
    assert page.locator("[data-filter-count]").inner_text() == f"{seen.count()} of {total} claims"
    page.click("button[type=reset]")
    poll(page, "location.search === ''")
    assert page.locator(".claim-rows > li:visible").count() == total


def test_a_link_of_the_audit_opens_the_list_filtered(visit: Open) -> None:
    page = visit("/audit/")
    number = page.locator("#standing tbody tr").first.locator("td").first.inner_text()
    page.locator("#standing tbody a").first.click()
    poll(page, "location.pathname.endsWith('/claims/') && document.readyState === 'complete'")
    poll(page, "document.querySelector('[data-filter-count]').textContent.includes(' of ')")
    assert page.locator(".claim-rows > li:visible").count() == int(number)


def test_search_finds_concepts_and_claims(visit: Open) -> None:
    page = visit("/search/?q=ridge")
    poll(page, "document.querySelectorAll('[data-search-results] > li').length")
    links = page.locator(".results .row-statement a")
    kinds = page.locator(".results .row-facts > :last-child").all_inner_texts()
    assert set(kinds) == {"Concept", "Claim"}
    assert links.first.inner_text() == "Ridge and the peak"
    assert page.locator(".results .badge").count() == kinds.count("Claim")
    first = links.first.get_attribute("href") or ""
    assert page.request.get(first if first.startswith("http") else page.url + first).ok
    page.fill("input[type=search]", "")
    poll(page, "!document.querySelector('[data-search-results]').children.length")
    assert page.evaluate("location.search") == ""


def test_a_node_of_the_map_in_focus_lights_its_neighbours(visit: Open) -> None:
    page = visit("/?focus=scaling/double-descent")
    poll(page, "document.querySelector('[data-map]').hasAttribute('data-lit')")
    near = page.eval_on_selector_all(
        ".map-node[data-near]", "nodes => nodes.map(node => node.dataset.node)"
    )
    assert "scaling/double-descent" in near and len(near) > 1


def test_a_citation_can_be_copied(chromium: Browser, address: str) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + CLAIM)
    poll(page, "document.querySelector('.cite .copy')")
    page.locator(".cite summary").first.click()
    page.locator(".cite .copy").first.click()
    poll(page, "document.querySelector('.cite .copy').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{conceptbook-")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", TYPES)
def test_axe_finds_nothing(
    chromium: Browser, address: str, at_rest: Callable[[Page], None], path: str, scheme: str
) -> None:
    page = chromium.new_page(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address + path)
    at_rest(page)
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(({ violations }) => violations)")
    page.close()
    assert [(v["id"], [node["html"][:160] for node in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("path", TYPES)
def test_without_scripts_each_page_is_whole(chromium: Browser, address: str, path: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + path)
    assert page.locator("main h1").is_visible()
    if path == "/claims/":
        assert not page.locator("[data-claim-filter]").is_visible()
        assert page.locator(".claim-rows > li:visible").count() > 10
    if path == "/search/":
        assert page.locator("noscript").inner_text().startswith("Searching needs JavaScript")
    context.close()
