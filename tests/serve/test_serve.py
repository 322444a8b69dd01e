"""The preview's folder is its own: what lies in it otherwise is named, never deleted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conceptbook.diagnostics import EnvironmentLacks
from conceptbook.serve import Preview, serve

BASE = Path(__file__).parents[1] / "notebooks" / "_base"


def test_a_foreign_file_in_the_previews_folder_is_named(tmp_path: Path) -> None:
    root = tmp_path / "book"
    shutil.copytree(BASE, root)
    mine = root / ".conceptbook/serve/mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    with pytest.raises(EnvironmentLacks, match=r"\.conceptbook/serve is no site"):
        serve(Preview(root, "", say=print, show=print), host="127.0.0.1", port=0, watch=False)
    assert mine.read_text() == "mine"
