"""What BibLaTeX has no field for, and what would mean something to LaTeX, survives."""

from __future__ import annotations

import pytest
from conceptbook.bibliography.biblatex import write_biblatex
from conceptbook.bibliography.bibtex_reader import read_bibtex
from conceptbook.bibliography.csl import to_csl
from conceptbook.bibliography.latex import latex
from conceptbook.model import Source


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
    written = write_biblatex(
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
    reading = read_bibtex(write_biblatex(sources))
    assert reading.lost == []
    assert [to_csl(Source.model_validate(i)) for i in reading.items] == [to_csl(s) for s in sources]
