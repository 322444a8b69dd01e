"""Moving between pages in one document: what a reader gets, and what must not be left behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

import pytest
from conceptbook.witness.static_server import SiteHandler, StaticServer
from playwright.sync_api import Browser, Error, Page, Route

WATCH = """
globalThis.document_of = Math.random();
globalThis.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
HOME, CLAIMS, SOURCES = "/", "/claims/", "/sources/"
CONCEPT, OTHER = "/scaling/double-descent/", "/scaling/scaling-laws/"
CLAIM = "/claims/scaling/double-descent/exact-risk-by-width/"
QUICK = ("/generalization/bias-variance/", "/generalization/minimum-norm/")
FOLLOW = """(href) => [...document.links].find((link) => link.href.endsWith(href)).click()"""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with StaticServer(site) as server:
        yield server.url.rstrip("/")


class Visitor:
    """Somebody who goes from page to page; says whether the document is still the first one."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.faults: list[str] = []
        self.asked: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", lambda said: self._said(said.type, said.text, said.location["url"]))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path, wait_until="load")
        self.document = self.page.evaluate("document_of")
        return self.page

    @property
    def stayed(self) -> bool:
        return self.page.evaluate("document_of") == self.document

    def until(self, expression: str, *, seconds: float = 90) -> Any:
        for _ in range(int(seconds * 50)):
            with suppress(Error):  # the document may go while it is asked
                if value := self.page.evaluate(expression):
                    return value
            self.page.wait_for_timeout(20)
        raise AssertionError(f"never: {expression}")

    def follow(self, path: str) -> None:
        """Follows a link of the page to its end: the heading of the new page has the focus."""
        self.page.evaluate(FOLLOW, path)
        self.arrive(path)

    def go(self, path: str) -> None:
        self.page.evaluate("(path) => void navigation.navigate(path)", path)
        self.arrive(path)

    def arrive(self, path: str) -> None:
        self.until(
            f"location.href.endsWith({path!r}) && document.title === "
            "document.querySelector('[data-stays][role=status]')?.textContent"
        )

    def step(self, by: int, path: str) -> None:
        """Back or forward in the history."""
        self.page.evaluate("(by) => history.go(by)", by)
        self.until(f"location.pathname === {path!r} && !document.body.inert")

    def _said(self, kind: str, text: str, about: str) -> None:
        # Beside a file that is no page, a browser asks for an icon of its own accord.
        if kind == "error" and not about.endswith("/favicon.ico"):
            self.faults.append(text)


@pytest.fixture
def visitor(chromium: Browser, address: str) -> Iterator[Visitor]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    found = Visitor(context.new_page(), address)
    yield found
    assert found.page.evaluate("violations") == []
    assert found.faults == []
    strangers = [url for url in found.asked if not url.startswith((address, "blob:"))]
    assert strangers == []
    context.close()


def test_a_link_brings_the_next_page_into_the_same_document(visitor: Visitor) -> None:
    page = visitor.open(CONCEPT)
    policy = page.evaluate("document.querySelector('meta[http-equiv]').outerHTML")
    page.evaluate("scrollTo({top: 900, behavior: 'instant'})")
    visitor.follow(CLAIMS)
    assert visitor.stayed
    assert page.title().startswith("Claims")
    assert page.evaluate("document.activeElement.matches('main h1')"), "the heading has the focus"
    assert page.evaluate("scrollY") == 0
    assert page.evaluate("document.querySelector('[aria-current=true]').textContent") == "Claims"
    assert page.evaluate("document.querySelectorAll('main').length") == 1
    assert page.evaluate("document.querySelectorAll('title').length") == 1
    assert page.evaluate("document.querySelector('meta[http-equiv]').outerHTML") == policy
    visitor.until("!document.querySelector('[data-claim-filter]').hidden")


def test_the_head_is_that_of_the_page(visitor: Visitor) -> None:
    """As a fresh load has it, so that what a reader copies or a tool reads is the page's own."""
    head = "[...document.head.children].map((element) => element.outerHTML).sort()"
    page = visitor.open(OTHER)
    fresh = page.evaluate(head)
    visitor.open(CLAIMS)
    visitor.follow(SOURCES)
    visitor.go(OTHER)
    assert visitor.stayed
    assert page.evaluate(head) == fresh


