"""What is written is read again as it was."""

import pytest
from conceptbook.author.yaml_text import item, mapping, scalar
from conceptbook.load import yaml

TEXTS = [
    "Two lines.\n\nAnd a paragraph.",
    "a\n# b",
    "a\n  b",
    "a \nb",
    "\na",
    "a\n",
    "a\n\n",
    "a\n---\nb",
    "plain words",
    "a: b",
    "a #b",
    "#a",
    "- a",
    "'a'",
    '"a"',
    "a\\b",
    "@a",
    "`a`",
    "%a",
    "!a",
    "&a",
    "*a",
    "[a]",
    "{a}",
    "a, b",
    "a]",
    "null",
    "~",
    "yes",
    "True",
    "1e3",
    "0x1f",
    "12:30",
    "1_000",
    "007",
    ".5",
    "-",
    "--- a",
    "...",
    "?",
    "? a",
    "|",
    ">",
    " a",
    "a ",
    "a\nb",
    "a\n\nb\n",
    "a\tb",
    "caf\u00e9 \u2014 \u201cquote\u201d",
    "a\u2028b",
    "a\u0085b",
    "\ufeffa",
    "\U0001d4d0",
    "a:",
    "x" * 200,
    "word " * 60 + "end",
    "word " * 30 + "# end " * 20,
    "word  " * 40 + "end",
    ("long " * 18) + "# begins a line when wrapped " + ("long " * 18) + "end",
    "=",
    "<<",
    "a\x00b".replace("\x00", "\x1b"),
    "`$x$` and $y$: z",
]


@pytest.mark.parametrize("text", TEXTS, ids=repr)
@pytest.mark.parametrize("long", [False, True])
def test_a_text_is_read_as_it_was_written(text, long):
    data = {"key": text, "list": [text], "items": [{"a": text, "b": "c" * (90 if long else 1)}]}
    written = "\n".join(mapping(data)) + "\n"
    document, faults = yaml.read(written, "a.yaml")
    assert document is not None, (written, [f.message for f in faults])
    assert [f.message for f in faults] == []
    assert document.data == data, written


def test_no_line_is_wider_than_a_page():
    lines = mapping({"summary": ("Some words of a long summary. " * 20).strip()})
    assert max(map(len, lines)) <= 96 and lines[0] == "summary: >-"


def test_what_is_empty_is_left_out():
    assert mapping({"a": None, "b": "", "c": [], "d": {}, "e": 0}) == ["e: 0"]


def test_an_item_begins_with_its_dash():
    assert item({"a": 1, "b": [{"c": "d"}]}, 2) == ["  - a: 1", "    b: [{c: d}]"]


@pytest.mark.parametrize(("value", "written"), [(True, "true"), (1, "1"), ("1", '"1"')])
def test_numbers_and_texts_are_told_apart(value, written):
    assert scalar(value) == written
