"""A retraction snapshot: which claims it weakens, and which it brings down."""

import pytest
from conceptbook.load import load

HEADER = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,"
    "RetractionDate,RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,"
    "OriginalPaperPubMedID,RetractionNature,Reason,Paywalled,Notes,\n"
)
PATH = "claims/retractions-2026-03-01.csv"
KINKS = "calculus/midpoint/kinks"
ORDER = "calculus/midpoint/second-order"
GUIDANCE = "calculus/midpoint/use-midpoint"


def row(doi="10.5555/talvila.2012", nature="Retraction", date="8/16/2025 0:00", pubmed="0"):
    return (
        f'1,"Simple, derivations",(PHY);,"X;",J,P,Y,A B,,Research Article;,{date},10.5555/n,0,'
        f"9/24/2012 0:00,{doi},{pubmed},{nature},+Error in Data;+Fake Peer Review;,No,,\n"
    )


def snapshot(book, *rows, path=PATH):
    book.write(path, HEADER + "".join(rows))


def flags(book):
    notebook = book.load()
    from conceptbook.evidence import assess

    return {name: status.flags for name, status in assess(notebook).items() if status.flags}


def test_a_retraction_brings_down_what_rests_on_it_alone_and_weakens_the_rest(book):
    snapshot(book, row(doi="10.1/other"), row())
    assert flags(book) == {
        KINKS: ("collapsed",),
        ORDER: ("weakened",),
        GUIDANCE: ("collapsed",),
    }
    assert book.status(KINKS).badge == "collapsed"
    assert book.status(ORDER).badge == "stale"
    book.pin()
    assert (book.status(ORDER).review, book.status(ORDER).badge) == ("reviewed", "weakened")


def test_the_notice_says_when_why_and_on_which_line(book):
    snapshot(book, row(doi="10.1/other"), row())
    notice = book.load().retractions.notices["talvila-2012"]
    assert str(notice.date) == "2025-08-16"
    assert notice.reason == "Error in Data; Fake Peer Review"
    assert notice.doi == "10.5555/n"
    assert (notice.span.path, notice.span.line) == (PATH, 3)


@pytest.mark.parametrize(
    ("rows", "nature"),
    [
        ([row(doi="10.5555/TALVILA.2012")], "retraction"),
        ([row(doi="unavailable", pubmed="123456")], "retraction"),
        ([row(nature="Expression of concern")], "expression-of-concern"),
        ([row(nature="Correction")], None),
        ([row(doi="10.1/other")], None),
        ([row(doi="unavailable")], None),
        ([row(), row(nature="Reinstatement", date="9/1/2025 0:00")], None),
        ([row(nature="Reinstatement", date="9/1/2025 0:00"), row()], None),
        ([row(), row(nature="Reinstatement", date="1/1/2025 0:00")], "retraction"),
        ([row(), row(nature="Expression of concern", date="9/9/2025 0:00")], "retraction"),
        ([row(date="2025-08-16")], "retraction"),
    ],
)
def test_which_rows_count(book, rows, nature):
    snapshot(book, *rows)
    notice = book.load().retractions.notices.get("talvila-2012")
    assert (notice.nature if notice else None) == nature


def test_the_newest_snapshot_counts(book):
    snapshot(book, row(), path="claims/retractions-2025-09-01.csv")
    assert KINKS in flags(book)
    snapshot(book)
    assert flags(book) == {}
    assert str(book.load().retractions.date) == "2026-03-01"


def test_another_record_of_the_same_work_falls_with_it(book):
    snapshot(book, row())
    book.edit(
        "claims/sources.yaml",
        "    archive: local",
        "    archive: local\n    custom: {version_of: talvila-2012}",
    )
    book.edit(f"claims/{KINKS}.yaml", "source: talvila-2012", "source: notes-2020")
    assert flags(book)[KINKS] == ("collapsed",)


def test_a_proof_of_ones_own_stands(book):
    snapshot(book, row())
    claim = f"claims/{ORDER}.yaml"
    book.edit(claim, "source: davis-1984", "source: talvila-2012")
    assert flags(book)[ORDER] == ("weakened",)
    book.edit(claim, "  - {object: proof, id: halving, covers: the general case}\n", "")
    assert flags(book)[ORDER] == ("collapsed",)


def test_background_and_contradicting_evidence_do_not_depend(book):
    snapshot(book, row())
    book.edit(f"claims/{ORDER}.yaml", "stance: qualifies", "stance: background")
    assert ORDER not in flags(book)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (PATH, "DOI,Nature\n10.1/x,Retraction\n"),
        (PATH, ""),
        ("claims/retractions-2026-02-30.csv", HEADER),
    ],
)
def test_a_file_that_is_no_snapshot_is_a_fault_at_the_file(book, path, text):
    book.write(path, text)
    _, report = load(book.root)
    assert [(d.rule.code, d.span.path) for d in report] == [("CB114", path)]


def test_bytes_that_are_not_utf8_hide_no_row(book):
    (book.root / PATH).write_bytes(
        HEADER.encode() + row().replace("A B", "J\u00f6rg").encode("latin-1")
    )
    assert "talvila-2012" in book.load().retractions.notices
