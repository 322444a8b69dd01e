"""Every word of the JSON-LD is one of schema.org's, and stands where schema.org allows it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from conceptbook.load import LoadedNotebook

from .vocabulary import faults

BASE = "https://example.org/repo/"
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


def nodes(pages: dict[str, bytes]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, content in pages.items():
        for text in DATA.findall(content.decode()) if path.endswith(".html") else ():
            document = json.loads(text)
            for node in document.get("@graph", [document]):
                yield path, {k: v for k, v in node.items() if k not in ("@context", "@graph")}


def wrong(pages: dict[str, bytes]) -> list[str]:
    every = list(nodes(pages))
    types = {node["@id"]: node["@type"] for _, node in every}
    assert len(types) > 3, "the pages carry data"
    return [f"{path}: {fault}" for path, node in every for fault in faults(node, types)]


def test_the_data_of_every_page_keeps_to_schema_org(bundled: LoadedNotebook, render_pages) -> None:
    assert wrong(render_pages(bundled, BASE)) == []


def test_so_does_that_of_claims_to_which_everything_happened(
    troubled: LoadedNotebook, render_pages
) -> None:
    assert wrong(render_pages(troubled, BASE)) == []


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        ({"@type": "Claims"}, "Claims is no type"),
        ({"@type": "Claim", "standing": "open"}, "standing is no property"),
        ({"@type": "Person", "citation": "x"}, "Person has no citation"),
        (
            {"@type": "Claim", "datePublished": "May"},
            "Claim.datePublished is 'May', and no Date",
        ),
        ({"@type": "Claim", "author": {"@type": "Rating"}}, "Claim.author is a Rating, and no Org"),
        ({"@type": "Claim", "appearance": {"@id": "/x/"}}, "Claim.appearance names /x/, of which"),
        ({"@type": "Claim", "author": {"@type": "Person", "page": 1}}, "page is no property"),
    ],
)
def test_what_is_no_word_of_it_is_found(node: dict[str, Any], fault: str) -> None:
    (found,) = faults(node, {})
    assert found.startswith(fault)
