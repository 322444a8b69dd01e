"""docs/themes.md, followed from the first word to the last in a new notebook."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "themes.md"


def test_a_colour_and_a_template_of_ones_own(tmp_path: Path, reader, plain_environment) -> None:
    tools = f"{Path(sys.executable).parent}{os.pathsep}{plain_environment['PATH']}"
    one = reader(tmp_path, {**plain_environment, "PATH": tools})
    one.run("conceptbook new notebook notes")
    one.run("cd notes")
    one.follow(PAGE)
    site = tmp_path / "notes/site"
    css = {path.name: path.read_text("utf-8") for path in site.glob("assets/*/*.css")}
    assert "--accent:#00695c" in css["theme.css"] and "--accent:#0d5c6d" in css["main.css"]
    page = (site / "index.html").read_text(encoding="utf-8")
    sheets = re.findall(r'rel="stylesheet" href="[^"]*/([^"]+)"', page)
    assert sheets == ["main.css", "home.css", "theme.css"], "one's own comes last"
    assert "Notes, written by hand." in page and "site-header" in page
