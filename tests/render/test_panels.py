"""The panels as they stand in the page: whole without scripts, absent without data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from conceptbook.load import LoadedNotebook
from conceptbook.model.concept import FigurePart
from conceptbook.render.anki import write_anki

PAGE = "scaling/double-descent/index.html"
SECTIONS = ("predict", "storyboard", "inquiry", "practice", "questions", "bridge")


@pytest.fixture(scope="module")
def page(bundled: LoadedNotebook, render_pages: Callable[..., dict[str, bytes]]) -> str:
    return render_pages(bundled)[PAGE].decode()


@pytest.fixture(scope="module")
def objects(
    bundled: LoadedNotebook, render_pages: Callable[..., dict[str, bytes]]
) -> list[dict[str, Any]]:
    pages = render_pages(bundled)
    [file] = [
        name for name in pages if name.startswith(PAGE.replace("index.html", "data/objects."))
    ]
    return json.loads(pages[file])["objects"]


def section(page: str, name: str) -> str:
    return page[page.index(f'id="{name}"') :].split("</section>")[0]


def test_a_concept_with_all_data_has_all_panels(page: str) -> None:
    for name in SECTIONS:
        assert f'<section class="section" id="{name}"' in page


def test_a_concept_without_data_has_none(
    bundled: LoadedNotebook, render_pages: Callable[..., dict[str, bytes]]
) -> None:
    concept = bundled.concepts["scaling/double-descent"]
    empty = {"predictions", "storyboard", "practice", "questions", "prerequisites", "leads_to"}
    bare = concept.record.model_copy(update={**dict.fromkeys(empty, ()), "inquiry": None})
    concepts = {**bundled.concepts, concept.id: replace(concept, record=bare)}
    text = render_pages(replace(bundled, concepts=concepts))[PAGE].decode()
    for name in SECTIONS:
        assert f'<section class="section" id="{name}"' not in text
        assert f'href="#{name}"' not in text


def test_the_map_says_what_comes_before_and_what_to_try(page: str, bundled: LoadedNotebook) -> None:
    top = page[page.index('class="map"') : page.index('id="intuition"')]
    assert "4 of 4 sections ready" in top
    record = bundled.concepts["scaling/double-descent"].record
    assert f"{len(record.prerequisites)} prerequisites, {len(record.leads_to)} next concept" in top
    assert "Take the noise out of the labels." in top and 'href="#prediction-1"' in top
    assert re.search(r"2 programs, \d+ lines", top) and "4 controls" in top


def test_a_prediction_shows_its_answers_and_hides_its_reason(page: str) -> None:
    card = section(page, "prediction-1").split("</article>")[0]
    assert card.count("data-option>") == 3
    assert "A quantity moves" in card
    assert "ordered-features.py</code> at label noise = 0." in card
    assert card.index("<details") < card.index("Forty examples fix forty directions")
    data = json.loads(re.findall(r"data-panel>(.*?)</script>", card)[0])
    assert data["set"] == {"noise": 0.0} and data["witness"] == "ordered-features"
    assert data["ask"][2] == {
        "curve": "risk",
        "kind": "ratio",
        "args": {"x1": "n_features", "x2": 8, "at_least": 3},
    }


def test_the_inquiry_is_judged_by_the_record(page: str) -> None:
    assert re.findall(r'data-option data-ok="(\w*)"', page) == ["false", "true", "false"]


def test_a_concept_shows_its_cover(page: str, bundled: LoadedNotebook) -> None:
    cover = bundled.concepts["scaling/double-descent"].record.cover
    assert cover is not None
    assert f'<img class="cover" src="{cover.image}" alt="{cover.alt}" ' in page


def test_an_inquiry_on_a_figure_shows_it_in_words_too(
    bundled: LoadedNotebook, render_pages: Callable[..., dict[str, bytes]]
) -> None:
    concept = bundled.concepts["scaling/double-descent"]
    assert concept.record.inquiry is not None and concept.record.cover is not None
    on = FigurePart(figure=concept.record.cover.image)
    inquiry = concept.record.inquiry.model_copy(update={"on": on})
    record = concept.record.model_copy(update={"inquiry": inquiry})
    concepts = {**bundled.concepts, concept.id: replace(concept, record=record)}
    pages = render_pages(replace(bundled, concepts=concepts))
    card = section(pages[PAGE].decode(), "inquiry")
    assert f'<img src="{on.figure}" alt="{concept.record.cover.alt}">' in card
    assert "the curve in the demo" not in card
    assert '{"witness":"","light":null}' in card
    assert PAGE.replace("index.html", on.figure) in pages


def test_hints_come_before_the_answer_and_the_claim_shows_its_state(page: str) -> None:
    card = page[page.index('id="practice-expected-misfit"') :].split("</article>")[0]
    places = [card.index(word) for word in ("Hint 1", "Hint 2", "Hint 3", "Answer")]
    assert places == sorted(places)
    assert 'href="#claim-exact-risk-by-width"' in card and "badge-unreviewed" in card


def test_the_cards_of_a_page_are_those_that_the_command_exports(
    page: str, bundled: LoadedNotebook, render_pages: Callable[..., dict[str, bytes]]
) -> None:
    file = re.findall(r'<a href="([^"]+)" download data-cards>', section(page, "practice"))[0]
    cards = render_pages(bundled)[PAGE.replace("index.html", file)].decode()
    assert cards == write_anki([bundled.concepts["scaling/double-descent"]], bundled)
    assert cards.count("\nconceptbook:scaling/double-descent:practice:") == 3


def test_a_question_names_its_object_and_what_settles_it(page: str) -> None:
    asked = section(page, "questions")
    assert 'data-question="equation:scaling/double-descent/above-threshold"' in asked
    assert "Training curves of one family of networks" in asked
    assert "computed without looking at the test error" in asked


def test_every_object_is_marked_where_it_stands(page: str, objects: list[dict[str, Any]]) -> None:
    marked = dict(re.findall(r'id="([^"]+)" (?:data-\w+="[^"]*" )*?data-object="([^"]+)"', page))
    for found in objects:
        if found["kind"] == "Concept":
            assert f'data-object="{found["key"]}"' in page
        else:
            assert marked.get(found["anchor"]) == found["key"]


def test_no_template_sentence_stands_on_every_page_in_place_of_data(
    bundled: LoadedNotebook, render_pages: Callable[..., dict[str, bytes]]
) -> None:
    """What a panel asks is the concept's own: no two concepts ask the same."""
    asked: list[str] = []
    pages = render_pages(bundled)
    for name in bundled.concepts:
        text = pages[f"{name}/index.html"].decode()
        asked += re.findall(r'class="quiz-question"[^>]*>(.*?)</h3>', text, re.S)
    assert len(asked) == len(set(asked)) > 20
