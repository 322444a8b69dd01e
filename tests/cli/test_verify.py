"""The site that `verify` opens in the browser is built like any other: its faults are printed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from conceptbook.check import check
from conceptbook.cli import cli
from conceptbook.diagnostics import Span
from conceptbook.diagnostics.catalogue.references import UNKNOWN_CLAIM

BASE = Path(__file__).parents[1] / "notebooks" / "_base"


def test_faults_that_arise_while_it_runs_are_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "book"
    shutil.copytree(BASE, root)

    def changed_meanwhile(notebook):
        report = check(notebook)
        report.extend([UNKNOWN_CLAIM.at(Span("notebook.yaml", 2), "it was changed meanwhile")])
        return report

    monkeypatch.setattr("conceptbook.build.check", changed_meanwhile)
    ran = CliRunner().invoke(cli, ["-C", str(root), "verify", "--in", "browser"])
    assert ran.exit_code == 1
    assert "it was changed meanwhile" in ran.output and "notebook.yaml:2" in ran.output


@pytest.mark.parametrize("command", ["record", "verify"])
def test_a_fault_elsewhere_does_not_hinder_the_concept_that_is_named(
    command: str, tmp_path: Path
) -> None:
    root = tmp_path / "book"
    shutil.copytree(BASE, root)
    (root / "content/means/spread/concept.yaml").write_text("title: [")
    assert CliRunner().invoke(cli, ["-C", str(root), command, "means/average"]).exit_code == 0
    for words in ([], ["means/spread"]):
        ran = CliRunner().invoke(cli, ["-C", str(root), command, *words])
        assert ran.exit_code == 1 and "content/means/spread/concept.yaml:2" in ran.output
