"""What a page weighs before the runtime is asked for, by gzip and without fonts: all that a browser
fetches for it until it has nothing more to fetch, whenever and from wherever it is asked for."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import pytest
from conceptbook.witness.static_server import StaticServer
from playwright.sync_api import Browser, Page, Response

MOST = 60_000
KINDS = {
    "concept": r'data-concept-page="',
    "claim": r'class="[^"]*\bclaim-page\b',
    "source": r'class="[^"]*\bsource-page\b',
    "home": r'class="home-words"',
    "domain": r'class="domain-body"',
    "list": r'class="[^"]*\blist-page\b',
    "audit": r'class="[^"]*\baudit-page\b',
    "reading path": r'class="steps-goal"',
}
"""What the HTML of a page of each kind holds, the first that fits; all others are "rest"."""
NEEDED = re.compile(
    r'<(?:link rel="(?:stylesheet|modulepreload)" href|script type="module" src)="([^"]+)"'
)
IMPORTED = re.compile(r'\b(?:from|import)\s*"(\.[^"]+)"')
LAST = "document.querySelector('[data-offline]')?.dataset.offline"
"""Keeping the page for reading offline is the last that it does."""


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def pages(site: Path) -> Iterator[Path]:
    for path in sorted(site.rglob("*.html")):
        if 'rel="modulepreload"' in path.read_text(encoding="utf-8"):  # the others are frames
            yield path


@pytest.fixture(scope="module")
def heaviest(site: Path) -> dict[str, str]:
    """Of each kind the page with the most HTML, styles and scripts that its head names."""
    known: dict[str, int] = {}
    found: dict[str, tuple[int, str]] = {}
    for path in pages(site):
        text = path.read_text(encoding="utf-8")
        for name in (needed := set(NEEDED.findall(text))) - known.keys():
            known[name] = weight((site / name.lstrip("/")).read_bytes())
        kind = next((kind for kind, sign in KINDS.items() if re.search(sign, text)), "rest")
        total = weight(text.encode()) + sum(known[name] for name in needed)
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        found[kind] = max(found.get(kind, (0, "")), (total, address))
    return {kind: address for kind, (_, address) in found.items()}


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with StaticServer(site) as server:
        yield server.url


Fetched = Callable[[str], dict[str, int]]


@pytest.fixture
def fetched(
    chromium: Browser, address: str, site: Path, at_rest: Callable[[Page], None]
) -> Fetched:
    """The weight of each file that a first visit to a page fetches, its hidden frame included.

    What the service worker gathers afterwards, in a quiet moment and for later, is not the page.
    """

    def visit(path: str) -> dict[str, int]:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        found: dict[str, int] = {}

        def hear(response: Response) -> None:
            if response.request.service_worker or response.request.resource_type == "font":
                return
            name = urlsplit(response.url).path.lstrip("/")
            file = site / name
            found[name] = weight((file / "index.html" if file.is_dir() else file).read_bytes())

        context.on("response", hear)
        page = context.new_page()
        page.goto(address + path)
        end = monotonic() + 60
        while page.evaluate(LAST) in (None, "busy"):
            assert monotonic() < end, "the page never comes to rest"
            page.wait_for_timeout(100)
        at_rest(page)
        context.close()
        return found

    return visit


@pytest.mark.parametrize("kind", [*KINDS, "rest"])
def test_the_heaviest_page_of_a_kind_keeps_the_bound(
    fetched: Fetched, heaviest: dict[str, str], kind: str
) -> None:
    found = fetched(heaviest[kind])
    named = " ".join(found)
    for late in ("offline.js", "thrift.js", "storage.js", "offline.html", "offline-frame.js"):
        assert late in named, "what is fetched after the start is counted too"
    assert not re.search(r"runtime/|worker\.js|\bruntime\.js", named), "nothing of the runtime"
    assert sum(found.values()) <= MOST, (heaviest[kind], sum(found.values()), found)


def test_whatever_the_entries_import_is_fetched_beside_them(site: Path) -> None:
    for page, entry in (("index.html", "main.js"), ("scaling/double-descent", "witnesses.js")):
        file = site / page
        text = (file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8")
        named = {name for name in NEEDED.findall(text) if name.endswith(".js")}
        assert any(name.endswith(f"/{entry}") for name in named)
        for name in named:
            module = site / name.lstrip("/")
            for target in IMPORTED.findall(module.read_text(encoding="utf-8")):
                imported = (module.parent / target).resolve().relative_to(site.resolve())
                assert f"/{imported.as_posix()}" in named, target


def test_only_a_page_with_a_witness_fetches_what_runs_one(site: Path) -> None:
    for path in pages(site):
        text = path.read_text(encoding="utf-8")
        has = "<conceptbook-witness" in text
        assert ("/witness.js" in text) == has == ("/witnesses.js" in text), path
