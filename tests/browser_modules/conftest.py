"""A hand-made page that keeps the DOM contract, its server, and a Chromium that looks at it.

The browser-side modules are tested here without the generator that builds real pages.
"""

from __future__ import annotations

import html
import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import conceptbook
import conceptbook_kit
import pytest
from conceptbook.runtime.obtain import obtain
from conceptbook.runtime.prepare import PreparedRuntime, prepare, stock
from conceptbook.runtime.wheel import build_kit_wheel
from conceptbook_kit.declaration import Asserted, Declaration
from playwright.sync_api import Browser, BrowserContext, Page, Request

MODULES = Path(conceptbook.__file__).parent / "browser"
KIT = Path(conceptbook_kit.__file__).parent

# Section 5 of the design, word for word.
POLICY = (
    "default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval'; worker-src blob:; "
    "frame-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'"
)

RECORD_VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>A witness</title>
<script type="module" src="../assets/x/{entry}"></script>
</head>
<body>
<main>
<section id="code">
<pre class="code"><code data-source="{witness}" data-file="{file}">{code}</code></pre>
</section>
<section id="demo">
<conceptbook-witness data-concept="{concept}" data-witness="{witness}" data-record="record.json">
<script type="application/json" data-declaration>{promised}</script>
<script type="application/json" data-verdict></script>
<div class="controls">{controls}</div>
<div class="actions">
<button type="button" data-action="run" disabled hidden>Run</button>
<button type="button" data-action="stop" disabled hidden>Stop</button>
<button type="button" data-action="reset" disabled hidden>Reset</button>
</div>
<p data-status role="status"></p>
{plots}
<div data-shapes>{laws}</div>
<pre data-stdout hidden></pre>
</conceptbook-witness>
</section>
</main>
</body>
</html>
"""

LAW = """<li data-curve="{curve}" data-law="{index}" data-ok="null">
<strong class="cb-mark">asserted</strong> <span class="cb-law">{kind} at
<span data-scalar="n">its place</span></span></li>"""

PLOT = """<figure data-plot="{id}">
<div data-stage><svg viewBox="0 0 10 10"><path d="M0 0L10 10" data-recorded=""/></svg></div>
<figcaption>{title}</figcaption>
</figure>"""


class Handler(SimpleHTTPRequestHandler):
    """Static files with the types that GitHub Pages gives them; quiet."""

    extensions_map = {  # noqa: RUF012
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".json": "application/json",
        ".wasm": "application/wasm",
        ".zip": "application/zip",
        "": "application/octet-stream",
    }

    def log_message(self, format: str, *args: Any) -> None:
        self.server.asked.append(self.path)


class Server(ThreadingHTTPServer):
    def __init__(self, *rest: Any) -> None:
        super().__init__(*rest)
        self.asked: list[str] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A worker that is ended hangs up in the midst of a file."""


@dataclass
class Site:
    """A served scratch folder."""

    root: Path
    origin: str
    asked: list[str]
    """What the server was asked for, by whomever."""
    writes: int = 0

    def write(self, path: str, content: str | bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)  # it may be a link to a pinned file
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        # HTTP tells files apart by the second, and two may be written in one.
        self.writes += 1
        os.utime(target, times=(0, time.time() + self.writes))

    def page(
        self,
        declaration: Declaration,
        asserted: dict[str, Asserted],
        code: str,
        *,
        digest: str = "sha256:" + "0" * 64,
        entry: str = "main.js",
    ) -> str:
        """Writes the page of one witness; returns its address."""
        promised = {
            "declaration": declaration.to_json(),
            "code": digest,
        }
        record = {"asserted": {name: curve.to_json() for name, curve in asserted.items()}}
        text = PAGE.format(
            policy=POLICY,
            entry=entry,
            concept=declaration.concept,
            witness=declaration.witness,
            file=declaration.file,
            code=html.escape(code),
            promised=json.dumps(promised).replace("<", "\\u003c"),
            controls="".join(_control(control) for control in declaration.controls),
            plots="".join(PLOT.format(id=plot.id, title=plot.title) for plot in declaration.plots),
            laws="".join(
                LAW.format(curve=curve.id, index=index, kind=shape.kind)
                for curve in declaration.curves
                for index, shape in enumerate(curve.shapes)
            ),
        )
        self.write("page/record.json", json.dumps(record))
        self.write("page/index.html", text)
        return f"{self.origin}/page/"


def _control(control: Any) -> str:
    ident = f"control-{control.name}"
    if control.choices:
        options = "".join(f"<option>{choice}</option>" for choice in control.choices)
        field_ = f'<select id="{ident}" data-control="{control.name}" disabled hidden>{options}'
        field_ += "</select>"
    else:
        field_ = (
            f'<input id="{ident}" type="range" data-control="{control.name}"'
            f' value="{control.default}" disabled hidden>'
        )
    return (
        f'<div class="control"><label for="{ident}">{control.label}</label>{field_}'
        f'<output for="{ident}"></output></div>'
    )


@pytest.fixture(scope="session")
def prepared_runtime() -> PreparedRuntime:
    return prepare(obtain(), kit_root=KIT)


