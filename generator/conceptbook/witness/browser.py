"""Runs the witnesses of a built site in a real Chromium, as a reader would."""

from __future__ import annotations

import json
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any

from .chromium import BrowserUnavailable, require
from .static_server import StaticServer

try:
    from playwright.sync_api import Error as PlaywrightError
    from playwright.sync_api import Page, sync_playwright
except ImportError as missing:
    raise BrowserUnavailable(
        "Playwright is missing: run `pip install 'conceptbook[browser]'`."
    ) from missing

FINAL = frozenset({"holds", "fails", "error", "stopped", "exploring"})
READY_S, FINISHED_S, POLL_MS = 30, 180, 50
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

COLLECT_VIOLATIONS = """
globalThis.conceptbookViolations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  conceptbookViolations.push(`${event.effectiveDirective}: ${event.blockedURI}`);
});
"""
TAKE_VIOLATIONS = "() => (globalThis.conceptbookViolations ?? []).splice(0)"
VERDICT = "(element) => element.querySelector('script[data-verdict]')?.textContent ?? ''"


@dataclass(frozen=True)
class BrowserRun:
    """What pressing Run on a page led to."""

    verdict: dict[str, Any] | None
    violations: tuple[str, ...]
    """Breaches of the content security policy, "img-src: https://…"."""
    foreign_requests: tuple[str, ...]
    """URLs off the site's own origin."""
    console_errors: tuple[str, ...]
    fault: str | None = None
    """Why there is no verdict."""

    @property
    def faults(self) -> tuple[str, ...]:
        """Everything that is wrong beside the verdict, in words."""
        return (
            *((self.fault,) if self.fault else ()),
            *(f"policy violation: {text}" for text in self.violations),
            *(f"request off the site: {url}" for url in self.foreign_requests),
            *(f"console: {text}" for text in self.console_errors),
        )


class BrowserRunner:
    """A context manager: a server, a Chromium, and one page at a time.

    Witnesses of one page that are run one after another share its runtime, as they do for a
    reader. BrowserUnavailable where there is no Chromium that starts.
    """

    def __init__(self, site: Path, base_path: str = "/", *, patience_s: float = FINISHED_S) -> None:
        self._server = StaticServer(site, base_path)
        self._patience_s = patience_s
        self._stack = ExitStack()
        self._page: Page | None = None
        self._foreign: list[str] = []
        self._errors: list[str] = []

    def __enter__(self) -> BrowserRunner:
        with ExitStack() as stack:
            stack.enter_context(self._server)
            chromium = stack.enter_context(sync_playwright()).chromium
            try:
                browser = chromium.launch(executable_path=require(), args=list(ARGUMENTS))
            except PlaywrightError as error:
                reason = error.message.splitlines()[0]
                raise BrowserUnavailable(f"Chromium does not start: {reason}") from None
            stack.callback(browser.close)
            # What an earlier page has kept must not speak for this one.
            self._context = browser.new_context(service_workers="block")
            self._context.add_init_script(COLLECT_VIOLATIONS)
            self._context.on("request", lambda request: self._requested(request.url))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def run(self, page: str, witness: str) -> BrowserRun:
        """Press Run of a witness and wait for its verdict; `page` is its path from the root."""
        self._foreign.clear()
        self._errors.clear()
        verdict, fault = None, None
        try:
            verdict = self._verdict(self._opened(page), witness)
        except TimeoutError as error:
            fault = str(error)
        except PlaywrightError as error:
            fault = f"the browser failed: {error.message.splitlines()[0]}"
        violations = self._violations()
        if fault is not None and self._page is not None:
            # Whatever is still running there must not reach the next run.
            with suppress(PlaywrightError):
                self._page.close()
            self._page = None
        return BrowserRun(verdict, violations, tuple(self._foreign), tuple(self._errors), fault)

    def _opened(self, path: str) -> Page:
        url = self._server.url + path.lstrip("/")
        if self._page is not None and self._page.url == url:
            return self._page
        if self._page is not None:
            self._page.close()
        self._page = page = self._context.new_page()
        page.on("pageerror", lambda error: self._errors.append(str(error)))
        page.on("console", lambda message: self._said(message.type, message.text))
        page.goto(url)
        return page

    def _verdict(self, page: Page, witness: str) -> dict[str, Any]:
        element = page.locator(f'conceptbook-witness[data-witness="{witness}"]').first
        self._state(page, witness, lambda state: state is not None, READY_S)
        run = element.locator('[data-action="run"]')
        run.click(trial=True, timeout=READY_S * 1000)
        run.press("Enter")  # a pointer misses what moves under it while a page comes to life
        self._state(page, witness, FINAL.__contains__, self._patience_s)
        return json.loads(element.evaluate(VERDICT))

    def _state(self, page: Page, witness: str, wanted: Any, seconds: float) -> None:
        """Wait for a state; Playwright's own waiting for a function breaks the page's policy."""
        selector = f'conceptbook-witness[data-witness="{witness}"]'
        ask = "(selector) => document.querySelector(selector)?.getAttribute('data-state') ?? null"
        end = monotonic() + seconds
        while not wanted(state := page.evaluate(ask, selector)):
            if monotonic() > end:
                raise TimeoutError(
                    f"{witness} is still {state or 'without life'} after {seconds:g} s"
                )
            page.wait_for_timeout(POLL_MS)

    def _violations(self) -> tuple[str, ...]:
        found: list[str] = []
        for frame in self._page.frames if self._page else ():
            with suppress(PlaywrightError):
                found += frame.evaluate(TAKE_VIOLATIONS)
        return tuple(found)

    def _requested(self, url: str) -> None:
        if not url.startswith((f"{self._server.origin}/", "blob:", "data:", "about:")):
            self._foreign.append(url)

    def _said(self, kind: str, text: str) -> None:
        if kind == "error":
            self._errors.append(text)
