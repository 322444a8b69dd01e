"""Every benchmark has a place for its table."""

import re
from pathlib import Path

import pytest
import tables

HERE = Path(tables.__file__).parent
PUT = {
    name
    for path in HERE.glob("*.py")
    for name in re.findall(r'\bput\("([a-z-]+)"', path.read_text(encoding="utf-8"))
}


def test_the_benchmarks_say_where_their_tables_go():
    assert {"author", "boot", "mutations", "visit"} <= PUT


@pytest.mark.parametrize("name", sorted(PUT))
def test_a_table_has_its_place(name, tmp_path, monkeypatch):
    copy = tmp_path / "README.md"
    copy.write_text(tables.README.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(tables, "README", copy)
    tables.put(name, "here\n")
    text = copy.read_text("utf-8")
    assert f"<!-- {name} -->\nhere\n<!-- /{name} -->" in text
    assert text.count("<!-- ") == (HERE / "README.md").read_text("utf-8").count("<!-- ")


def test_a_table_without_a_place_is_refused():
    with pytest.raises(ValueError, match="nowhere"):
        tables.put("nowhere", "")
