"""Concepts for other programs: notebooks that run, Markdown that stands alone, cards for Anki."""

from __future__ import annotations

import csv
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from conceptbook.author.ipynb_export import write_ipynb
from conceptbook.author.json_export import write_json, written
from conceptbook.author.markdown_export import write_markdown
from conceptbook.evidence import assess
from conceptbook.load import load
from conceptbook.model import Claim, Concept
from conceptbook.render.anki import HEAD, write_anki
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
QUICK = ["generalization/bias-variance", "scaling/double-descent"]


def made(bundled, concept):
    return nbformat.reads(write_ipynb(bundled.concepts[concept], bundled), as_version=4)


@pytest.mark.parametrize("concept", QUICK)
def test_a_notebook_runs_from_top_to_bottom(bundled, concept, tmp_path):
    notebook = made(bundled, concept)
    nbformat.validate(notebook)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": tmp_path}}).execute()
    said = "".join(o.get("text", "") for cell in notebook.cells for o in cell.get("outputs", []))
    curves = [
        curve.id
        for witness in bundled.concepts[concept].record.witnesses
        for curve in witness.curves
        if curve.judge == "points"
    ]
    assert curves and all(f"{curve} holds" in said for curve in curves), said


def test_a_notebook_judges_its_curves(bundled):
    notebook = made(bundled, QUICK[0])
    judge = next(cell for cell in notebook.cells if cell.source.startswith("# Every point"))
    judge.source = re.sub(r"'is': \[[^,]*,", "'is': [1e9,", judge.source, count=1)
    with pytest.raises(CellExecutionError):
        NotebookClient(notebook, timeout=120).execute()


def test_a_notebook_is_the_same_every_time(bundled):
    concept = bundled.concepts[QUICK[0]]
    assert write_ipynb(concept, bundled) == write_ipynb(concept, bundled)


@pytest.mark.parametrize("form", [write_ipynb, write_markdown])
def test_no_link_or_citation_of_the_notebook_is_left(bundled, form):
    for concept in bundled.concepts.values():
        text = re.sub(r"```.*?```", "", form(concept, bundled), flags=re.DOTALL)
        left = re.findall(
            r"\]\((?:concept|claim|source|curve|value|witness|equation):[^)]*\)", text
        )
        left += re.findall(r"\[@[\w:-]+", text)
        left += re.findall(r"\$\$ \([a-z-]+\)", text)
        assert not left, (concept.id, left)


def test_markdown_has_words_program_claims_and_works(bundled):
    text = write_markdown(bundled.concepts["scaling/double-descent"], bundled)
    assert text.startswith("# Double descent\n")
    for part in (
        "## Intuition",
        "```python\n",
        "import numpy",
        "`scaling/double-descent/",
        "## Works",
    ):
        assert part in text, part


def test_cards_are_rows_that_anki_reads(bundled):
    text = write_anki(bundled.concepts.values(), bundled)
    assert text.startswith(HEAD)
    rows = list(csv.reader(text.removeprefix(HEAD).splitlines(), delimiter="\t"))
    assert rows and all(len(row) == 5 and all(row) for row in rows)
    assert len({row[0] for row in rows}) == len(rows)
    assert any("claim:scaling/double-descent/" in row[4] for row in rows)
    shown = "".join(row[2] + row[3] for row in rows)
    assert "$" not in shown and "\\(" in shown and "](" not in shown


def test_json_has_what_the_author_wrote_and_what_was_recorded(bundled):
    statuses = assess(bundled)
    for concept in bundled.concepts.values():
        data = json.loads(write_json(concept, bundled, statuses))
        assert written(Concept.model_validate(data["record"])) == data["record"]
        for name, program in data["programs"].items():
            compile(program["code"], program["file"], "exec")
            assert program["curves"].keys() == concept.witnesses[name].asserted.keys()
            assert all(len(c["x"]) == len(c["y"]) for c in program["curves"].values())
        for name, claim in data["claims"].items():
            assert written(Claim.model_validate(claim["record"])) == claim["record"]
            assert claim["status"]["badge"] == statuses[name].badge
        cited = {
            e["source"] for c in data["claims"].values() for e in c["record"].get("evidence", ())
        }
        assert cited <= {source["id"] for source in data["sources"]}


def test_json_keeps_no_words_of_a_claim_that_was_removed(bundled):
    name = next(iter(bundled.claims))
    claim = bundled.claims[name]
    gone = {"date": "2026-01-02", "reason": "It was wrong.", "statement": "remove"}
    record = Claim.model_validate({**json.loads(claim.record.model_dump_json(
        by_alias=True, exclude_unset=True)), "withdrawn": gone})  # fmt: skip
    changed = replace(bundled, claims={**bundled.claims, name: replace(claim, record=record)})
    text = write_json(changed.concepts[claim.concept], changed, assess(changed))
    assert json.loads(text)["claims"][name]["record"] == {"withdrawn": gone}
    assert claim.record.statement.strip() not in text


def test_a_program_that_is_never_run_is_shown_with_its_reason(tmp_path):
    for case in ("_base", "never-run"):
        shutil.copytree(NOTEBOOKS / case, tmp_path, dirs_exist_ok=True)
    notebook, _ = load(tmp_path)
    concept = notebook.concepts["means/spread"]
    cells = nbformat.reads(write_ipynb(concept, notebook), as_version=4).cells
    assert not [cell for cell in cells if cell.cell_type == "code"]
    for text in (write_markdown(concept, notebook), "".join(cell.source for cell in cells)):
        assert "It imports `torch`" in text and "```python\nimport torch" in text
