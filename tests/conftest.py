"""What several packages' tests share: the bundled notebook, its built sites, and a Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conceptbook.build import Options, build
from conceptbook.load import LoadedNotebook, load
from conceptbook.witness.chromium import require
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def bundled() -> LoadedNotebook:
    """The notebook of this repository."""
    notebook, report = load(ROOT)
    assert notebook is not None and report.ok, [d.message for d in report]
    return notebook


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled notebook built for `/`."""
    return _built(tmp_path_factory.mktemp("root") / "site", None)


@pytest.fixture(scope="session")
def repo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled notebook built for `/repo/`."""
    return _built(tmp_path_factory.mktemp("repo") / "site", "https://example.org/repo/")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real Chromium; its absence is an error with what to do, never a skip.

    Of a module, not of the session: two of Playwright's sessions in one thread do not work, and
    `verify` opens its own.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require(), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


def _built(site: Path, base_url: str | None) -> Path:
    built = build(ROOT, site, Options(base_url=base_url), progress=print)
    assert built.report.ok, [d.message for d in built.report]
    return site
