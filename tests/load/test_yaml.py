import pytest
import yaml as pyyaml
from conceptbook.diagnostics import EnvironmentLacks, Span
from conceptbook.load.yaml import MAX_BYTES, read
from conceptbook.model import Quoted

PATH = "a.yaml"


def document(text):
    found, faults = read(text, PATH)
    assert not faults, faults
    return found


def codes(text):
    found, faults = read(text, PATH)
    return found, [fault.rule.code for fault in faults]


def test_scalars_stay_text():
    data = document("a: no\nb: 1.10\nc: 3:14\nd: 1e-6\ne: 2026-01-02\nf: [on, 0x1F]\n").data
    assert data == {
        "a": "no",
        "b": "1.10",
        "c": "3:14",
        "d": "1e-6",
        "e": "2026-01-02",
        "f": ["on", "0x1F"],
    }
    assert not any(isinstance(value, Quoted) for value in data.values())


def test_quoted_and_block_scalars_are_marked():
    data = document("a: '1'\nb: \"2\"\nc: |\n  3\nd: >\n  4\n").data
    assert all(isinstance(value, Quoted) for value in data.values())
    assert data == {"a": "1", "b": "2", "c": "3\n", "d": "4\n"}


@pytest.mark.parametrize("word", ["", "~", "null"])
def test_nothing_is_none(word):
    assert document(f"a: {word}\nb: 1\n").data == {"a": None, "b": "1"}


def test_quoted_null_is_text():
    assert document("a: 'null'\nb: ''\n").data == {"a": "null", "b": ""}


def test_places_of_keys_and_values():
    places = document("a: one\nlist:\n  - x: 1\n    y: two words\n  - {k: v}\n").places
    assert places.key("a") == Span(PATH, 1, 1, 1, 2)
    assert places.value("a") == Span(PATH, 1, 4, 1, 7)
    assert places.value("list", 0, "y") == Span(PATH, 4, 8, 4, 17)
    assert places.value("list", 0) == places.key("list", 0, "x"), "a mapping: its first key"
    assert places.value("list", 1) == Span(PATH, 5, 5, 5, 11), "a flow mapping: its braces"
    assert places.value("list", 1, "absent") == places.value("list", 1)


def test_columns_count_characters():
    places = document("é: {name: Kovács, x: ∑}\n").places
    assert places.value("é", "x") == Span(PATH, 1, 22, 1, 23)


@pytest.mark.parametrize(
    ("text", "needle"),
    [
        ("a: some needle here\n", "needle"),
        ("a: 'some needle here'\n", "needle"),
        ('a: "say \\"so\\", needle"\n', "needle"),
        ("a: |\n  one\n  needle two\n", "needle"),
        ("a: >\n\n  one\n  two needle\n\n  three\n", "needle"),
        ("a: one\n  two\n  needle three\n", "needle"),
        ('b: 1\na: "one\n  two needle"\n', "needle"),
        ("a: >-\n    one\n      more needle\n    last\n", "needle"),
        ("a: |2\n    needle\n", "needle"),
    ],
)
def test_a_place_in_a_text_is_a_place_in_the_file(text, needle):
    found = document(text)
    value, origin = found.data["a"], found.origins[("a",)]
    at = value.index(needle)
    line = value.count("\n", 0, at)
    span = origin.span(line, at - (value.rfind("\n", 0, at) + 1), len(needle))
    written = text.splitlines()[span.line - 1]
    assert written[span.column - 1 : span.end_column - 1] == needle


def test_a_repeated_key_names_both_places():
    found, faults = read("a: 1\nb: 2\na: {c: 3}\n", PATH)
    assert found.data == {"a": "1", "b": "2"}, "the first one counts"
    assert [(f.rule.code, f.span.line, f.related[0][0].line) for f in faults] == [("CB102", 3, 1)]


@pytest.mark.parametrize(
    "text",
    ["a: &x 1\n", "a: !!str 1\n", "a: !x 1\n", "a: &x 1\nb: *x\n", "<<: {a: 1}\n", "a: &x [1]\n"],
)
def test_features_make_a_file_unreadable(text):
    found, faults = read(text, PATH)
    assert found is None
    assert {fault.rule.code for fault in faults} == {"CB103"}


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: x: y\n", (1, 5), "cannot hold"),
        ("a: @b\n", (1, 4), "cannot begin"),
        ("a: %b\n", (1, 4), "cannot begin"),
        ("a: `b`\n", (1, 4), "cannot begin"),
        ("a: *b*\n", (1, 4), "cannot begin"),
        ("a:\n\tb: 1\n", (2, 1), "tab"),
        ("a: 'b\n", (1, 4), "not closed"),
        ("a: {b: 1\nc: 2\n", (2, 2), "line 1"),
        ("a: 1\nb\nc: 2\n", (2, 1), "neither"),
        ("a: 1\n b: 2\n", (2, 3), "goes on"),
        ("- a\nb: 1\n", (2, 1), "list"),
        ("a: b\n---\nc: d\n", (2, 1), "second document"),
        ("? [a]\n: b\n", (1, 3), "a key is a word"),
        ("a: \x01\n", (1, 4), "U+0001"),
    ],
)
def test_syntax_faults_say_where_and_what(text, place, words):
    found, [fault] = read(text, PATH)
    assert found is None
    assert fault.rule.code == "CB101"
    assert (fault.span.line, fault.span.column) == place
    assert words in fault.message


CUT = ["a: p. 3 #2\n", "a: #fff\n", "- b #c\n", "a: {b: 1, c d, e: 2}\n"]


@pytest.mark.parametrize("text", CUT)
def test_values_cut_short(text):
    assert codes(text)[1] == ["CB109"]


@pytest.mark.parametrize("text", ["a: b # note\n", "a: b#c\n", "# all\na: 1\n", "a: '1 #2'\n"])
def test_comments_are_free(text):
    assert codes(text)[1] == []


def test_a_comment_in_a_block_is_text():
    assert codes("a: |\n  one\n  # two\n# real\nb: 1\n")[1] == ["CB113"]


def test_depth_and_size():
    assert codes("[" * 64 + "]" * 64)[1] == []
    assert codes("[" * 65 + "]" * 65) == (None, ["CB104"])
    assert codes("[" * 1_000_000) == (None, ["CB104"])
    assert codes("x" * (MAX_BYTES + 1)) == (None, ["CB104"])
    assert codes("ß" * (MAX_BYTES // 2 + 1)) == (None, ["CB104"]), "bytes count, not characters"


def test_the_slow_parser_is_refused(monkeypatch):
    monkeypatch.setattr(pyyaml, "__with_libyaml__", False)
    with pytest.raises(EnvironmentLacks, match="C parser"):
        read("a: 1\n", PATH)
