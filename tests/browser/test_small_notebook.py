"""A new notebook in another theme, and unpacked from its zip at an address nobody built it for."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from conceptbook.cli import cli
from conceptbook.witness.browser import BrowserRunner

PLAIN = Path(__file__).parents[1] / "themes" / "plain"
PAGE = "quadrature/trapezoidal-rule/"


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    conceptbook(tmp_path, "new", "notebook", "notes")
    return tmp_path / "notes"


def conceptbook(folder: Path, *words: str) -> None:
    done = CliRunner().invoke(cli, ["-C", str(folder), *words])
    assert done.exit_code == 0, done.output


def test_a_second_theme_keeps_the_witness_alive(notebook: Path) -> None:
    shutil.copytree(PLAIN, notebook / "themes/plain")
    settings = notebook / "notebook.yaml"
    settings.write_text(f"{settings.read_text()}\ntheme: themes/plain\n")
    conceptbook(notebook, "build")
    css = next((notebook / "site/assets").glob("*/main.css")).read_text()
    assert "--plot-1:#00695c" in css and "--accent" not in css, "nothing of the default theme"
    assert_runs(notebook / "site", "/")


def test_the_zip_works_wherever_it_is_unpacked(notebook: Path, tmp_path: Path) -> None:
    conceptbook(notebook, "export", "site", str(tmp_path / "notes.zip"))
    with zipfile.ZipFile(tmp_path / "notes.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    assert_runs(tmp_path / "unpacked", "/some/where/else/")


def assert_runs(site: Path, base_path: str) -> None:
    with BrowserRunner(site, base_path) as runner:
        run = runner.run(PAGE, "witness")
    assert run.faults == ()
    assert run.verdict is not None and run.verdict["state"] == "holds"
