"""Bibliographies of other programs: in without loss, out and in again the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conceptbook.author.bibliography import NotAdded, add, plan
from conceptbook.author.bibtex import read_bibtex
from conceptbook.author.bibtex_export import latex, write_bibtex
from conceptbook.author.csl_export import to_csl, write_csl
from conceptbook.author.csl_items import Unreadable, read_csl
from conceptbook.load import load
from conceptbook.model import Source

FILES = Path(__file__).parent / "bibliographies"
SETTINGS = "conceptbook: 1\ntitle: T\ndomains: [{id: a, title: A}]\n"


def text(name):
    return (FILES / name).read_text(encoding="utf-8")


def by_key(reading):
    return {item["id"]: item for item in reading.items}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "notebook.yaml").write_text(SETTINGS)
    (tmp_path / "claims").mkdir()
    return tmp_path


def book(root):
    notebook, report = load(root)
    assert report.ok, [d.message for d in report]
    return notebook


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


@pytest.mark.parametrize(
    ("read", "name"),
    [
        (read_csl, "zotero.yaml"),
        (read_bibtex, "zotero.bib"),
        (read_bibtex, "classic.bib"),
        (read_csl, "items.json"),
    ],
)
def test_out_and_in_again_is_the_same(root, read, name):
    notebook = book(root)
    add(notebook, plan(notebook, read(text(name))))
    sources = [source.record for source in book(root).sources.values()]
    assert sources
    for write, again in ((write_csl, read_csl), (write_bibtex, read_bibtex)):
        reading = again(write(sources))
        assert reading.lost == []
        assert [to_csl(Source.model_validate(item)) for item in reading.items] == [
            to_csl(source) for source in sources
        ]


def test_a_second_import_adds_nothing(root):
    reading = read_csl(text("zotero.yaml"))
    add(book(root), plan(book(root), reading))
    before = (root / "claims/sources.yaml").read_bytes()
    again = plan(book(root), reading)
    assert again.items == []
    assert {what for _, _, what in again.duplicates} == {"DOI", "arXiv id", "title"}
    from_bibtex = plan(book(root), read_bibtex(text("zotero.bib")))
    assert from_bibtex.items == []
    assert (root / "claims/sources.yaml").read_bytes() == before


def one(**fields):
    return json.dumps([{"id": "new", "type": "book", "title": "A Title", **fields}])


@pytest.mark.parametrize(
    ("here", "new", "same"),
    [
        ({"DOI": "10.5555/A"}, {"DOI": "10.5555/a", "title": "Other"}, "DOI"),
        ({"DOI": "10.5555/A"}, {"DOI": "10.5555/b"}, None),
        (
            {"URL": "https://arxiv.org/abs/1706.03762v1"},
            {"archive": "arXiv", "archive_location": "1706.03762v5", "title": "Other"},
            "arXiv id",
        ),
        ({}, {"title": "a <i>title</i>"}, "title"),
        ({"title": "Ä title"}, {"title": "A title!"}, "title"),
        ({"author": [{"family": "A"}]}, {"author": [{"family": "B"}]}, None),
        ({"edition": "1"}, {"edition": "2"}, None),
        ({"author": [{"family": "A"}]}, {}, "title"),
    ],
)
def test_what_counts_as_the_same_work(root, here, new, same):
    add(book(root), plan(book(root), read_csl(one(id="old", **here))))
    addition = plan(book(root), read_csl(one(**new)))
    assert [what for _, _, what in addition.duplicates] == ([same] if same else [])


def test_a_key_that_another_work_has_gets_a_number(root):
    add(book(root), plan(book(root), read_csl(one(DOI="10.5555/a"))))
    addition = plan(book(root), read_csl(one(title="Another book")))
    assert addition.renamed == [("new", "new-2")]
    add(book(root), addition)
    assert list(book(root).sources) == ["new", "new-2"]


def test_comments_and_what_is_there_stay(root):
    path = root / "claims/sources.yaml"
    before = "# ours\r\nreferences:\r\n- id: a  # first\r\n  type: book\r\n  title: B\r\n# end\r\n"
    path.write_bytes(before.encode())
    add(book(root), plan(book(root), read_csl(one())))
    after = path.read_bytes().decode()
    assert after == before.replace(
        "# end\r\n", "- id: new\r\n  type: book\r\n  title: A Title\r\n# end\r\n"
    )


def test_a_file_that_cannot_be_extended_is_left(root):
    path = root / "claims/sources.yaml"
    path.write_text("references: [{id: a, type: book, title: B}]\n")
    with pytest.raises(NotAdded):
        add(book(root), plan(book(root), read_csl(one())))
    assert path.read_text() == "references: [{id: a, type: book, title: B}]\n"


@pytest.mark.parametrize(
    "words",
    [
        "50 % & $5 #1 a_b {c} ~d ^e \\f",
        "a -- b --- c",
        "``q'' 'r'",
        '"x"',
        "<i>x</i>",
        "ÄöØß – “q”",
        "$x_1$",
        "a\\alpha b",
        "https://e.org/a_b",
        "? `",
        "!`",
        "x, y and z",
    ],
)
def test_plain_text_survives_latex(words):
    written = write_bibtex(
        [
            Source(
                id="a",
                type="book",
                title=words,
                publisher=words,
                author=[{"literal": words}, {"family": words, "given": "G."}],
            )
        ]
    )
    item = read_bibtex(written).items[0]
    assert (item["title"], item["publisher"]) == (words, words)
    assert item["author"] == [{"literal": words}, {"family": words, "given": "G."}]
    assert latex("a") == "a"


def test_the_types_and_variables_that_bibtex_lacks_survive():
    from typing import get_args

    from conceptbook.model.source import NAME_VARIABLES, TYPES, VARIABLES

    skipped = {"abstract", "annote", "note", "keyword", "source"}
    sources = [Source(id=f"t{n}", type=kind, title="T") for n, kind in enumerate(get_args(TYPES))]
    sources += [
        Source.model_validate({"id": f"v{n}", "type": "chapter", "title": "T", name: "1 a"})
        for n, name in enumerate(VARIABLES)
        if name not in skipped
    ]
    sources += [
        Source.model_validate(
            {"id": f"n{n}", "type": "book", "title": "T", name: [{"family": "F", "given": "G"}]}
        )
        for n, name in enumerate(NAME_VARIABLES)
    ]
    sources.append(
        Source.model_validate(
            {
                "id": "d",
                "type": "book",
                "title": "T",
                "submitted": "2019-02",
                "event-date": "2019",
                "issued": "1650~",
            }
        )
    )
    reading = read_bibtex(write_bibtex(sources))
    assert reading.lost == []
    assert [to_csl(Source.model_validate(i)) for i in reading.items] == [to_csl(s) for s in sources]
