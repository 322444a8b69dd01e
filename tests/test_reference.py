"""docs/reference/ is written from the code, and is no older than it."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "write-reference"))


@pytest.mark.parametrize("name", sorted(SCRIPT["PAGES"]))
def test_the_page_is_what_the_code_says(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == SCRIPT["PAGES"][name](), "run scripts/write-reference"
