"""The site as data: the same statuses as `assess`, and the same bytes twice."""

from __future__ import annotations

import json
import xml.etree.ElementTree as xml

import pytest
from conceptbook.evidence import assess
from conceptbook.load import LoadedNotebook

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def site(troubled: LoadedNotebook, render_pages) -> dict[str, bytes]:
    return render_pages(troubled, "https://example.org/repo/")


def read(site: dict[str, bytes], name: str) -> dict:
    data = json.loads(site[f"api/{name}.json"])
    assert data["schema"] == 1
    return data


def test_claims_carry_what_assess_says(troubled: LoadedNotebook, site) -> None:
    found = {claim["id"]: claim for claim in read(site, "claims")["claims"]}
    statuses = assess(troubled)
    standing = {n for n, c in troubled.claims.items() if c.record.withdrawn is None}
    assert set(found) == standing
    for name, claim in found.items():
        status = statuses[name]
        assert claim["badge"] == status.badge and claim["flags"] == list(status.flags)
        assert [r["current"] for r in claim["reviews"]] == [s.current for s in status.reviews]
        assert claim["url"] == f"https://example.org/repo/claims/{name}/"
        assert read(site, f"claims/{name}")["claim"] == claim


def test_a_removed_statement_is_in_no_file(site) -> None:
    claim = read(site, "claims/calculus/midpoint/erased")["claim"]
    assert "statement" not in claim and "evidence" not in claim
    assert claim["withdrawn"]["reason"] == "It was not ours to say."


def test_sources_concepts_and_audit(site) -> None:
    sources = {source["id"]: source for source in read(site, "sources")["sources"]}
    assert sources["talvila-2012"]["notice"]["nature"] == "retraction"
    assert sources["davis-1984"]["csl"]["issued"] == {"date-parts": [[1984]]}
    assert "calculus/midpoint/good" in sources["davis-1984"]["would_fall"]
    concepts = [concept["id"] for concept in read(site, "concepts")["concepts"]]
    assert concepts == ["calculus/midpoint", "calculus/simpson"]
    audit = read(site, "audit")
    assert audit["totals"]["claims"] == 8 and audit["retractions"] == "2026-03-01"


def test_two_renderings_are_the_same_bytes(troubled: LoadedNotebook, site, render_pages) -> None:
    assert render_pages(troubled, "https://example.org/repo/") == site


def test_the_feed_is_atom_with_an_entry_for_each_review_and_withdrawal(site) -> None:
    feed = xml.fromstring(site["feed.xml"])
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert "Review of calculus/midpoint/good: supported" in titles
    assert "Withdrawn: calculus/midpoint/erased" in titles and "New: Midpoint sums" in titles
    dates = [entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")]
    assert dates == sorted(dates, reverse=True)
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) and all(i.startswith("https://example.org/repo/") for i in ids)


def test_without_an_address_there_is_no_feed(troubled: LoadedNotebook, render_pages) -> None:
    pages = render_pages(troubled)
    assert "feed.xml" not in pages and b"atom+xml" not in pages["index.html"]