@pytest.fixture(scope="session")
def runtime_root(
    tmp_path_factory: pytest.TempPathFactory, prepared_runtime: PreparedRuntime
) -> Path:
    """A folder with the runtime's files and its runtime.json, made once."""
    return lay_out(tmp_path_factory.mktemp("runtime"), prepared_runtime)


@pytest.fixture(scope="session")
def stock_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the distribution as it comes, for where no Node could prepare it."""
    root = tmp_path_factory.mktemp("stock")
    return lay_out(root, stock(obtain(), build_kit_wheel(KIT)))


def lay_out(root: Path, prepared: PreparedRuntime) -> Path:
    folder = root / "runtime" / prepared.digest
    folder.mkdir(parents=True)
    for name, content in prepared.files.items():
        if isinstance(content, Path):
            (folder / name).symlink_to(content)
        else:
            (folder / name).write_bytes(content)
    (root / "runtime.json").write_text(json.dumps(prepared.manifest()))
    return root


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A server of the modules alone: a page whose worker is a fake needs no runtime."""
    shutil.copytree(MODULES, tmp_path / "assets" / "x")
    (tmp_path / "favicon.ico").touch()
    server = Server(("127.0.0.1", 0), partial(Handler, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield Site(tmp_path, f"http://127.0.0.1:{server.server_port}", server.asked)
    server.shutdown()
    server.server_close()


@pytest.fixture
def runtime_site(site: Site, runtime_root: Path) -> Site:
    """The modules with the real runtime beside them."""
    shutil.copytree(runtime_root / "runtime", site.root / "runtime", symlinks=True)
    shutil.copy(runtime_root / "runtime.json", site.root / "assets" / "x" / "runtime.json")
    return site


@dataclass
class Reader:
    """Somebody who looks at one page, and takes note of what must never happen."""

    page: Page
    origin: str
    console: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    """Addresses off the origin that the policy kept from being asked."""
    expected_errors: list[str] = field(default_factory=list)
    """Parts of console messages and violations that the test itself provokes."""

    def watch(self, context: BrowserContext) -> None:
        context.on("requestfinished", lambda request: self._asked(request))
        context.on("requestfailed", lambda request: self._asked(request))
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on(
            "console",
            lambda message: self.console.append(message.text) if message.type == "error" else None,
        )

    def _asked(self, request: Request) -> None:
        if request.url.startswith((self.origin + "/", f"blob:{self.origin}/")):
            return
        by_policy = request.failure == "csp"
        (self.blocked if by_policy else self.strangers).append(request.url)

    def until(self, condition: Callable[[], Any], what: str, seconds: float = 60) -> Any:
        """Polls; `wait_for_function` hangs under the policy of the page."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            value = condition()
            if value:
                return value
            self.page.wait_for_timeout(20)
        raise AssertionError(f"not within {seconds} s: {what}; the page says {self.status!r}")

    def points(self, which: str = "") -> int:
        """How many rows of the points that were computed are so; they come after the verdict."""
        rows = self.page.locator("[data-points] tbody tr")
        self.until(rows.count, "computed points")
        return self.page.locator(f"[data-points] tbody tr{which}").count()

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.wait_for("idle")

    def wait_for(self, *states: str, seconds: float = 60) -> str:
        return self.until(
            lambda: self.state if self.state in states else None, f"state {states}", seconds
        )

    def run(self, *states: str) -> dict[str, Any]:
        """Presses Run; the verdict with which it ended."""
        self.press("run")
        self.wait_for(*(states or ("holds", "fails", "error", "stopped", "exploring")))
        return self.verdict

    def press(self, action: str) -> None:
        self.page.click(f'[data-action="{action}"]')

    def set(self, name: str, value: str, *events: str) -> None:
        """Moves a control, with the events that a hand on it would cause."""
        self.page.eval_on_selector(
            f'[data-control="{name}"]',
            """(input, [value, events]) => {
                 input.value = value;
                 for (const event of events) input.dispatchEvent(new Event(event));
               }""",
            [value, list(events or ("input", "change"))],
        )

    @property
    def state(self) -> str | None:
        return self.page.evaluate("document.querySelector('conceptbook-witness').dataset.state")

    @property
    def verdict(self) -> dict[str, Any]:
        return json.loads(self.text("[data-verdict]") or "null")

    @property
    def status(self) -> str:
        return f"{self.text('[data-status]')} {self.text('[data-error]')}".strip()

    def text(self, selector: str) -> str:
        return self.page.evaluate(
            "(selector) => document.querySelector(selector)?.textContent ?? ''", selector
        )

    def assert_clean(self) -> None:
        assert self._unexpected(self.page.evaluate("window.violations")) == [], "policy violations"
        assert self._unexpected(self.console) == [], "the console has errors"
        assert self.strangers == [], "requests left the origin"

    def _unexpected(self, lines: list[str]) -> list[str]:
        return [line for line in lines if not any(part in line for part in self.expected_errors)]


@pytest.fixture
def reader(chromium: Browser, site: Site) -> Iterator[Reader]:
    """A page in a fresh profile; at the end: no violation, no console error, no foreign request."""
    context = chromium.new_context()
    context.add_init_script(RECORD_VIOLATIONS)
    reader = Reader(context.new_page(), site.origin)
    reader.watch(context)
    yield reader
    reader.assert_clean()
    context.close()
