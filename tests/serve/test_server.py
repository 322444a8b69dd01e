"""The preview server: pages with the reload script, and an event after each rebuild."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from conceptbook.serve.server import EVENTS, SCRIPT, PreviewServer
from playwright.sync_api import Browser

PAGE = "<!doctype html><html><head><title>t</title></head><body>{}</body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    for path in ("index.html", "a/index.html", "404.html"):
        (tmp_path / path).write_text(PAGE.format(path))
    (tmp_path / "x.css").write_text("p {}")
    return tmp_path


@pytest.fixture
def server(folder: Path) -> Iterator[PreviewServer]:
    with PreviewServer(folder, host="127.0.0.1", port=0) as server:
        yield server


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as reply:
        return reply.read().decode()


@pytest.mark.parametrize("path", ["", "a/", "a/index.html"])
def test_pages_carry_the_reload_script(server: PreviewServer, path: str) -> None:
    assert f'src="{SCRIPT}"' in get(server.url + path)


def test_other_files_are_as_they_are(server: PreviewServer) -> None:
    assert get(server.url + "x.css") == "p {}"


def test_what_is_missing_is_the_sites_own_404(server: PreviewServer) -> None:
    with pytest.raises(urllib.error.HTTPError) as error:
        get(server.url + "none/at/all")
    assert error.value.code == 404
    assert "404.html" in error.value.read().decode()


def test_an_event_follows_a_rebuild(server: PreviewServer) -> None:
    with urllib.request.urlopen(server.origin + EVENTS, timeout=10) as events:
        threading.Timer(0.1, server.reload).start()
        assert events.readline() == b"event: reload\n"
        assert events.readline() == b"data: 1\n"


def test_an_open_page_shows_the_rebuilt_one(
    server: PreviewServer, folder: Path, chromium: Browser
) -> None:
    page = chromium.new_page()
    with page.expect_response(lambda reply: reply.url.endswith(EVENTS)):
        page.goto(server.url)
    (folder / "index.html").write_text(PAGE.format("rebuilt"))
    with page.expect_navigation():
        server.reload()
    assert page.inner_text("body") == "rebuilt"
    page.close()
