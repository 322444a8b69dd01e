"""The preview server: pages with its script, and an event after each build."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from conceptbook.serve.server import EVENTS, OWN, PreviewServer

SCRIPT = f"{OWN}preview.js"
FAULT = {"severity": "error", "message": "broken", "hints": []}
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


@pytest.mark.parametrize("path", ["", "a/", "a/index.html", "a/?q=words"])
def test_pages_carry_the_reload_script(server: PreviewServer, path: str) -> None:
    assert f'src="{SCRIPT}?' in get(server.url + path)


def test_nothing_is_kept_for_reading_offline(server: PreviewServer, folder: Path) -> None:
    """The service worker is registered only by a page that has a place to say so."""
    (folder / "index.html").write_text(PAGE.format("<div data-offline-place></div>"))
    assert "<div hidden></div>" in get(server.url)


def test_other_files_are_as_they_are(server: PreviewServer) -> None:
    assert get(server.url + "x.css") == "p {}"


def test_what_is_missing_is_the_sites_own_404(server: PreviewServer) -> None:
    with pytest.raises(urllib.error.HTTPError) as error:
        get(server.url + "none/at/all")
    assert error.value.code == 404
    page = error.value.read().decode()
    assert "404.html" in page and SCRIPT in page


def news(events) -> dict:
    assert events.readline() == b"event: built\n"
    data = json.loads(events.readline().removeprefix(b"data: "))
    assert events.readline() == b"\n"
    return data


def test_a_page_is_told_of_the_newest_build_and_of_each_after_it(server: PreviewServer) -> None:
    server.tell([], new_site=True)
    with urllib.request.urlopen(server.origin + EVENTS, timeout=10) as events:
        first = news(events)
        assert first["diagnostics"] == []
        threading.Timer(0.1, server.tell, [[FAULT]], {"new_site": False}).start()
        second = news(events)
        assert second == {"site": first["site"], "diagnostics": [FAULT]}
        threading.Timer(0.1, server.tell, [[]], {"new_site": True}).start()
        assert news(events)["site"] != first["site"]


def test_a_page_knows_of_which_site_it_is(server: PreviewServer) -> None:
    server.tell([], new_site=True)
    with urllib.request.urlopen(server.origin + EVENTS, timeout=10) as events:
        assert f"{SCRIPT}?{news(events)['site']}" in get(server.url)


def test_without_a_site_there_is_a_page_that_waits_for_it(tmp_path: Path) -> None:
    with PreviewServer(tmp_path / "none", host="127.0.0.1", port=0) as server:
        with pytest.raises(urllib.error.HTTPError) as error:
            get(server.url)
        page = error.value.read().decode()
    assert error.value.code == 404 and "no site yet" in page and SCRIPT in page


@pytest.mark.parametrize("name", ["preview.js", "state.js", "faults.js"])
def test_the_scripts_are_there(server: PreviewServer, name: str) -> None:
    assert get(f"{server.origin}/__conceptbook/{name}").startswith("/**")
