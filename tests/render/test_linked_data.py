"""JSON-LD is read by a JSON-LD processor, with a stand-in for schema.org's context."""

from __future__ import annotations

import json
import re

import pytest
from conceptbook.evidence import assess
from conceptbook.load import LoadedNotebook
from conceptbook.render.linked_data import linked_data
from pyld import jsonld

SCHEMA = "https://schema.org/"
NAMED = "appearance isBasedOn isPartOf hasPart itemReviewed url sameAs license".split()
CONTEXT = {
    "@context": {"@vocab": SCHEMA, **{name: {"@type": "@id"} for name in NAMED}},
}


def offline(url: str, options: dict) -> dict:
    assert url == "https://schema.org", f"asks for {url}"
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}


def nodes(page: bytes, base: str) -> list[dict]:
    """The expanded nodes of a page's data, flattened."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.decode())
    assert len(found) == 1
    assert "<" not in found[0], "the data could end its own element"
    options = {"base": base, "documentLoader": offline}
    return jsonld.flatten(json.loads(found[0]), None, options)


def of_type(found: list[dict], kind: str) -> list[dict]:
    return [node for node in found if f"{SCHEMA}{kind}" in node.get("@type", ())]


def value(node: dict, name: str):
    return node[f"{SCHEMA}{name}"][0].get("@value", node[f"{SCHEMA}{name}"][0].get("@id"))


@pytest.fixture(scope="module")
def site(troubled: LoadedNotebook, render_pages) -> dict[str, bytes]:
    return render_pages(troubled, "https://example.org/repo/")


def test_every_page_has_data_that_a_processor_reads(site: dict[str, bytes]) -> None:
    for path, content in site.items():
        if not path.endswith("/index.html") or b'http-equiv="refresh"' in content:
            continue
        if path.startswith("search/"):
            continue
        assert nodes(content, f"https://example.org/repo/{path}"), path


def test_a_claim_page_reviews_a_claim(site: dict[str, bytes]) -> None:
    page = "claims/calculus/midpoint/good/"
    found = nodes(site[f"{page}index.html"], "https://example.org/repo/")
    claim, review = of_type(found, "Claim")[0], of_type(found, "ClaimReview")[0]
    assert claim["@id"] == f"https://example.org/repo/{page}"
    assert value(review, "itemReviewed") == claim["@id"]
    assert value(review, "datePublished") == "2026-02-10"
    assert value(of_type(found, "Rating")[0], "ratingValue") == 1
    machine = nodes(site["claims/calculus/midpoint/machine/index.html"], "https://example.org/")
    (checked,) = of_type(machine, "ClaimReview")
    assert value(checked, "creditText") and f"{SCHEMA}author" not in checked


def test_a_concept_is_a_learning_resource_that_cites(site: dict[str, bytes]) -> None:
    found = nodes(site["calculus/midpoint/index.html"], "https://example.org/repo/")
    (resource,) = of_type(found, "LearningResource")
    assert value(resource, "name") == "Midpoint sums"
    assert of_type(found, "ScholarlyArticle") and of_type(found, "Book")
    assert len(resource[f"{SCHEMA}hasPart"]) >= 7


def test_without_an_address_ids_are_paths(troubled: LoadedNotebook, render_pages) -> None:
    page = render_pages(troubled)["calculus/midpoint/index.html"]
    found = nodes(page, "https://elsewhere.org/x/")
    assert (
        of_type(found, "LearningResource")[0]["@id"] == "https://elsewhere.org/calculus/midpoint/"
    )


def test_a_concept_as_one_document(troubled: LoadedNotebook) -> None:
    data = linked_data(troubled, assess(troubled), "https://example.org/repo/")
    concept = troubled.concepts["calculus/midpoint"]
    found = jsonld.flatten(data.whole(concept), None, {"documentLoader": offline})
    assert {value(node, "name") for node in of_type(found, "LearningResource")} == {
        concept.record.title
    }
    claims = {node["@id"] for node in of_type(found, "Claim")}
    assert "https://example.org/repo/claims/calculus/midpoint/good/" in claims
    reviewed = {value(node, "itemReviewed") for node in of_type(found, "ClaimReview")}
    assert reviewed and reviewed <= claims
