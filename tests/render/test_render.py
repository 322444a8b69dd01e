"""The files of a site as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from unittest.mock import Mock

import pytest
from conceptbook.load import LoadedNotebook
from conceptbook.render import resolver
from conceptbook.render.views import claim_list, source_page

Pages = dict[str, bytes]
Render = Callable[..., Pages]


def test_two_renders_are_the_same_bytes(base: LoadedNotebook, render_pages: Render) -> None:
    assert render_pages(base) == render_pages(base)


def test_what_many_pages_need_is_found_once(
    base: LoadedNotebook, render_pages: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    spies = []
    for module, name in (
        (resolver, "order"),
        (claim_list, "filters_of"),
        (claim_list, "listed"),
        (source_page, "uses_of"),
        (source_page, "versions_of"),
    ):
        spies.append(Mock(wraps=getattr(module, name)))
        monkeypatch.setattr(module, name, spies[-1])
    render_pages(base)
    assert [spy.call_count for spy in spies] == [1] * len(spies)


def test_every_concept_and_domain_has_its_page(base: LoadedNotebook, render_pages: Render) -> None:
    pages = render_pages(base)
    wanted = {"index.html", "404.html", "robots.txt", ".nojekyll"}
    wanted |= {f"{name}/index.html" for name in base.concepts}
    wanted |= {f"{domain.id}/index.html" for domain in base.settings.domains}
    assert wanted <= pages.keys()


def test_a_page_in_review_says_how_far_in_words(base: LoadedNotebook, render_pages: Render) -> None:
    assert b"In review: it makes no claim yet." in render_pages(base)["means/spread/index.html"]
    one = replace(base, claims=dict(list(base.claims.items())[:1]))
    page = render_pages(one)["means/average/index.html"]
    assert re.search(rb"In review: its one claim is (not yet )?reviewed\.", page)


def test_drafts_are_built_only_when_asked_for(base: LoadedNotebook, render_pages: Render) -> None:
    name, concept = next(iter(base.concepts.items()))
    draft = replace(concept, record=concept.record.model_copy(update={"status": "draft"}))
    notebook = replace(base, concepts={**base.concepts, name: draft})
    assert f"{name}/index.html" not in render_pages(notebook, drafts=False)
    assert f"{name}/index.html" in render_pages(notebook, drafts=True)


def test_links_to_what_is_not_built_are_only_words(
    base: LoadedNotebook, render_pages: Render
) -> None:
    name, concept = next(iter(base.concepts.items()))
    draft = replace(concept, record=concept.record.model_copy(update={"status": "draft"}))
    notebook = replace(base, concepts={**base.concepts, name: draft})
    for path, data in render_pages(notebook, drafts=False).items():
        assert f'href="../../{name}/' not in data.decode(), path


def test_canonical_addresses_only_where_the_address_is_known(
    base: LoadedNotebook, render_pages: Render
) -> None:
    without = render_pages(base)
    assert "sitemap.xml" not in without
    assert not any(b"canonical" in data for data in without.values())
    known = render_pages(base, base_url="https://example.org/repo")
    concept = next(iter(base.concepts))
    line = f'<link rel="canonical" href="https://example.org/repo/{concept}/">'
    assert line.encode() in known[f"{concept}/index.html"]
    assert f"<loc>https://example.org/repo/{concept}/</loc>".encode() in known["sitemap.xml"]
    assert b"Sitemap: https://example.org/repo/sitemap.xml" in known["robots.txt"]


def test_assets_are_addressed_from_the_root_the_same_on_every_page(
    base: LoadedNotebook, render_pages: Render
) -> None:
    pages = render_pages(base, base_url="https://example.org/repo/")
    for path, data in pages.items():
        if path.endswith(".html"):
            found = set(re.findall(r'(?:src|href)="([^"]*assets/[^"]*)"', data.decode()))
            assert found and all(link.startswith("/repo/assets/") for link in found), path


def test_the_page_for_what_is_missing_works_at_any_depth(
    base: LoadedNotebook, render_pages: Render
) -> None:
    text = render_pages(base, base_url="https://example.org/repo/")["404.html"].decode()
    links = re.findall(r'<a[^>]* href="([^"]*)"', text)
    assert all(link.startswith(("/repo/", "#")) for link in links), links


def test_figures_come_with_their_page(base: LoadedNotebook, render_pages: Render) -> None:
    pages = render_pages(base)
    for concept in base.concepts.values():
        for figure in concept.figures:
            wanted = (base.root / concept.folder / figure).read_bytes()
            assert pages[f"{concept.id}/{figure}"] == wanted
