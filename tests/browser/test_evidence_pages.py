"""Pages of claims, sources and the audit, whatever happened to the claims: axe-core in light and
dark, and the width of a phone."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from conceptbook.assets import bundle, find_theme
from conceptbook.evidence import assess
from conceptbook.render import SiteOptions, render
from conceptbook.runtime import offline
from conceptbook.witness.static_server import StaticServer
from playwright.sync_api import Browser, BrowserContext, Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
BEYOND = """[...document.querySelectorAll("body *")]
  .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
  .map(({ localName, className, parentElement }) =>
    `${parentElement.className} > ${localName}.${className}`).slice(0, 12)"""
"""What sticks out."""
MAKER = Path(__file__).parents[1] / "render" / "troubled.py"
CLAIM = "claims/calculus/midpoint"
PAGES = (
    f"{CLAIM}/second-order/",  # every kind of evidence; a stale review; contradicted
    f"{CLAIM}/good/",  # reviewed
    f"{CLAIM}/machine/",  # by a machine alone
    f"{CLAIM}/kinks/",  # superseded, its source retracted
    f"{CLAIM}/kinks-newer/",  # earlier words
    f"{CLAIM}/taken-back/",  # withdrawn
    f"{CLAIM}/erased/",
    "claims/",
    "sources/",
    "sources/talvila-2012/",  # retracted
    "sources/davis-1984/",
    "audit/",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The notebook of tests/render in which everything has happened to claims that can."""
    folder = tmp_path_factory.mktemp("evidence")
    spec = importlib.util.spec_from_file_location("troubled", MAKER)
    assert spec and spec.loader
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    notebook = maker.troubled(folder)
    theme = find_theme("default", notebook.root)
    assets = bundle(theme, notebook, runtime_json=b"{}")
    pages = render(
        notebook,
        assess(notebook),
        theme,
        SiteOptions.of(None, assets.digest, True, heads=assets.heads),
    )
    content = {page.path: page.content for page in pages}
    content |= {f"assets/{assets.digest}/{name}": data for name, data in assets.files.items()}
    content |= offline.pages("A notebook", assets.digest)
    for path, data in content.items():
        place = folder / "site" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    with StaticServer(folder / "site") as server:
        yield server.url


@pytest.fixture
def visit(
    chromium: Browser, address: str, at_rest: Callable[[Page], None]
) -> Iterator[Callable[..., Page]]:
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def go(path: str, **options: object) -> Page:
        context = chromium.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: said.type == "error" and faults.append(said.text))
        page.goto(address + path)
        at_rest(page)
        return page

    yield go
    for context in contexts:
        context.close()
    assert faults == []


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(({ violations }) => violations)")
    return [f"{v['id']}: {[node['html'][:160] for node in v['nodes']]}" for v in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit: Callable[..., Page], path: str, scheme: str) -> None:
    page = visit(path, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    assert violations(page) == []
    begin = page.locator("[data-do=begin-review]")
    if begin.count():
        begin.click()
        assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_phone(visit: Callable[..., Page], path: str) -> None:
    page = visit(path, viewport={"width": 320, "height": 640})
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.evaluate(BEYOND)


def test_each_step_of_a_review_is_accessible(visit: Callable[..., Page]) -> None:
    page = visit(f"{CLAIM}/second-order/")
    page.locator("[data-do=begin-review]").click()
    page.locator("select[name=by]").select_option("ben")
    page.locator("input[name=date]").fill("2026-11-01")
    steps = page.locator(".review-step")
    for _ in range(steps.count() - 1):
        page.locator("[data-do=next]").click()
        shown = page.locator(".review-step:visible")
        assert violations(page) == [], shown.locator("legend").first.inner_text()
        if shown.locator("[value=excerpt]").count():
            shown.locator("[value=excerpt]").check()
            shown.locator("[value=supports]").check()
        if shown.locator("[name=summary]").count():
            shown.locator("[name=summary]").fill("Held every entry against the claim, one by one.")
    assert page.locator(".review-block:visible").inner_text().startswith("  - by: ben")
