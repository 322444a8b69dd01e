"""Bibliographies of other programs: in without loss, out and in again the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conceptbook.author.bibliography import NotAdded, add, plan
from conceptbook.bibliography.biblatex import write_biblatex
from conceptbook.bibliography.bibtex_reader import read_bibtex
from conceptbook.bibliography.csl import to_csl, write_csl
from conceptbook.bibliography.csl_reader import read_csl
from conceptbook.load import load
from conceptbook.model import Source

FILES = Path(__file__).parents[1] / "bibliography" / "files"
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


@pytest.mark.parametrize(
    ("read", "name"),
    [
        (read_csl, "zotero.yaml"),
        (read_bibtex, "zotero.bib"),
        (read_bibtex, "zotero-more.bib"),
        (read_bibtex, "zotero-bibtex.bib"),
        (read_bibtex, "classic.bib"),
        (read_csl, "items.json"),
    ],
)
def test_out_and_in_again_is_the_same(root, read, name):
    notebook = book(root)
    add(notebook, plan(notebook, read(text(name))))
    sources = [source.record for source in book(root).sources.values()]
    assert sources
    for write, again in ((write_csl, read_csl), (write_biblatex, read_bibtex)):
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
