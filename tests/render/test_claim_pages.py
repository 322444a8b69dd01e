"""Each claim has one permanent page, which says what was computed and hides nothing."""

from __future__ import annotations

import html as entities
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import conceptbook.author
import pytest
import yaml
from conceptbook.evidence import assess
from conceptbook.load import LoadedNotebook
from conceptbook.render import words

HOME = "claims/calculus/midpoint"
FORMS = Path(conceptbook.author.__file__).parent / "templates/notebook/dot-github/ISSUE_TEMPLATE"


@pytest.fixture(scope="module")
def site(troubled: LoadedNotebook, render_pages) -> dict[str, str]:
    pages = render_pages(troubled, "https://example.org/repo/")
    return {path: data.decode() for path, data in pages.items() if not path.endswith(".png")}


def page(site: dict[str, str], claim: str) -> str:
    return site[f"{HOME}/{claim}/index.html"]


def said(text: str) -> str:
    """The text of a page as it is read."""
    bare = re.sub(r"<(script|head)\b.*?</\1>", "", text, flags=re.S)
    return " ".join(entities.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def test_every_claim_has_a_page_with_its_computed_badge_and_flags(
    troubled: LoadedNotebook, site: dict[str, str]
) -> None:
    for name, status in assess(troubled).items():
        text = site[f"claims/{name}/index.html"]
        assert f'data-badge="{status.badge}"' in text, name
        assert f'<span class="badge badge-{status.badge}">{words.BADGE[status.badge]}' in text
        for flag in status.flags:
            assert flag == status.badge or f">{flag.capitalize()}</span>" in text, (name, flag)


def test_the_matrix_names_stance_place_quote_and_what_a_reviewer_found(site) -> None:
    text = said(page(site, "second-order"))
    assert "Davis & Rabinowitz 1984 p. 54" in text
    assert "“the error is of order two”" in text and "der Fehler ist zweiter Ordnung" in text
    assert "Supports Ben Reviewer , full text, out of date" in text


def test_contradiction_stands_in_the_matrix_like_support_and_on_both_ends(site) -> None:
    matrix = re.findall(r'<tr class="stance-(\w+)"', page(site, "denied"))
    assert matrix == ["supports", "contradicts"]
    assert "1 supports and 1 contradicts" in said(page(site, "denied"))
    for one, other in (("denied", "second-order"), ("second-order", "denied")):
        text = page(site, one)
        relations = text[text.index('id="relations"') :]
        assert "<dt>Contradicts</dt>" in relations and f'href="../{other}/"' in relations
        assert "Contested: a source or another claim says otherwise" in said(text)


def test_a_superseded_claim_stays_whole_and_leads_on(site) -> None:
    text = page(site, "kinks")
    assert "A newer claim takes the place of this one." in said(text)
    assert 'href="../kinks-newer/"' in text and "only of first order at a kink" in said(text)
    assert "data-pagefind-body" not in text
    newer = page(site, "kinks-newer")
    assert "Takes the place of" in said(newer)
    folded = re.search(r'<details class="earlier">(.*?)</details>', newer, re.S)[1]
    assert "The midpoint rule is only of first order at a kink." in said(folded)
    assert "Scope Functions with one kink." in said(folded)
    assert 'class="earlier"' not in text


def test_a_withdrawn_claim_leaves_a_tombstone_out_of_lists_and_search(site) -> None:
    kept, erased = page(site, "taken-back"), page(site, "erased")
    assert "Every rule of quadrature is exact" in said(kept)
    assert "It was plainly wrong." in said(kept) and "2026-02-03" in kept
    assert "It was not ours to say." in said(erased)
    assert "data-pagefind-body" not in kept + erased
    for path, text in site.items():
        if path.startswith(("claims/", "api/", "audit/", "sources/", "feed")):
            assert "private" not in text, f"{path} still says what was removed"
    assert "taken-back" not in site["claims/index.html"] + site["audit/index.html"]
    assert "taken-back" not in site["api/claims.json"]


def test_a_claim_that_stands_can_be_reviewed_on_its_page(site) -> None:
    for claim, where in (("good", "below the last review"), ("denied", "at the end of the file")):
        text = page(site, claim)
        edit = f"https://github.com/someone/notebook/edit/HEAD/{HOME}/{claim}.yaml"
        assert f'<a href="{edit}" data-review-edit>' in text and where in said(text)
    form = page(site, "denied").partition("data-review-form")[2]
    data = json.loads(re.search(r"data-review>(.*?)</script>", form)[1])
    assert [stop["key"] for stop in data["stops"]] == ["davis-1984", "notes-2020"]
    assert {stop["at"] for stop in data["stops"]} <= set(
        re.findall(r'id="([^"]+)"', page(site, "denied"))
    )
    assert [person["id"] for person in data["people"]] == ["ben", "cyd", "eve"]
    assert data["authors"] == ["Ann Author"]
    for claim in ("taken-back", "erased"):
        assert 'id="review"' not in page(site, claim), "nobody reviews a withdrawn claim"


def test_a_stale_review_says_which_parts_changed(site) -> None:
    text = said(page(site, "second-order"))
    assert "Out of date: the statement, the kind, the scope, the caveats" in text
    assert "Ben Reviewer person" in text


def test_a_machine_is_called_a_machine(site) -> None:
    text = said(page(site, "machine"))
    assert "Checker machine: checker 2" in text
    assert "Machines alone have reviewed it, and no person." in text
    assert "Ben Reviewer person" in said(page(site, "good"))
    assert "Current." in said(page(site, "good"))


def test_local_objects_show_themselves(site) -> None:
    text = page(site, "second-order")
    local = text[text.index('id="witnesses"') : text.index('id="reviews"')]
    assert local.count("<svg") == 1 and "<math" in local
    assert "No run of this program has been recorded." in said(local)
    assert 'href="../../../../calculus/midpoint/#demo-slices"' in local


def test_a_claim_can_be_cited_and_challenged(site) -> None:
    text = page(site, "good")
    assert "@misc{conceptbook-calculus-midpoint-good," in text
    assert "author = {Author, Ann}" in text
    assert "https://example.org/repo/claims/calculus/midpoint/good/" in text
    assert f"https://github.com/someone/notebook/blob/HEAD/{HOME}/good.yaml" in text


@pytest.mark.parametrize(
    ("form", "field", "value"),
    [
        ("challenge-claim.yml", "claim", "calculus/midpoint/good"),
        ("broken-source.yml", "source", "davis-1984"),
        ("new-claim.yml", "concept", "calculus/midpoint"),
    ],
)
def test_an_issue_form_is_filled_in(site, form, field, value) -> None:
    text = page(site, "good")
    found = re.findall(r'href="(https://github.com/someone/notebook/issues/new\?[^"]+)"', text)
    asked = [parse_qs(urlsplit(entities.unescape(address)).query) for address in found]
    [fields] = [query for query in asked if query["template"] == [form]]
    assert value in fields[field][0]
    ids = [entry.get("id") for entry in yaml.safe_load((FORMS / form).read_text())["body"]]
    assert field in ids and fields["title"]


def test_old_addresses_lead_on(site) -> None:
    for old, new in (
        ("calculus/middle/index.html", "../midpoint/"),
        (f"{HOME}/once/index.html", "../good/"),
        ("claims/calculus/middle/kinks/index.html", "../../midpoint/kinks/"),
    ):
        assert f'<meta http-equiv="refresh" content="0; url={new}">' in site[old]
        assert f'<a href="{new}">' in site[old]
        assert 'rel="canonical" href="https://example.org/repo/' in site[old]


def test_the_list_has_a_row_for_each_standing_claim_with_what_filters_ask(site) -> None:
    row = r'<li data-status="([^"]*)"[^>]*data-reviewer="([^"]*)"'
    rows = re.findall(row, site["claims/index.html"])
    assert len(rows) == 8
    assert ("reviewed", "human") in rows and any(kind == "ai" for _, kind in rows)


def test_statements_in_lists_are_formulas_and_never_links_in_links(site) -> None:
    listed = site["claims/index.html"]
    begin = '<a href="calculus/midpoint/good/">The rule is exact for <span class="held"><math'
    assert begin in listed
    for row in re.findall(r'class="row-statement">(.*?)</p>', listed):
        assert row.count("<a ") == 1
