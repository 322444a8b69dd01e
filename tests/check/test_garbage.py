"""No input makes the reader or the rules raise: whatever stands in a file is a diagnostic."""

import json
import shutil
from pathlib import Path

import pytest
from conceptbook.check import check
from conceptbook.load import load

BASE = Path(__file__).parents[1] / "notebooks" / "_base"
RETRACTIONS = "claims/retractions-2026-01-02.csv"
FILES = [
    *sorted(
        path.relative_to(BASE).as_posix()
        for path in BASE.rglob("*")
        if path.is_file()
        and path.suffix != ".svg"
        and ".conceptbook" not in path.relative_to(BASE).parts
    ),
    RETRACTIONS,
]
GARBAGE = {
    "binary": bytes(range(256)) * 4,
    "empty": b"",
    "blank": b"\n\n  \n",
    "list": b"- a\n- [b, c]\n",
    "number": b"17\n",
    "null": b"null\n",
    "deep flow": b"[" * 5000 + b"]" * 5000,
    "deep block": b"".join(b" " * i + b"a:\n" for i in range(300)),
    "deep mapping": b"{a: " * 5000,
    "brackets": b"(" * 2000 + b")" * 2000,
    "byte order mark": b"\xef\xbb\xbfa: 1\n",
    "utf-16": "title: Å\n".encode("utf-16"),
    "lone surrogate": b'{"schema": 1, "witnesses": "\\ud800"}',
    "anchors": b"a: &x [1]\nb: *x\nc: {<<: *x}\n*x : 1\n? [a]\n: b\n",
    "two documents": b"a: 1\n---\nb: 2\n",
    "same keys": b"a: {b: 1}\na: [1]\na: {b: {c: 1}}\n",
    "long line": b"x" * 300_000,
    "long number": b"n = " + b"9" * 5000 + b"\n",
    "null bytes": b"a\x00b: 1\n",
    "carriage returns": b"x,y\r1,2\r\n",
    "unicode line ends": "a: b\u2028c: d\x85e\x0cf: 1\n".encode(),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(BASE, tmp_path / "notebook"))
    header = "Record ID,OriginalPaperDOI,RetractionNature,RetractionDate,Reason,RetractionDOI"
    (copy / RETRACTIONS).write_text(f"{header}\n1,10.1/x,Retraction,1/2/2020 0:00,Error;,10.1/y\n")
    return copy


def read(root: Path) -> None:
    loaded, _ = load(root)
    if loaded:
        check(loaded)


@pytest.mark.parametrize("path", FILES)
def test_any_file_may_be_garbage(root, path):
    for content in GARBAGE.values():
        (root / path).write_bytes(content)
        read(root)


@pytest.mark.parametrize("path", FILES)
def test_any_file_may_be_cut_anywhere(root, path):
    whole = (root / path).read_bytes()
    for cut in range(0, len(whole), max(1, len(whole) // 20)):
        (root / path).write_bytes(whole[:cut])
        read(root)


@pytest.mark.parametrize("path", FILES)
def test_any_line_may_be_another(root, path):
    """Each line in turn replaced by a value of another type, or cut off behind its indentation."""
    lines = (root / path).read_text().split("\n")
    for number, line in enumerate(lines):
        indent = line[: len(line) - len(line.lstrip())]
        key = line.split(":")[0]
        other = (f"{key}: [[]]", f"{key}: inf", f"{indent}-", f"{key}: {{a: 1}}")[number % 4]
        (root / path).write_text("\n".join([*lines[:number], other, *lines[number + 1 :]]))
        read(root)


@pytest.mark.parametrize("path", FILES)
def test_any_file_may_be_a_folder_or_missing(root, path):
    (root / path).unlink()
    read(root)
    (root / path).mkdir()
    read(root)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"schema": 1},
        {"schema": 1, "witnesses": []},
        {"schema": 1, "witnesses": {"witness": None}},
        {"schema": 1, "witnesses": {"witness": {"digest": 1}}},
        {"schema": 1, "witnesses": {"witness": {"digest": "", "verdict": {"curves": [1]}}}},
    ],
)
def test_a_record_may_be_anything(root, data):
    (root / "content/means/average/curves/record.json").write_text(json.dumps(data))
    _, report = load(root)
    assert [d.rule.name for d in report] == ["bad-record"]


def test_an_empty_folder_is_no_notebook(tmp_path):
    loaded, report = load(tmp_path)
    assert loaded is None
    assert [d.rule.code for d in report] == ["CB112"]