def test_the_next_page_is_shown_in_its_own_looks(visitor: Visitor) -> None:
    """A page brings the stylesheets that this one lacks, and is not shown before they are here."""
    sheets = """[...document.styleSheets].map(({ href, media }) =>
      href.split("/").at(-1) + media.mediaText)"""
    page = visitor.open(HOME)
    assert page.evaluate(sheets) == ["main.css", "home.css"]
    page.evaluate("""new MutationObserver(() => {
      const shown = document.querySelector("[data-concept-page] .map");
      if (shown) globalThis.looked ??= getComputedStyle(shown).display;
    }).observe(document.body, { childList: true })""")
    page.evaluate(FOLLOW, CONCEPT)
    visitor.until(f"location.pathname === '{CONCEPT}' && globalThis.looked")
    assert page.evaluate("looked") == "grid", "the learning map, by concept.css"
    assert page.evaluate(sheets) == ["main.css", "concept.css"]
    page.route("**/evidence.css", lambda route: route.abort(), times=1)
    page.evaluate(FOLLOW, CLAIM)
    visitor.until(f"location.pathname === '{CLAIM}' && document_of !== {visitor.document}")
    visitor.faults.clear()  # the browser's own word on the failure
    visitor.until(f"({sheets}).join() === 'main.css,evidence.css'")


def test_back_and_forward_come_to_the_place_that_was_left(visitor: Visitor) -> None:
    page = visitor.open(HOME)
    visitor.follow(SOURCES)
    page.evaluate("scrollTo({top: 1500, behavior: 'instant'})")
    page.wait_for_timeout(300)  # the browser keeps a place a little later
    visitor.follow(CLAIMS)
    visitor.step(-1, SOURCES)
    visitor.until("scrollY === 1500")
    visitor.step(-1, HOME)
    assert page.evaluate("document.querySelectorAll('main li.source').length") == 0
    visitor.step(2, CLAIMS)
    assert visitor.stayed


def test_a_link_to_a_place_on_another_page_leads_there(visitor: Visitor) -> None:
    page = visitor.open(CLAIM)
    visitor.follow(f"{CONCEPT}#claim-exact-risk-by-width")
    assert visitor.stayed
    place = "document.querySelector(':target')"
    assert page.evaluate(f"{place}.contains(document.activeElement)")
    visitor.until(f"Math.abs({place}.getBoundingClientRect().top) < innerHeight / 2")


def test_hash_links_and_written_addresses_fetch_no_page(visitor: Visitor) -> None:
    page = visitor.open(CONCEPT)
    visitor.asked.clear()
    page.evaluate("document.querySelector('main a[href^=\"#\"]').click()")
    page.evaluate("history.replaceState(null, '', '?written=1')")
    page.evaluate("history.pushState(null, '', '?written=2')")
    page.wait_for_timeout(200)
    assert visitor.stayed
    pages = [url for url in visitor.asked if "/assets/" not in url and "/data/" not in url]
    assert not pages


def test_a_link_with_a_modifier_opens_elsewhere(visitor: Visitor) -> None:
    page = visitor.open(HOME)
    with page.context.expect_page() as opened:
        page.click(".site-tools a >> nth=0", modifiers=["Control"])
    opened.value.close()
    assert visitor.stayed
    assert page.evaluate("location.pathname") == HOME


def test_files_and_downloads_are_left_to_the_browser(visitor: Visitor) -> None:
    page = visitor.open(HOME)
    with page.expect_download() as download:
        page.evaluate(
            """() => {
              const link = document.createElement("a");
              Object.assign(link, { href: "claims/", download: "claims.html" });
              link.click();
            }"""
        )
    assert download.value.suggested_filename == "claims.html"
    page.goto(visitor.address + HOME)
    page.evaluate("navigation.navigate('/api/claims.json')")
    visitor.until("document.contentType === 'application/json'")


def test_a_page_of_another_build_comes_the_ordinary_way(visitor: Visitor) -> None:
    """Modules and styles of two builds must never meet in one document."""

    def rebuilt(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("main.js", "main.js?new"))

    page = visitor.open(HOME)
    page.route("**/claims/", rebuilt)
    page.evaluate(FOLLOW, CLAIMS)
    visitor.until(f"document_of !== {visitor.document} && document.title.startsWith('Claims')")
    assert page.evaluate("location.pathname") == CLAIMS
    page.go_back()
    visitor.until(f"location.pathname === {HOME!r}")


def test_a_page_that_cannot_be_fetched_comes_the_ordinary_way(visitor: Visitor) -> None:
    page = visitor.open(HOME)
    page.route("**/claims/", lambda route: route.abort(), times=1)
    visitor.page.evaluate(FOLLOW, CLAIMS)
    visitor.until(f"document_of !== {visitor.document} && document.title.startsWith('Claims')")
    assert visitor.faults.pop().startswith("Failed to load resource")


def test_the_latest_of_two_links_wins(visitor: Visitor) -> None:
    page = visitor.open(HOME)
    held: list[Route] = []
    page.route("**/claims/", lambda route: held.append(route))
    page.evaluate(FOLLOW, CLAIMS)
    visitor.until("navigation.transition !== null")
    visitor.follow(SOURCES)
    assert page.title().startswith("Sources")
    assert visitor.stayed


