"""A reader of the bundled site in a real Chromium, who minds every breach of the policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from conceptbook.witness.static_server import StaticServer
from playwright.sync_api import Browser, BrowserContext, Locator, Page

CONCEPT = "scaling/double-descent/"
PATIENCE_S = 120
POLL_MS = 50
WATCH = """
globalThis.breaches = [];
addEventListener("securitypolicyviolation", (event) =>
  breaches.push(`${event.effectiveDirective}: ${event.blockedURI}`));
"""


class Reader:
    """One page, and what went wrong on it."""

    def __init__(self, context: BrowserContext, url: str, *, scripts: bool = True) -> None:
        self.url = url
        self.scripts = scripts
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self._said(said.type, said.text))
        self.page.on("request", lambda request: self._asked(request.url))

    def open(self, path: str = CONCEPT) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def until(self, script: str, what: str = "") -> None:
        """Wait for a state; waiting for a function in the page would breach its policy."""
        end = monotonic() + PATIENCE_S
        while not self.page.evaluate(script):
            assert monotonic() < end, f"never came: {what or script}"
            self.page.wait_for_timeout(POLL_MS)

    def reach(self, place: str, sign: str) -> Locator:
        """Go to a panel, which comes to life when a reader is near: then it has the sign."""
        self.page.locator(place).first.scroll_into_view_if_needed()
        self.page.locator(f"{place} {sign}").first.wait_for(state="attached")
        return self.page.locator(place)

    def close(self) -> None:
        breaches = self.page.evaluate("globalThis.breaches ?? []") if self.scripts else []
        self.page.close()
        assert not breaches and not self.faults, (breaches, self.faults)

    def _said(self, kind: str, text: str) -> None:
        if kind == "error":
            self.faults.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.url, "blob:")):
            self.faults.append(f"asked for {url}")


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with StaticServer(site) as server:
        yield server.url


@pytest.fixture(scope="module")
def visitor(chromium: Browser, address: str) -> Iterator[Reader]:
    """A reader whose page all tests of a module share."""
    context = chromium.new_context()
    context.add_init_script(WATCH)
    found = Reader(context, address)
    yield found
    found.close()
    context.close()


@pytest.fixture
def reader(chromium: Browser, address: str) -> Iterator[Callable[..., Reader]]:
    """Makes a reader with a browser of their own: `reader(viewport=…, java_script_enabled=…)`."""
    contexts: list[BrowserContext] = []
    readers: list[Reader] = []

    def make(*, storage: bool = True, **options: Any) -> Reader:
        context = chromium.new_context(**options)
        context.add_init_script(WATCH if storage else WATCH + NO_STORAGE)
        contexts.append(context)
        scripts = options.get("java_script_enabled", True)
        readers.append(Reader(context, address, scripts=scripts))
        return readers[-1]

    yield make
    for opened in readers:
        opened.close()
    for context in contexts:
        context.close()


NO_STORAGE = """
Object.defineProperty(globalThis, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
});
"""
