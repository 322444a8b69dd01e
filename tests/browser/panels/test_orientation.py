"""Panels that lead and ground: strip, structure, map, bridge, sources, claims."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conceptbook.load import LoadedNotebook
from playwright.sync_api import Page

NAME = "scaling/double-descent"
LONG = "audits/training-dynamics-article/"

Readers = Callable[..., Any]


@pytest.fixture(scope="module")
def page(visitor: Any) -> Iterator[Page]:
    yield visitor.open()


def test_the_strip_says_what_the_concept_asks_for(page: Page, bundled: LoadedNotebook) -> None:
    record = bundled.concepts[NAME].record
    facts = page.locator(".facts > div")
    said = dict(fact.inner_text().split("\n") for fact in facts.all())
    assert said["Status"] == "In review" and said["Importance"] == "Essential"
    assert said["Difficulty"] == f"{record.difficulty} of 5" and said["Demo"] == "Runs on this page"
    assert said["Reading"].endswith(" min")
    cover = page.locator("img.cover")
    assert cover.evaluate("(image) => image.complete && image.naturalWidth > 0")
    assert cover.get_attribute("alt") == " ".join(record.cover.alt.split())


def test_the_structure_counts_its_sections_and_edges(page: Page, bundled: LoadedNotebook) -> None:
    parts = page.locator(".structure-part")
    assert parts.count() == 4
    for part in parts.all():
        href = part.locator("a").get_attribute("href") or ""
        assert page.locator(f"section{href}").is_visible()
    before = len(bundled.concepts[NAME].record.prerequisites)
    after = [c for c in bundled.concepts.values() if NAME in c.record.prerequisites]
    said = page.locator(".structure-edges").inner_text()
    assert said == f"{before} prerequisites, {len(after)} next concepts"


def test_the_learning_map_and_the_bridge_lead_in_and_out(
    page: Page, bundled: LoadedNotebook
) -> None:
    cells = page.get_by_role("navigation", name="Learning map")
    assert cells.get_by_role("heading").all_inner_texts() == ["Before", "Now", "Next", "Try"]
    assert "4 of 4 sections ready" in cells.inner_text()
    assert cells.locator(".map-try a").get_attribute("href") == "#prediction-1"
    bridge = page.locator("#bridge .bridge, .bridge").first
    assert bridge.locator("dt").all_inner_texts()[:3] == ["Carry in", "Work here", "Carry out"]
    needed = [bundled.concepts[n].record.title for n in bundled.concepts[NAME].record.prerequisites]
    for place in (cells, bridge):
        for title in needed:
            assert place.get_by_role("link", name=title, exact=True).count() == 1
    for step in bridge.locator(".bridge-work a").all():
        assert page.locator(step.get_attribute("href") or "").count() == 1


def test_each_source_says_what_it_grounds_and_where_it_is(page: Page) -> None:
    sources = page.locator("#sources .source")
    assert sources.count() == 8
    for source in sources.all():
        assert source.locator(".source-note").inner_text().startswith(("Grounds ", "Qualifies "))
        assert (source.locator(".source-links a").first.get_attribute("href") or "").startswith(
            "https://"
        )


def test_each_claim_shows_its_badge_and_what_it_rests_on(page: Page) -> None:
    claims = page.locator("#claims .claim")
    assert claims.count() == 6
    for claim in claims.all():
        assert claim.locator(".badge").inner_text() in ("Under review", "Unreviewed")
        assert claim.locator("dl.claim-terms dt").first.inner_text() == "Scope"
    assert "a review covers the claim, not every sentence" in page.locator("#claims").inner_text()


def test_a_claim_in_a_sentence_says_how_it_stands(reader: Readers) -> None:
    page = reader().open(LONG)
    link = page.locator(".flow a.object.claim").first
    stands = page.locator(link.get_attribute("href") or "").locator(".badge").first.inner_text()
    assert link.get_attribute("title") == stands
    after = "(element) => getComputedStyle(element, '::after').content"
    assert link.evaluate(after) == "none"
    page.keyboard.press("Tab")  # so that the focus counts as the keyboard's
    link.focus()
    assert link.evaluate(after).partition(" / ")[0] in ("attr(title)", f'"{stands}"')


def test_a_concept_without_their_data_shows_none_of_them(reader: Readers) -> None:
    page = reader().open(LONG)
    for absent in ("img.cover", "#bridge", ".map-try", "[data-prediction]", ".witness-head"):
        assert page.locator(absent).count() == 0, absent
