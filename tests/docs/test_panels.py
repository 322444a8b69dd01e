"""docs/panels.md grows the tutorial's concept: what it writes passes, and no panel is left out."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import yaml
from conceptbook.model import Concept

DOCS = Path(__file__).parents[2] / "docs"
TOLD_IN_WORDS = {"aliases", "created", "updated", "superseded_by", "prerequisites", "leads_to"}
NEEDED = ("cd ", "conceptbook new ", "conceptbook record ")


def test_every_panel_of_the_page_is_written(tmp_path, documented, reader, plain_environment):
    tools = f"{Path(sys.executable).parent}{os.pathsep}{plain_environment['PATH']}"
    author = reader(tmp_path, {**plain_environment, "PATH": tools})
    for step in documented(DOCS / "first-concept.md"):
        for command in step.commands if step.language == "sh" else ():
            if command.startswith(NEEDED):
                author.run(command)
        if step.file:
            (author.folder / step.file).write_text(step.text, encoding="utf-8")
    concept = author.folder / "content/series/geometric"
    (concept / "figures").mkdir()
    (concept / "figures/cover.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    page = documented(DOCS / "panels.md")
    with (concept / "concept.yaml").open("a", encoding="utf-8") as file:
        file.writelines(step.text for step in page if step.language == "yaml")
    for step in page:
        for command in step.commands if step.language == "sh" else ():
            author.run(command)
    written = yaml.safe_load((concept / "concept.yaml").read_text(encoding="utf-8"))
    assert set(Concept.model_fields) - set(written) == TOLD_IN_WORDS
