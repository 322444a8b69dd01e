"""Sources by their short and their full names."""

from __future__ import annotations

from typing import Any

from conceptbook.load import LoadedSource
from conceptbook.model import Source
from conceptbook.render.citation import addresses, labels, reference

ADA = {"family": "Lovelace", "given": "Ada"}
CARL = {"family": "Gauß", "given": "Carl Friedrich"}
EMMY = {"family": "Noether", "given": "Emmy"}


def source(ident: str, **fields: Any) -> Source:
    return Source.model_validate(
        {"id": ident, "type": "article-journal", "title": "On x", "issued": "2019", **fields}
    )


def labelled(*sources: Source) -> dict[str, str]:
    return labels({s.id: LoadedSource(s, index) for index, s in enumerate(sources)})


def test_label_by_the_number_of_authors() -> None:
    assert labelled(
        source("one", author=[ADA]),
        source("two", author=[ADA, CARL]),
        source("three", author=[ADA, CARL, EMMY]),
        source("body", author=[{"literal": "Royal Society"}]),
        source("none", issued=None),
    ) == {
        "one": "Lovelace 2019",
        "two": "Lovelace & Gauß 2019",
        "three": "Lovelace et al. 2019",
        "body": "Royal Society 2019",
        "none": "On x n.d.",
    }


def test_equal_labels_get_letters_in_the_order_of_their_keys() -> None:
    found = labelled(source("zeta", author=[ADA]), source("alpha", author=[ADA]))
    assert found == {"alpha": "Lovelace 2019a", "zeta": "Lovelace 2019b"}
    many = labelled(*(source(f"s{index:02}", author=[ADA]) for index in range(28)))
    assert [many["s25"], many["s26"], many["s27"]] == [
        f"Lovelace 2019{x}" for x in ("z", "aa", "ab")
    ]


def test_reference_has_all_but_the_title() -> None:
    record = source(
        "x",
        author=[ADA, CARL],
        **{"container-title": "Annals", "volume": "3", "issue": "2", "page": "10-20"},
    )
    assert reference(record) == "Ada Lovelace, Carl Friedrich Gauß. 2019. Annals 3(2), 10–20."


def test_the_doi_is_the_first_address() -> None:
    record = source("x", DOI="10.1000/182", archive="arXiv", archive_location="1812.11118")
    assert addresses(record) == [
        ("doi:10.1000/182", "https://doi.org/10.1000/182"),
        ("arXiv:1812.11118", "https://arxiv.org/abs/1812.11118"),
    ]
