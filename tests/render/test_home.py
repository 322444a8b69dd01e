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
