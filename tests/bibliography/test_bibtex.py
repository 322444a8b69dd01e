"""BibTeX and CSL-JSON of a source, read back by a BibTeX parser."""

from __future__ import annotations

import bibtexparser
import pytest
from conceptbook.bibliography.bibtex import entry
from conceptbook.bibliography.csl import Item, to_csl
from conceptbook.model import Source

FULL = Source.model_validate(
    {
        "id": "muller-2019_a",
        "type": "article-journal",
        "title": "100 % of_cases & more: $x^2$",
        "author": [
            {"family": "Müller", "given": "Zoë", "non-dropping-particle": "von"},
            {"literal": "Office of Rules & Sums"},
        ],
        "issued": "2019-08",
        "container-title": "Annals",
        "volume": "3",
        "issue": "2",
        "page": "10-19",
        "DOI": "10.1000/a_b%c",
        "note": "private",
        "abstract": "private",
    }
)


def item(source: Source) -> Item:
    return to_csl(source, custom=False)


def fields(text: str) -> dict[str, str]:
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (only,) = library.entries
    return {field.key: field.value for field in only.fields}


def test_a_parser_reads_what_is_written() -> None:
    read = fields(entry(item(FULL)))
    assert read["author"] == r"von Müller, Zoë and {Office of Rules \& Sums}"
    assert read["title"] == r"{100 \% of\_cases \& more: \$x\textasciicircum{}2\$}"
    assert (read["year"], read["journal"], read["pages"]) == ("2019", "Annals", "10--19")
    assert read["doi"] == "10.1000/a_b%c", "an identifier is verbatim"
    assert "private" not in entry(item(FULL))


@pytest.mark.parametrize(
    ("kind", "written"),
    [("paper-conference", "inproceedings"), ("thesis", "phdthesis"), ("webpage", "misc")],
)
def test_types(kind: str, written: str) -> None:
    source = Source.model_validate({"id": "a", "type": kind, "title": "T"})
    assert entry(item(source)).startswith(f"@{written}{{a,\n")


def test_csl_keeps_what_csl_has_and_leaves_out_what_is_private() -> None:
    csl = item(FULL)
    assert csl["issued"] == {"date-parts": [[2019, 8]]}
    assert csl["author"][0] == {"family": "Müller", "given": "Zoë", "non-dropping-particle": "von"}
    assert not {"note", "abstract", "custom"} & set(csl)
