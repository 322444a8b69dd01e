"""Addresses: where a site stands, and links between its pages."""

from __future__ import annotations

import pytest
from conceptbook.render import SiteOptions
from conceptbook.render.site import relative


@pytest.mark.parametrize(
    ("page", "target", "link"),
    [
        ("a/b/index.html", "a/c/index.html", "../c/"),
        ("a/b/index.html", "d/e/index.html", "../../d/e/"),
        ("a/b/index.html", "index.html", "../../"),
        ("a/b/index.html", "a/index.html", "../"),
        ("index.html", "a/b/index.html", "a/b/"),
        ("index.html", "index.html", "./"),
        ("a/b/index.html", "a/b/figures/x.svg", "figures/x.svg"),
    ],
)
def test_relative(page: str, target: str, link: str) -> None:
    assert relative(page, target) == link


def test_the_base_path_is_that_of_the_address() -> None:
    site = SiteOptions.of("https://example.org/repo", "abc", False)
    assert site.base_path == "/repo/"
    assert site.assets("a/b/index.html") == "/repo/assets/abc/"
    assert site.canonical("a/b/index.html") == "https://example.org/repo/a/b/"


def test_a_portable_site_names_its_assets_from_each_page() -> None:
    site = SiteOptions.of("https://example.org/repo", "abc", False, portable=True)
    assert site.assets("index.html") == "assets/abc/"
    assert site.assets("a/b/index.html") == "../../assets/abc/"
    assert site.assets("404.html") == "/repo/assets/abc/"


def test_without_an_address_the_site_stands_at_the_root() -> None:
    site = SiteOptions.of(None, "abc", False)
    assert (site.base_path, site.canonical("index.html")) == ("/", None)
