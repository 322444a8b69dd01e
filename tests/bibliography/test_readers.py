"""Bibliographies as Zotero and people write them: in without loss, or said what was lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conceptbook.bibliography.biblatex import write_biblatex
from conceptbook.bibliography.bibtex_reader import read_bibtex
from conceptbook.bibliography.csl import write_csl
from conceptbook.bibliography.csl_reader import Unreadable, read_csl
from conceptbook.model import Source

FILES = Path(__file__).parent / "files"


def text(name):
    return (FILES / name).read_text(encoding="utf-8")


def by_key(reading):
    return {item["id"]: item for item in reading.items}


def test_better_csl_yaml_comes_in_whole():
    reading = read_csl(text("zotero.yaml"))
    assert reading.lost == []
    items = by_key(reading)
    assert items["kovacsErdosRenyi2019"] == {
        "id": "kovacsErdosRenyi2019",
        "type": "article-journal",
        "title": 'Random graphs: from Erdős–Rényi to "scale-free" & back',
        "author": [
            {"family": "Kovács", "given": "Ágnes Éva"},
            {"family": "Schaar", "given": "Mihaela", "non-dropping-particle": "van der"},
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
        ],
        "issued": "2019-08-06",
        "container-title": "Journal of Őrült Graphs",
        "accessed": "2024-03-09",
        "container-title-short": "J. Őrült Graphs",
        "DOI": "10.5555/Abc.2019(1)-7",
        "ISSN": "1234-5679",
        "issue": "2-3",
        "language": "en",
        "page": "101-127",
        "title-short": "Random graphs",
        "URL": "https://example.org/a_b?c=d%20e&f=g#h",
        "volume": "12",
    }
    assert items["worldhealthorganizationGuidelines"]["author"] == [
        {"literal": "World Health Organization"}
    ]
    assert "issued" not in items["worldhealthorganizationGuidelines"]
    assert items["smithBlogPost2021"]["issued"] == "2021-04"
    assert items["vaswaniAttentionAllYou2017"]["archive_location"] == "1706.03762v5"
    assert items["doeThesis1998"]["issued"] == "1998"


def test_better_biblatex_comes_in_whole():
    reading = read_bibtex(text("zotero.bib"))
    assert reading.lost == []
    items = by_key(reading)
    first = items["kovacsErdosRenyi2019"]
    assert first["title"] == 'Random Graphs: From Erdős–Rényi to "Scale-Free" & Back'
    assert first["author"] == by_key(read_csl(text("zotero.yaml")))[first["id"]]["author"]
    assert (first["issued"], first["accessed"]) == ("2019-08-06", "2024-03-09")
    assert (first["issue"], first["page"]) == ("2-3", "101-127")
    assert first["URL"] == "https://example.org/a_b?c=d%20e&f=g#h"
    assert items["worldhealthorganizationGuidelines"]["author"] == [
        {"literal": "World Health Organization"}
    ]
    assert items["smithBlogPost2021"]["type"] == "webpage"
    assert items["vaswaniAttentionAllYou2017"]["type"] == "article"
    assert items["vaswaniAttentionAllYou2017"]["archive"] == "arXiv"


def test_bibtex_by_hand():
    reading = read_bibtex(text("classic.bib"))
    items = by_key(reading)
    first = items["Kov:99"]
    assert first["author"] == [
        {"family": "Kánó", "given": "Ágnes"},
        {"family": "Øre", "given": "Hans"},
        {"family": "Erdős", "given": "Pál"},
        {"family": "Vallée Poussin", "given": "Charles", "non-dropping-particle": "de la"},
        {"literal": "Research and Development Group"},
    ]
    assert first["title"] == "On the L_2 norm: 50% of what?"
    assert first["container-title"] == "Journal of Graphs"
    assert first["issued"] == "1999-09"
    assert items["child"]["container-title"] == "Proceedings of it"
    assert items["child"]["issued"] == "2001"
    assert items["t"]["genre"] == "PhD thesis"
    assert items["w"]["URL"] == "https://example.org/p"
    assert items["bad"]["DOI"] == "10.5555/ABC"


def test_what_could_not_be_carried_over_is_said():
    lost = read_bibtex(text("classic.bib")).lost
    said = {key for key, _ in lost}
    assert {"w", "bad", "others"} <= said
    assert any("foo" in words and "bar" in words for key, words in lost if key == "w")
    assert any("ISBN" in words for key, words in lost if key == "bad")
    assert any("and others" in words for key, words in lost if key == "others")
    assert any("cannot be read" in words for key, words in lost)
    reading = read_csl(text("items.json"))
    assert set(by_key(reading)) == {"muller-2019-grosse", "circa", "noyear"}
    assert by_key(reading)["circa"]["issued"] == "1650~"
    assert by_key(reading)["muller-2019-grosse"]["volume"] == "7"
    words = [f"{key}: {said}" for key, said in reading.lost]
    for part in ("zotero.org", "frobnicate", '"issued" cannot', '"URL"', "bad: left out whole"):
        assert any(part in line for line in words), (part, words)


@pytest.mark.parametrize(
    ("read", "wrong"),
    [(read_csl, "[{"), (read_csl, "a: [b"), (read_csl, "text"), (read_bibtex, "no entry")],
)
def test_what_is_no_bibliography_is_said(read, wrong):
    with pytest.raises(Unreadable):
        read(wrong)


def test_every_type_that_zotero_writes_comes_in_whole():
    reading = read_bibtex(text("zotero-more.bib"))
    assert reading.lost == []
    items = by_key(reading)
    assert {key: item["type"] for key, item in items.items()} == {
        "heDeepResidualLearning2016": "paper-conference",
        "oreNoiseOrder1987": "chapter",
        "opendataOnlineNoDate": "webpage",
        "ipccReport2021": "report",
        "lukasiewiczTeza2003": "thesis",
        "numpyTeam2024": "software",
        "lecunMnist1998": "dataset",
        "gaussTheoria1809": "book",
    }
    chapter = items["oreNoiseOrder1987"]
    assert chapter["author"] == [
        {"family": "Øre", "given": "Søren"},
        {"family": "Vallée Poussin", "given": "Charles-Jean", "non-dropping-particle": "de la"},
        {"family": "O'Neill", "given": "Úna"},
    ]
    assert chapter["editor"][1] == {"literal": "Office of Rules & Sums"}
    assert (chapter["title"], chapter["page"]) == ("Noise and Order: A 50 % Rule", "12-40, 55")
    page = items["opendataOnlineNoDate"]
    assert page["URL"] == "https://example.org/~odi/a_b%20c?x=1&y=2#top"
    assert "issued" not in page and page["author"] == [{"literal": "Open Data Institute"}]
    assert items["lukasiewiczTeza2003"]["genre"] == "PhD thesis"
    assert items["lukasiewiczTeza2003"]["language"] == "pl"
    old = items["gaussTheoria1809"]
    assert (old["issued"], old["original-date"]) == ("1857", "1809")
    assert old["publisher"] == "Little, Brown and Company"


def test_better_bibtex_comes_in_whole():
    """Accents as commands, bodies in braces, addresses escaped, no day and at times no year."""
    reading = read_bibtex(text("zotero-bibtex.bib"))
    assert reading.lost == []
    items = by_key(reading)
    first = items["kovacsErdosRenyi2019"]
    assert first["title"] == 'Random Graphs: From Erdős–Rényi to "Scale-Free" & Back'
    assert first["author"] == [
        {"family": "Kovács", "given": "Ágnes Éva"},
        {"family": "van der Schaar", "given": "Mihaela"},
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
    ]
    assert (first["issued"], first["container-title"]) == ("2019-08", "Journal of Őrült Graphs")
    assert "issued" not in items["worldhealthorganizationGuidelines"]
    assert items["smithPost2021"]["URL"] == "https://blog.example.org/post_1?a=b&c=d"
    assert items["smithPost2021"]["title"] == "A Post about “Things”"
    assert items["smithPost2021"]["language"] == "en-US"
    preprint = items["vaswaniAttentionAllYou2017"]
    assert (preprint["archive"], preprint["archive_location"]) == ("arXiv", "1706.03762")
    assert "number" not in preprint
    thesis = items["doeThesis1998"]
    assert thesis["author"] == [
        {"family": "Doe", "given": "Jane"},
        {"family": "Øre", "given": "Søren"},
    ]
    assert (thesis["title"], thesis["publisher"]) == ("On Łódź and Šumava", "University of Łódź")
    assert items["ipccReport2021"]["author"] == [
        {"literal": "Intergovernmental Panel on Climate Change"}
    ]


def test_a_season_is_said_to_be_left_out():
    [(key, said)] = read_csl(
        "- {id: a, type: book, title: T, issued: [{year: 1998, season: 2}]}"
    ).lost
    assert key == "a" and "season" in said


@pytest.mark.parametrize("key", ["øre2001", "Łukasiewicz2003", "straße", "müller:1"])
def test_letters_of_a_key_that_cannot_stay_become_plain_ones(key):
    reading = read_csl(json.dumps([{"id": key, "type": "book", "title": "T"}]))
    made = {"øre2001": "ore2001", "Łukasiewicz2003": "Lukasiewicz2003", "straße": "strasse"}
    assert reading.items[0]["id"] == made.get(key, "muller:1")
    assert key in reading.lost[0][1]


def test_rich_text_becomes_plain_and_what_is_left_out_is_said():
    title = (
        '<span class="nocase">CRISPR</span> in <i>E. coli</i> and H<sub>2</sub>O, 10<sup>-3</sup>'
    )
    given = [
        {"id": "a", "type": "book", "title": title},
        {"id": "b", "type": "scroll", "title": "T"},
        {"id": "c", "type": "book"},
    ]
    reading = read_csl(json.dumps(given))
    assert [item["title"] for item in reading.items] == ["CRISPR in E. coli and H₂O, 10⁻³"]
    assert reading.lost == [
        ("b", 'left out whole: "scroll" is no type of CSL'),
        ("c", "left out whole: it has no title"),
    ]
    broken = (
        "@book{a, title={T}, year={n.d.}, isbn={0-306-40615-2, 978-0-306-40615-7}}\n@book{b, t={"
    )
    assert sorted(read_bibtex(broken).lost) == [
        ("a", '"ISBN" has one number here, without 978-0-306-40615-7'),
        ("a", "\"year\" cannot be read: 'n.d.'"),
        ("line 2", "cannot be read: its braces or quotes do not close"),
    ]


@pytest.mark.parametrize(
    ("given", "edtf"),
    [
        ([{"year": 1650, "circa": True}], "1650~"),
        ({"year": 1650, "circa": "true"}, "1650~"),
        ([{"year": 2018, "month": 6}, {"year": 2018, "month": 7}], "2018-06/2018-07"),
        ({"date-parts": [[2018, 6], [2018, 7]], "circa": True}, "2018-06~/2018-07"),
    ],
)
def test_intervals_and_doubt_survive_a_round_trip(given, edtf):
    [item] = read_csl(
        json.dumps([{"id": "a", "type": "book", "title": "T", "issued": given}])
    ).items
    assert item["issued"] == edtf
    source = Source.model_validate(item)
    assert read_csl(write_csl([source])).items == [item]
    assert read_bibtex(write_biblatex([source])).items == [item]
