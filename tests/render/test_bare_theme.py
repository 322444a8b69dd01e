"""The border of a theme: twenty lines of templates make a whole site with its contracts."""

from __future__ import annotations

from pathlib import Path

import pytest
from conceptbook.assets import Theme, find_theme
from conceptbook.evidence import assess
from conceptbook.load import LoadedNotebook
from conceptbook.render import SiteOptions, render

BASE = """<!doctype html>
<html lang="{{ frame.language }}">
<head>
{% include "contract/head.html" %}
<title>{{ frame.title }}</title>
</head>
<body><h1>{{ page.title }}</h1>{% block main %}{% endblock %}</body>
</html>
"""
CONCEPT = """{% extends "base.html" %}
{% block main %}
{% for witness in page.witnesses %}
{% include "contract/listing.html" %}
{% include "contract/witness.html" %}
{% endfor %}
{% endblock %}
"""


@pytest.fixture
def bare(tmp_path: Path) -> Theme:
    templates = tmp_path / "bare" / "templates"
    templates.mkdir(parents=True)
    (tmp_path / "bare" / "theme.yaml").write_text("name: bare\nstylesheets: []\n")
    for name in ("base", "home", "domain", "not-found"):
        (templates / f"{name}.html").write_text(BASE)
    (templates / "concept.html").write_text(CONCEPT)
    return find_theme("bare", tmp_path)


def test_a_bare_theme_gives_a_whole_site(base: LoadedNotebook, bare: Theme) -> None:
    where = SiteOptions.of(None, "abc", True)
    pages = {page.path: page.content.decode() for page in render(base, assess(base), bare, where)}
    for name, concept in base.concepts.items():
        text = pages[f"{name}/index.html"]
        assert "Content-Security-Policy" in text and "main.js" in text
        assert text.count("<conceptbook-witness ") == len(concept.witnesses)
        assert text.count("data-source=") == len(concept.witnesses)


def test_a_theme_cannot_replace_a_contract(base: LoadedNotebook, bare: Theme) -> None:
    own = bare.templates / "contract"
    own.mkdir()
    (own / "head.html").write_text("<meta charset='utf-8'>")
    where = SiteOptions.of(None, "abc", True)
    home = next(render(base, assess(base), bare, where))
    assert b"Content-Security-Policy" in home.content
