"""One visit: what its second page costs, and what runs, stops and moves between pages leave behind.

`python benchmarks/visit.py [--moves 50] [--write]` builds the notebook of this repository and reads
it in Chromium. `--write` puts the figures into benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import monotonic
from typing import NamedTuple

from conceptbook.build import Options, build
from conceptbook.witness.browser import ARGUMENTS
from conceptbook.witness.chromium import require
from conceptbook.witness.static_server import StaticServer
from playwright.sync_api import Browser, Page, sync_playwright
from tables import put

HERE = Path(__file__).parent
PATIENCE_S = 120
PAGES = (
    "generalization/bias-variance/",
    "generalization/minimum-norm/",
    "optimization/gradient-clipping/",
    "optimization/noise-scale/",
    "optimization/sharpness/",
    "scaling/scaling-laws/",
)
REPEATS = 4
RUN = """() => new Promise((resolve) => {
  const witness = document.querySelector("conceptbook-witness");
  const began = performance.now();
  witness.addEventListener("conceptbook:state", () => {
    if (["loading", "running"].includes(witness.dataset.state)) return;
    const { state, duration_s } = witness.verdict;
    resolve([state, performance.now() - began, duration_s * 1000]);
  });
  witness.querySelector("[data-action=run]").click();
})"""
START = "() => document.querySelector('conceptbook-witness [data-action=run]').click()"
STOP = "() => document.querySelector('conceptbook-witness [data-action=stop]').click()"
ARRIVED = "document.querySelector('p[role=status][data-stays]')?.textContent === document.title"


class Left(NamedTuple):
    """What there is after the garbage was collected."""

    heap_mb: float
    nodes: int
    listeners: int
    resident_mb: float
    workers: int


class Visit:
    """A reader with a page, and what the server was asked for."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self.page: Page = browser.new_page()
        self.runtime: list[str] = []
        self.page.context.on("request", lambda request: self._asked(request.url))

    def until(self, expression: str) -> None:
        end = monotonic() + PATIENCE_S
        while not self.page.evaluate(expression):
            if monotonic() > end:
                raise TimeoutError(expression)
            self.page.wait_for_timeout(20)

    def go(self, path: str) -> None:
        """To another page, within the document."""
        self.page.evaluate("(path) => void navigation.navigate(path)", f"/{path}")
        self.until(f"location.pathname === '/{path}' && {ARRIVED}")

    def run(self) -> tuple[str, float, float]:
        """The state, and milliseconds from the click to the verdict, of these the witness's own.

        A pointer comes to the button before it presses.
        """
        self.page.locator("conceptbook-witness [data-action=run]").first.hover()
        return self.page.evaluate(RUN)

    def left(self) -> Left:
        session = self.page.context.new_cdp_session(self.page)
        session.send("Performance.enable")
        for _ in range(3):
            session.send("HeapProfiler.collectGarbage")
        found = session.send("Performance.getMetrics")["metrics"]
        session.detach()
        value = {metric["name"]: metric["value"] for metric in found}
        return Left(
            value["JSHeapUsedSize"] / 1e6,
            int(value["Nodes"]),
            int(value["JSEventListeners"]),
            self._resident_mb(),
            len(self.page.workers),
        )

    def _resident_mb(self) -> float:
        session = self.browser.new_browser_cdp_session()
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        session.detach()
        files = [Path(f"/proc/{p['id']}/statm") for p in processes if p["type"] == "renderer"]
        pages = sum(int(file.read_text().split()[1]) for file in files if file.exists())
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def _asked(self, url: str) -> None:
        if "/runtime/" in url or url.endswith(("worker.js", "runtime.json")):
            self.runtime.append(url)


def second_page(visit: Visit) -> str:
    """What the reader of a second page waits for."""
    over, asked = [], 0
    for _ in range(REPEATS):
        for path in PAGES:
            visit.go(path)
            visit.page.wait_for_timeout(300)
            visit.runtime.clear()
            state, whole, own = visit.run()
            assert state == "holds", (path, state)
            over.append(whole - own)
            asked += len(visit.runtime)
    return (
        f"Second and later pages of a visit: {asked} requests for a part of the runtime (must: 0). "
        f"Run → verdict takes the witness's own time and {median(over):.0f} ms more, at most "
        f"{max(over):.0f} ms, in {len(over)} runs (must: ≤ 150 ms).\n"
    )


def long_visit(visit: Visit, moves: int) -> str:
    """Runs, stops and moves in a row, each kind as often."""
    around(visit, len(PAGES))
    settle(visit)
    before = visit.left()
    around(visit, moves)
    settle(visit)
    after = visit.left()
    rows = "\n".join(
        f"| {name} | {one:,.4g} | {other:,.4g} |"
        for name, one, other in zip(
            ("JavaScript heap, MB", "nodes", "listeners", "resident, MB", "workers"),
            before,
            after,
            strict=True,
        )
    )
    return (
        f"{moves} runs, {moves} stops and {moves} moves between pages in a row; resident is the "
        f"sum of all processes that run pages, with the runtime and its spare.\n\n"
        f"| | before | after |\n|---|---|---|\n{rows}\n"
    )


def around(visit: Visit, moves: int) -> None:
    for number in range(moves):
        visit.go(PAGES[number % len(PAGES)])
        assert visit.run()[0] == "holds"
        visit.page.evaluate(START)
        visit.page.evaluate(STOP)


def settle(visit: Visit) -> None:
    """The runtime and its spare are there, on the first page."""
    visit.go(PAGES[0])
    visit.run()
    visit.page.wait_for_timeout(8000)
    visit.run()
    visit.page.wait_for_timeout(3000)


def measure(site: Path, moves: int) -> str:
    with StaticServer(site) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require(), args=list(ARGUMENTS))
        visit = Visit(browser, server.url)
        visit.page.goto(server.url + PAGES[-1])
        empty = visit.left().resident_mb
        visit.run()
        one = visit.left().resident_mb
        visit.page.wait_for_timeout(10_000)
        two = visit.left().resident_mb
        spare = f"A page alone takes {empty:.0f} MB, with the runtime {one:.0f} MB, with its spare "
        parts = [second_page(visit), long_visit(visit, moves), f"{spare}{two:.0f} MB.\n"]
        browser.close()
    head = f"{date.today()}, {os.cpu_count()} cores ({platform.machine()}), Chromium headless.\n"
    return "\n".join([head, *parts])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=50)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        build(HERE.parent, site, Options(), progress=lambda _: None)
        text = measure(site, asked.moves)
    print(text)
    if asked.write:
        put("visit", text)


if __name__ == "__main__":
    main()
