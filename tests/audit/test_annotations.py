"""GitHub annotations, escaped as its runner reads them."""

from conceptbook.audit.annotations import annotation, annotations
from conceptbook.diagnostics import Report, Span
from conceptbook.diagnostics.catalogue import audit as rules


def test_the_command_names_file_line_column_and_rule():
    found = rules.COLLAPSED_CLAIM.at(Span("claims/a.yaml", 3, 5, 3, 9), "nothing is left")
    assert annotation(found, "book/") == (
        "::error file=book/claims/a.yaml,line=3,endLine=3,col=5,endColumn=8,"
        "title=CB713 collapsed-claim::nothing is left"
    )


def test_severities():
    report = Report(
        [
            rules.COLLAPSED_CLAIM.at(Span("a"), "x"),
            rules.STALE_REVIEW.at(Span("b"), "x"),
            rules.NO_SOURCE.at(Span("c"), "x"),
        ]
    )
    assert [line.split(" ")[0] for line in annotations(report)] == [
        "::error",
        "::warning",
        "::notice",
    ]


def test_a_text_cannot_end_the_command_or_begin_another():
    found = rules.NO_SOURCE.at(Span("a,b:c%\r\n.yaml"), "50 % of\n::error::it", "a: b")
    line = annotation(found)
    assert "\n" not in line and "\r" not in line
    assert "file=a%2Cb%3Ac%25%0D%0A.yaml," in line
    assert line.endswith("::50 %25 of%0A::error::it%0Ahint: a: b")


def test_a_span_of_several_lines_has_no_columns():
    line = annotation(rules.NO_SOURCE.at(Span("a", 1, 2, 3, 4), "x"))
    assert "line=1,endLine=3,title" in line
