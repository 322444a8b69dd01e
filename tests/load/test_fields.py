import pytest
from conceptbook.load.fields import locate, validate
from conceptbook.load.keys import known_keys
from conceptbook.load.yaml import read
from conceptbook.model import Claim, Concept, Settings, Sources


def faults(model, text):
    document, found = read(text, "a.yaml")
    assert not found
    return validate(model, document.data, document.places)[1]


def test_locate_skips_the_names_of_union_members():
    data = {"authors": ["ada", {"name": "B"}], "on": {"curve": "c", "from": "x"}, "at": "1"}
    assert locate(data, ("authors", 0, "id")) == ("authors", 0)
    assert locate(data, ("authors", 1, "record", "name")) == ("authors", 1, "name")
    assert locate(data, ("on", "curve", "from")) == ("on", "from")
    assert locate(data, ("on", "curve", "curve")) == ("on", "curve")
    assert locate(data, ("at", "number")) == ("at",)


def test_locate_stays_where_nothing_is_written():
    assert locate({"a": {"b": []}}, ("a", "b", 3, "c")) == ("a", "b")


@pytest.mark.parametrize(
    ("model", "loc", "some"),
    [
        (Concept, (), {"title", "leads_to"}),
        (Concept, ("witnesses", 0, "plots", 0, "curves", 0), {"rtol", "shapes"}),
        (Concept, ("witnesses", 0, "plots", 0, "curves", 0, "shapes", 0, "peak"), {"from", "at"}),
        (Concept, ("predictions", 0, "options", 0, "shape", "shape", "ratio"), {"x1", "at_most"}),
        (Concept, ("inquiry", "on", "figure"), {"figure", "curve", "from"}),
        (Claim, ("reviews", 0, "by", "record"), {"name", "orcid"}),
        (Settings, ("people", "ada", "tool"), {"version"}),
        (Sources, ("references", 0), {"container-title", "DOI"}),
    ],
)
def test_known_keys_are_those_of_authors(model, loc, some):
    keys = known_keys(model, loc)
    assert some <= set(keys)
    assert "from_" not in keys and "container_title" not in keys


def test_a_shape_has_no_key_called_kind():
    loc = ("witnesses", 0, "plots", 0, "curves", 0, "shapes", 0, "peak")
    assert "kind" not in known_keys(Concept, loc)


def test_missing_keys_of_one_mapping_are_one_fault():
    [fault] = faults(Concept, "status: draft\n")
    assert fault.message == '"title" and "summary" are missing'
    assert (fault.rule.code, fault.span.line) == ("CB202", 1)


def test_a_misspelt_key_is_not_missing_too():
    [fault] = faults(Concept, "titel: A\nsummary: B\n")
    assert fault.rule.code == "CB201"
    assert fault.hints == ('did you mean "title"?',)


def test_faults_of_items_do_not_shorten_their_list():
    text = """\
title: A
summary: B
inquiry:
  question: C
  on: {curve: c}
  options: [{text: D, shapes: 1}, {text: E}]
  because: F
"""
    [fault] = faults(Concept, text)
    assert fault.rule.code == "CB201"
    assert (fault.span.line, fault.span.column) == (6, 23)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("difficulty: '3'", None),
        ("difficulty: 3.5", '"difficulty" wants a whole number, not 3.5'),
        ("difficulty: 0", '"difficulty" must be at least 1, not 0'),
        ("created: 2026-13-01", '"created": "2026-13-01" is no day of the calendar'),
        ("created: yesterday", '"created" wants a day as YYYY-MM-DD, not "yesterday"'),
        ("tags: {a: b}", '"tags" wants a list, not a mapping'),
        ("prerequisites: [one]", 'item 1 of "prerequisites": "one" is not the id of a concept'),
        ("superseded_by: [a/b]", '"superseded_by" wants text, not a list'),
        ("math: highschool", '"math" wants none, school, undergraduate, graduate or research'),
        ("authors: [{name: A}]", '"kind" is missing in item 1 of "authors"'),
        ("authors: [[a]]", 'item 1 of "authors" wants a mapping, not a list'),
        ("inquiry: [[]]", '"inquiry" wants a mapping, not a list'),
    ],
)
def test_messages_are_in_an_authors_words(line, message):
    found = faults(Concept, f"title: A\nsummary: B\n{line}\n")
    if message is None:
        assert not found
    else:
        assert len(found) == 1
        assert found[0].message.startswith(message)


def test_no_message_is_pydantics():
    text = "title: []\nsummary: {}\nwitnesses: [{plots: [{curves: 1, x: 2}]}, 3]\nclaims: 4\n"
    for fault in faults(Concept, text):
        assert "Input should" not in fault.message and "valid" not in fault.message


def test_braces_of_an_example_stand_once():
    curve = "{id: c, label: L, x: x, y: y, shapes: [increasing]}"
    axes = "x: {label: X}, y: {label: Y}"
    plot = f"{{id: p, title: P, {axes}, curves: [{curve}]}}"
    text = f"title: T\nwitnesses:\n  - {{id: w, title: W, plots: [{plot}]}}\n"
    messages = [each.message for each in faults(Concept, text)]
    assert any("such as peak: {at: 40}" in message for message in messages), messages
    text = "references:\n  - {id: a, type: book, title: T, issued: [spring]}\n"
    messages = [each.message for each in faults(Sources, text)]
    assert any("[{year: 2019, month: 8}]" in message for message in messages), messages


def test_an_empty_file_has_no_key_to_drop():
    assert not [hint for each in faults(Concept, "") for hint in each.hints if "drop" in hint]
