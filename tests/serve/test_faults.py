"""What an open page is told of a fault, and the link that opens its file."""

from __future__ import annotations

from pathlib import Path

import pytest
from conceptbook.diagnostics import Report, Severity, Span
from conceptbook.diagnostics.catalogue.fields import UNKNOWN_KEY
from conceptbook.serve.faults import EDITORS, MOST, pattern_of, shown

PLACE = Span("content/a b/concept.yaml", 3, 5)


def one(pattern: str) -> dict:
    report = Report([UNKNOWN_KEY.at(PLACE, 'unknown key "x"', "take it away")])
    [entry] = shown(report, Path("/home/ada/my notes"), None, pattern)
    return entry


def test_the_words_are_those_of_the_terminal() -> None:
    entry = one("")
    assert entry["place"] == "content/a b/concept.yaml:3:5"
    assert (entry["severity"], entry["code"], entry["name"]) == ("error", "CB201", "unknown-key")
    assert entry["hints"] == ["take it away"] and entry["editor"] == ""


@pytest.mark.parametrize(
    ("editor", "address"),
    [
        ("vscode", "vscode://file/home/ada/my%20notes/content/a%20b/concept.yaml:3:5"),
        (
            "idea",
            "idea://open?file=/home/ada/my%20notes/content/a%20b/concept.yaml&line=3&column=5",
        ),
        ("mine://{path}#{line}", "mine:///home/ada/my%20notes/content/a%20b/concept.yaml#3"),
    ],
)
def test_the_link_opens_the_file_at_the_line(editor: str, address: str) -> None:
    pattern = pattern_of(editor)
    assert pattern is not None
    assert one(pattern)["editor"] == address


@pytest.mark.parametrize("editor", ["emacs", "mine://open", "javascript:alert('{path}')", "{path}"])
def test_what_is_no_address_of_an_editor(editor: str) -> None:
    assert pattern_of(editor) is None


def test_every_editor_by_name_has_a_pattern() -> None:
    assert all(pattern_of(name) is not None for name in EDITORS)


def test_errors_come_first_and_a_page_is_not_flooded() -> None:
    late = UNKNOWN_KEY.at(Span("z.yaml"), "late")
    warnings = [
        UNKNOWN_KEY.at(Span("a.yaml", n), f"{n}", severity=Severity.WARNING) for n in range(1, 200)
    ]
    found = shown(Report([*warnings, late]), Path("/x"), None, "")
    assert found[0]["message"] == "late" and len(found) == MOST
