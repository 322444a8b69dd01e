"""Editors see by the JSON Schemas what `check` sees: sound files pass, faults are underlined."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from check_jsonschema.parsers.yaml import construct_yaml_implementation
from conceptbook.load import load
from conceptbook.model.json_schema import FILES, json_schema
from jsonschema import Draft7Validator

ROOT = Path(__file__).parents[2]
PLACES = {
    "notebook": "notebook.yaml",
    "concept": "content/*/*/concept.yaml",
    "claim": "claims/*/*/*.yaml",
    "sources": "claims/sources.yaml",
}
SCHEMAS = {name: Draft7Validator(json_schema(name)) for name in FILES}
NOTEBOOKS = ROOT / "tests" / "notebooks"
CASES = sorted(path.name for path in NOTEBOOKS.iterdir() if path.name != "_base")
UNREADABLE = {"CB101", "CB102", "CB103", "CB104", "CB105", "CB109", "CB117"}
FIELD_FAULTS = {"CB201", "CB202", "CB203"}
FINER: dict[str, frozenset[str]] = {}
"""Files of a case whose faulty fields a schema cannot see."""


def read(path: Path) -> Any:
    return construct_yaml_implementation().load(path.read_text(encoding="utf-8"))


def faults(root: Path) -> Iterator[tuple[str, list[Any], str]]:
    for name, pattern in PLACES.items():
        for path in sorted(root.glob(pattern)):
            for fault in SCHEMAS[name].iter_errors(read(path)):
                yield path.relative_to(root).as_posix(), list(fault.absolute_path), fault.message


@pytest.mark.parametrize("name", FILES)
def test_each_is_a_draft_07_schema(name: str) -> None:
    Draft7Validator.check_schema(json_schema(name))


@pytest.mark.parametrize("name", FILES)
def test_each_field_says_what_it_means(name: str) -> None:
    schema = json_schema(name)
    for title, record in {"": schema, **schema["definitions"]}.items():
        for key, field in record.get("properties", {}).items():
            told = field.get("description") or title in {"Source", "Person"}
            assert told, f"{name}: {title}.{key}"


@pytest.mark.parametrize("root", [ROOT, NOTEBOOKS / "_base", ROOT / "tests/evidence/notebook"])
def test_sound_notebooks_pass(root: Path) -> None:
    assert list(faults(root)) == []


@pytest.mark.parametrize(
    ("name", "change", "place"),
    [
        ("concept", {"titel": "x"}, []),
        ("concept", {"title": ["x"]}, ["title"]),
        ("concept", {"status": "done"}, ["status"]),
        ("concept", {"difficulty": 6}, ["difficulty"]),
        ("concept", {"tags": ["Two Words"]}, ["tags", 0]),
        ("concept", {"practice": [{"prompt": "a", "answer": "b", "hints": ["1"]}]},
         ["practice", 0, "hints"]),
        ("concept", {"authors": [{"name": "A"}]}, ["authors", 0]),
        ("claim", {"kind": "history"}, ["kind"]),
        ("claim", {"evidence": [{"source": "a"}]}, ["evidence", 0]),
        ("claim", {"reviews": [{"by": "a", "date": "yesterday", "conclusion": "supported",
                                "summary": "x"}]}, ["reviews", 0, "date"]),
    ],
)  # fmt: skip
def test_a_fault_is_underlined_at_its_place(name: str, change: dict, place: list) -> None:
    sound = {
        "concept": {"title": "T", "summary": "S"},
        "claim": {"statement": "A.", "kind": "definition"},
    }[name]
    assert not list(SCHEMAS[name].iter_errors(sound))
    found = [list(fault.absolute_path) for fault in SCHEMAS[name].iter_errors({**sound, **change})]
    assert place in found, found


@pytest.mark.parametrize(
    ("shape", "good"),
    [
        ({"peak": {"at": 40}}, True),
        ({"peak": {"at": [30, "n_train"], "times": 3}}, True),
        ({"increasing": None}, True),
        ({"converges": {"to": "limit", "within": 0.01, "from": 12}}, True),
        ({"peak": None}, False),
        ({"peak": {"at": 40}, "valley": {"at": 2}}, False),
        ({"peek": {"at": 40}}, False),
        ({"peak": {"where": 40}}, False),
        ({"converges": {"to": 1, "within": 0.1}}, False),
        ({}, False),
    ],
)
def test_shapes_are_maps_with_one_key(shape: dict, good: bool) -> None:
    curve = {"id": "c", "x": "x", "y": "y", "shapes": [shape]}
    plot = {"id": "p", "title": "P", "x": {"label": "x"}, "y": {"label": "y"}, "curves": [curve]}
    concept = {"title": "T", "summary": "S", "witnesses": [{"plots": [plot]}]}
    assert SCHEMAS["concept"].is_valid(concept) is good


@pytest.mark.parametrize("case", CASES)
def test_what_check_says_of_fields_a_schema_says_too(case: str, tmp_path: Path) -> None:
    """A file with a faulty field is underlined, and none where `check` has nothing to say."""
    root = tmp_path / "notebook"
    shutil.copytree(NOTEBOOKS / "_base", root)
    shutil.copytree(NOTEBOOKS / case, root, dirs_exist_ok=True)
    _, report = load(root)
    if any(fault.rule.code in UNREADABLE for fault in report):
        pytest.skip("what an editor's YAML parser underlines")
    fields = {fault.span.path for fault in report if fault.rule.code in FIELD_FAULTS}
    underlined = {path for path, _, _ in faults(root)}
    told = tuple(fault.span.path for fault in report)
    assert [path for path in underlined if not path.startswith(told)] == []
    assert fields - FINER.get(case, frozenset()) <= underlined
