"""The home page: where to begin, what stands in the middle, whom it asks for help."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from conceptbook.load import LoadedNotebook


@pytest.fixture(scope="module")
def home(render_pages: Callable[..., dict[str, bytes]], bundled: LoadedNotebook) -> str:
    return render_pages(bundled)["index.html"].decode()


def test_it_begins_with_a_concept_that_needs_nothing(home: str) -> None:
    start = re.search(r'home-start">\s*<a [^>]*href="([^"]*)"', home)
    assert start is not None and start[1] == "generalization/bias-variance/"


def test_its_picture_is_a_recorded_curve_of_the_most_connected_concept(home: str) -> None:
    picture = re.search(r'<figure class="home-picture">(.*?)</figure>', home, re.S)
    assert picture is not None and "<svg" in picture[1]
    assert 'href="scaling/double-descent/"' in picture[1]


def test_it_asks_people_to_review(home: str) -> None:
    assert '<a href="audit/#queue">' in home


def test_each_card_has_its_cover_which_waits_for_the_reader(home: str) -> None:
    cards = re.findall(r'<li class="card">(.*?)</li>', home, re.S)
    pictures = [
        re.search(r'<img class="card-picture" src="([^"]+)" alt="" width', c) for c in cards
    ]
    covered = [found[1] for found in pictures if found]
    assert len(covered) == 18 and "scaling/double-descent/figures/cover.svg" in covered
    assert home.count('loading="lazy"') == 18
    assert all("<svg" not in card for card in cards), "a cover stands in the place of a plot"


def test_the_home_page_of_a_large_notebook_is_one_of_domains(
    render_pages: Callable[..., dict[str, bytes]],
    bundled: LoadedNotebook,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for place in ("pages", "views.map", "views.home"):
        monkeypatch.setattr(f"conceptbook.render.{place}.MOST_CONCEPTS", 6)
    pages = render_pages(bundled)
    home = pages["index.html"].decode()
    nodes = re.findall(r'data-node="([^"]+)"', home)
    assert nodes and all("/" not in node for node in nodes), nodes
    inside = re.findall(r'data-node="([^"]+)"', pages["generalization/index.html"].decode())
    assert inside and all(node.startswith("generalization/") for node in inside), inside
    cards = '<li class="card">'
    assert max(part.count(cards) for part in home.split('<section class="domain"')) == 3
    more = re.search(r'<a href="generalization/">(\d+) more in Generalisation</a>', home)
    whole = pages["generalization/index.html"].decode()
    assert more and whole.count(cards) == 3 + int(more[1]) and " more in " not in whole


def test_a_link_preview_shows_the_curve(
    render_pages: Callable[..., dict[str, bytes]], troubled: LoadedNotebook
) -> None:
    pages = render_pages(troubled, "https://example.org/repo/")
    address = "https://example.org/repo/calculus/midpoint/preview.png"
    assert f'<meta property="og:image" content="{address}">' in (
        pages["calculus/midpoint/index.html"].decode()
    )
    assert pages["calculus/midpoint/preview.png"].startswith(b"\x89PNG")
