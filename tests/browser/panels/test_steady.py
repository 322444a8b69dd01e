"""Nothing shifts under the reader's eyes as a page loads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

MOST = 0.01
"""Of Cumulative Layout Shift, where 0.1 counts as good; a line that breaks anew is above it."""
WATCH = """
globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    const what = sources.map(({ node }) => node?.outerHTML?.slice(0, 90) ?? node?.textContent);
    if (!hadRecentInput) globalThis.shifts.push({ value, what });
  }
}).observe({ type: "layout-shift", buffered: true });
"""
FRAMES = """new Promise((drawn) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn, 60))))"""
"""Long enough for a panel near by to come to life."""
CONCEPT, LONG = "scaling/double-descent/", "audits/training-dynamics-article/"
PAGES = ["", CONCEPT, LONG, "scaling/", "claims/", "audit/", "search/"]

Readers = Callable[..., Any]
AtRest = Callable[[Page], None]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES, ids=str)
def test_nothing_shifts_as_a_page_loads(
    reader: Readers, at_rest: AtRest, width: int, path: str
) -> None:
    opened = reader(viewport={"width": width, "height": 800})
    opened.page.add_init_script(WATCH)
    page = opened.open(path)
    at_rest(page)
    shifts = page.evaluate("globalThis.shifts")
    assert sum(shift["value"] for shift in shifts) < MOST, shifts


HEIGHT = "document.querySelector('main').getBoundingClientRect().height"
CAME = """[...document.fonts].some(
  ({ family, status }) => status === "loaded" && family.includes("Source"))"""
SETTLED = "document.fonts.ready.then(() => true)"
PATIENT = "[...document.fonts].every(({ display }) => display !== 'optional')"
EVEN = """(() => {
  const pen = document.createElement("canvas").getContext("2d");
  const { fontSize, fontFamily } = getComputedStyle(document.querySelector("code[data-source]"));
  pen.font = `${fontSize} ${fontFamily}`;
  return pen.measureText("iiii").width === pen.measureText("MMMM").width;
})()"""


def _wait_for_fonts(route: Route) -> None:
    """Serves a stylesheet by which text waits for its font, however late that comes."""
    response = route.fetch()
    patient = response.text().replace("font-display:optional", "font-display:block")
    route.fulfill(response=response, body=patient)


@pytest.mark.parametrize("width", [390, 1280])
def test_what_stands_in_for_a_font_has_its_width(reader: Readers, width: int) -> None:
    opened = reader(viewport={"width": width, "height": 800})
    opened.page.route("**/main.css", _wait_for_fonts)
    page = opened.open()
    page.evaluate(SETTLED)
    assert page.evaluate(PATIENT) and page.evaluate(CAME)
    height = page.evaluate(HEIGHT)
    assert page.evaluate(EVEN)
    page.unroute("**/main.css")
    page.route("**/source-*.woff2", lambda route: route.abort())
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.reload(wait_until="load")
    page.evaluate(SETTLED)
    assert not page.evaluate(CAME)
    assert page.evaluate(EVEN), "a program stays in columns"
    assert page.evaluate(HEIGHT) == pytest.approx(height, rel=0.01)
    assert all("ERR_FAILED" in fault for fault in opened.faults), opened.faults
    opened.faults.clear()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["", CONCEPT, LONG], ids=str)
def test_nothing_shifts_as_the_reader_scrolls_on(
    reader: Readers, at_rest: AtRest, width: int, path: str
) -> None:
    """Panels come to life and pictures come in; what the reader looks at stays where it is."""
    opened = reader(viewport={"width": width, "height": 800})
    opened.page.add_init_script(WATCH)
    page = opened.open(path)
    at_rest(page)
    for _ in range(200):
        if page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 1"):
            break
        page.evaluate("scrollBy({ top: 500, behavior: 'instant' })")
        page.evaluate(FRAMES)
    opened.until("[...document.images].every(({ complete }) => complete)")
    shifts = page.evaluate("globalThis.shifts")
    assert sum(shift["value"] for shift in shifts) < MOST, shifts
