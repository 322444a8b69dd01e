"""The contract between a page and its scripts: elements, attributes and what they hold."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conceptbook.load import LoadedNotebook, LoadedWitness, load
from conceptbook.render.views.plot import MOST_ROWS
from conceptbook.render.views.witness import embedded
from conceptbook_kit.declaration import Asserted, Declaration
from conceptbook_kit.judge import code_digest

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
ELEMENT = re.compile(r"<conceptbook-witness\b([^>]*)>(.*?)</conceptbook-witness>", re.S)


@pytest.fixture(scope="module")
def texts(bundled: LoadedNotebook, render_pages: Callable[..., dict[str, bytes]]) -> dict[str, str]:
    pages = render_pages(bundled)
    return {name: pages[f"{name}/index.html"].decode() for name in bundled.concepts}


@pytest.fixture(scope="module")
def witnesses(
    bundled: LoadedNotebook, texts: dict[str, str]
) -> list[tuple[LoadedWitness, str, str]]:
    """(witness, its element's attributes, its element's content)."""
    found = []
    for name, concept in bundled.concepts.items():
        elements = ELEMENT.findall(texts[name])
        assert len(elements) == len(concept.witnesses), name
        found += [(w, *e) for w, e in zip(concept.witnesses.values(), elements, strict=True)]
    return found


def test_the_listing_is_the_program_to_the_character(
    bundled: LoadedNotebook, texts: dict[str, str]
) -> None:
    for name, concept in bundled.concepts.items():
        for ident, witness in concept.witnesses.items():
            pattern = rf'<code data-source="{ident}" data-file="[^"]+">(.*?)</code>'
            inner = re.search(pattern, texts[name], re.S)
            assert inner, f"{name}: no listing of {ident}"
            assert html.unescape(re.sub(r"<[^>]+>", "", inner[1])) == witness.code


def test_the_element_names_its_witness_and_has_no_state_yet(
    witnesses: list[tuple[LoadedWitness, str, str]],
) -> None:
    for witness, attributes, _ in witnesses:
        assert f'data-witness="{witness.record.id}"' in attributes
        assert "data-concept=" in attributes and "data-state" not in attributes


def test_the_record_stands_in_the_file_that_the_element_names(
    bundled: LoadedNotebook,
    render_pages: Callable[..., dict[str, bytes]],
    texts: dict[str, str],
) -> None:
    pages = render_pages(bundled)
    for name, concept in bundled.concepts.items():
        files = re.findall(r'data-record="([^"]+)"', texts[name])
        for witness, file in zip(concept.witnesses.values(), files, strict=True):
            record = json.loads(pages[f"{name}/{file}"])["asserted"]
            asserted = {key: Asserted.from_json(value) for key, value in record.items()}
            assert asserted == dict(witness.asserted)


def test_a_long_record_shows_some_points_and_leads_to_all(texts: dict[str, str]) -> None:
    text = texts["generalization/minimum-norm"]
    note = re.search(
        r'data-note">(\d+) of 201 points; <a href="data/witness-witness\.[0-9a-f]+\.json"', text
    )
    assert note is not None and 30 < int(note[1]) <= 60
    table = text[note.start() :].split("</table>")[0]
    first = re.findall(r"<tr><td>(\d+)</td>", table)
    assert first[0] == "0" and first[-1] == "200" and len(first) == int(note[1])


def test_what_is_promised_is_the_declaration_and_the_digest(
    witnesses: list[tuple[LoadedWitness, str, str]],
) -> None:
    for witness, _, content in witnesses:
        block = re.search(r"<script[^>]* data-declaration>(.*?)</script>", content, re.S)
        promised = json.loads(block[1]) if block else {}
        assert Declaration.from_json(promised["declaration"]) == witness.declaration
        assert promised["code"] == code_digest(witness.code)
        assert re.search(r"<script[^>]* data-verdict></script>", content)


def test_buttons_and_controls_sleep_until_the_module_wakes_them(
    witnesses: list[tuple[LoadedWitness, str, str]],
) -> None:
    for witness, _, content in witnesses:
        assert re.findall(r'data-action="(\w+)" disabled hidden', content) == [
            "run",
            "stop",
            "reset",
        ]
        controls = re.findall(r'<(?:input|select)[^>]* data-control="(\w+)"[^>]*>', content)
        assert controls == [control.name for control in witness.record.controls]
        inputs = re.findall(r"<(?:input|select)\b[^>]*>", content)
        assert all("disabled hidden" in tag for tag in inputs)


def test_every_plot_has_its_stage_with_the_recorded_curve_and_its_table(
    witnesses: list[tuple[LoadedWitness, str, str]],
) -> None:
    for witness, _, content in witnesses:
        for plot in witness.record.plots:
            figure = re.search(rf'<figure data-plot="{plot.id}">(.*?)</figure>', content, re.S)
            assert figure, plot.id
            assert re.search(r"<div data-stage><svg .*?</svg></div>", figure[1], re.S), plot.id
            points = min(len(witness.asserted[plot.curves[0].id].x), MOST_ROWS // 2)
            assert figure[1].count("<tr>") > points, plot.id
        for part in ("data-status", "data-shapes", "data-stdout"):
            assert re.search(rf"<\w+[^>]* {part}", content), part


def test_embedded_data_cannot_end_its_script() -> None:
    data = {"label": "</script><!-- <b> & \u2028"}
    text = embedded(data)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == data


def test_a_program_that_is_never_run_is_listed_with_its_reason(
    render_pages: Callable[..., dict[str, bytes]], tmp_path: Path
) -> None:
    for case in ("_base", "never-run"):
        shutil.copytree(NOTEBOOKS / case, tmp_path, dirs_exist_ok=True)
    notebook, _ = load(tmp_path)
    page = render_pages(notebook)["means/spread/index.html"].decode()
    assert "<conceptbook-witness" not in page and 'id="demo"' not in page
    assert 'id="witness-network"' in page and "Shown, not run here." in page
    assert "Runs on this page" not in page