def test_a_browser_without_the_api_follows_links_as_ever(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    context.add_init_script("delete globalThis.navigation;")
    page = context.new_page()
    page.goto(address + HOME)
    with page.expect_navigation(url="**/claims/"):
        page.click(".site-tools a >> nth=0")
    context.close()


COUNTED = ("Documents", "Nodes", "JSEventListeners")


def counters(page: Page) -> dict[str, float]:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.getMetrics")["metrics"]
    session.detach()
    return {metric["name"]: metric["value"] for metric in metrics}


def come_back(page: Page, before: dict[str, float]) -> None:
    """What a page left holds for an answer under way goes with the answer; a leak stays."""
    for _ in range(100):
        after = counters(page)
        if all(after[name] < before[name] * 1.1 for name in COUNTED):
            return
        page.wait_for_timeout(200)
    raise AssertionError({name: (before[name], after[name]) for name in COUNTED})


def test_pages_leave_no_nodes_and_no_listeners_behind(visitor: Visitor) -> None:
    page = visitor.open(CONCEPT)
    look = """async () => {
      for (let y = 0; y < document.body.scrollHeight; y += 600) {
        scrollTo({ top: y, behavior: "instant" });
        await new Promise(requestAnimationFrame);
      }
    }"""

    def round_trip() -> None:
        for path in (OTHER, CONCEPT):
            visitor.go(path)
            page.evaluate(look)

    round_trip()
    before = counters(page)
    for _ in range(5):
        round_trip()
    assert visitor.stayed
    come_back(page, before)


RUN_THEN_STOP = """for (const action of ["run", "stop"])
  document.querySelector(`[data-action=${action}]`).click()"""
"""In one task: a short run would be over before a second call."""


def run(visitor: Visitor) -> None:
    visitor.page.evaluate("document.querySelector('[data-action=run]').click()")
    visitor.until(
        "document.querySelector('conceptbook-witness').dataset.state === 'holds'", seconds=90
    )


class CountingHandler(SiteHandler):
    """Notes what the host is really asked for, by whichever of page, workers and their caches."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        super().do_GET()


def test_the_second_page_of_a_visit_fetches_nothing_of_the_runtime(
    chromium: Browser, site: Path
) -> None:
    """With a spare runtime and all that is kept for reading offline, as a reader has it."""
    asked = CountingHandler.asked
    with StaticServer(site, handler=CountingHandler) as server:
        context = chromium.new_context()
        context.add_init_script(WATCH)
        visitor = Visitor(context.new_page(), server.url.rstrip("/"))
        page = visitor.open(CONCEPT)
        run(visitor)
        visitor.until("document.querySelector('[data-offline=whole]')")
        for _ in range(1000):
            if len(page.workers) == 2 and any("/snapshot" in path for path in asked):
                break
            page.wait_for_timeout(50)
        else:
            raise AssertionError(f"no spare: {page.workers}")
        assert sum("/runtime/" in path for path in asked) > 3
        workers = {worker.url for worker in page.workers}
        asked.clear()
        visitor.go(OTHER)
        page.evaluate("document.querySelector('[data-action=run]').click()")
        state = "document.querySelector('conceptbook-witness').dataset.state"
        assert page.evaluate(state) == "running", "nothing needs to load"
        visitor.until(f"{state} === 'holds'")
        assert asked, "the page itself comes from the host"
        assert [path for path in asked if "/runtime/" in path or "worker" in path] == []
        assert workers & {worker.url for worker in page.workers}
        assert page.evaluate("violations") == [] and visitor.faults == []
        context.close()


def test_a_run_ends_when_its_page_is_left_and_the_next_page_runs(visitor: Visitor) -> None:
    page = visitor.open(CONCEPT)
    run(visitor)
    page.evaluate(
        """() => {
          const code = document.querySelector("code[data-source]");
          globalThis.left = document.querySelector("conceptbook-witness");
          code.textContent = "while True: pass";
          left.querySelector("[data-action=run]").click();
        }"""
    )
    visitor.until("left.dataset.state === 'running'")
    visitor.go(OTHER)
    visitor.until("left.dataset.state === 'stopped'")
    run(visitor)
    assert len(page.workers) <= 2, "no worker is left running"
    page.evaluate("delete globalThis.left")


def test_runs_stops_and_moves_leave_no_node_and_no_worker(visitor: Visitor) -> None:
    """The figures over fifty of each are printed by benchmarks/visit.py."""
    page = visitor.open(QUICK[0])
    state = "document.querySelector('conceptbook-witness').dataset.state"

    def around() -> None:
        for path in QUICK:
            visitor.go(path)
            run(visitor)
            page.evaluate(RUN_THEN_STOP)
            visitor.until(f"{state} === 'stopped'")

    around()
    visitor.until("document.querySelector('[data-offline=whole]')")
    before = counters(page)
    for _ in range(4):
        around()
    come_back(page, before)
    run(visitor)
    assert len(page.workers) <= 2, "the runtime and its spare"
