"""Excerpts of long lines, and text that no output can or should carry."""

import json

import pytest
from click.testing import CliRunner
from conceptbook.cli import cli
from conceptbook.diagnostics import Span
from conceptbook.diagnostics.catalogue import files as rules
from conceptbook.diagnostics.human import COLUMNS, full, short


def excerpt(line, column, end):
    fault = rules.BAD_CSV.at(Span("f", 1, column, 1, end), "is wrong")
    shown, caret = full(fault, lambda path: [line]).plain.splitlines()[3:5]
    return shown.removeprefix("1 | "), caret.removeprefix("  | ")


def under(shown, caret):
    """What the caret marks."""
    return "".join(c for c, mark in zip(shown, caret, strict=False) if mark == "^")


@pytest.mark.parametrize("at", [0, 1, 39, 40, 41, 5_000, 9_990, 9_994])
def test_a_long_line_is_clipped_around_its_fault(at):
    line = "." * at + "FAULT" + "." * (10_000 - at)
    shown, caret = excerpt(line, at + 1, at + 6)
    assert len(shown) == COLUMNS
    assert under(shown, caret) == "FAULT"
    assert shown.startswith("…") == (at > 40)
    assert shown.endswith("…") == (at < 9_900)


def test_a_line_that_fits_is_whole():
    line = "x" * (COLUMNS - 1) + "!"
    assert excerpt(line, COLUMNS, COLUMNS + 1) == (line, " " * (COLUMNS - 1) + "^")


def test_a_caret_ends_with_the_excerpt():
    shown, caret = excerpt("x" * 1000, 1, 1001)
    assert len(shown) == len(caret) == COLUMNS


def test_a_fault_after_the_end_of_a_long_line_is_marked_there():
    shown, caret = excerpt("x" * 1000, 1001, 1002)
    assert len(caret) == len(shown) + 1


def test_a_stranger_s_name_is_no_line_of_its_own():
    place = Span("a\n::error::path", 1)
    fault = rules.BAD_CSV.at(place, 'the key "\x1b[2J\r::error::key"', "is it \u2028::notice::?")
    for text in (short(fault), full(fault, lambda path: []).plain):
        assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]
        assert "\x1b" not in text and r"\x1b[2J\r::error::key" in text


@pytest.mark.parametrize("style", ["human", "short", "json", "sarif", "github"])
def test_lone_surrogates_are_replaced(tmp_path, style):
    (tmp_path / "notebook.yaml").write_text("conceptbook: 1\ntitle: T\ndomains: []\n")
    folder = tmp_path / "content/a/b"
    (folder / "curves").mkdir(parents=True)
    (folder / "concept.yaml").write_text("title: T\n")
    (folder / "curves/record.json").write_text(r'{"schema": 1, "witnesses": {"\ud800": {}}}')
    done = CliRunner().invoke(cli, ["-C", str(tmp_path), "check", "--format", style])
    assert done.exit_code == 1, done.exception
    if style == "json":
        json.loads(done.stdout)
