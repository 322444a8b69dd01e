"""Every witness of the built site, run by a reader's click in Chromium.

Which witnesses there are is read from the site itself, and the numbers are compared here by code
that shares nothing with the judge.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from conceptbook.load import LoadedNotebook
from conceptbook.witness.browser import BrowserRun, BrowserRunner
from conceptbook.witness.verify import verify

ROOT = Path(__file__).parents[2]


class Finder(HTMLParser):
    """The witnesses of a page: (concept, witness)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "conceptbook-witness":
            data = dict(attrs)
            self.found.append((data["data-concept"] or "", data["data-witness"] or ""))


def witnesses_of(site: Path) -> Iterator[tuple[str, str, str]]:
    """(page, concept, witness) of every witness in the site's HTML."""
    for path in sorted(site.rglob("*.html")):
        finder = Finder()
        finder.feed(path.read_text(encoding="utf-8"))
        page = path.relative_to(site).as_posix().removesuffix("index.html")
        yield from ((page, concept, witness) for concept, witness in finder.found)


def recorded(concept: str, curve: str) -> list[dict[str, float]]:
    with (ROOT / "content" / concept / "curves" / f"{curve}.csv").open(encoding="utf-8") as file:
        return [{name: float(cell) for name, cell in row.items()} for row in csv.DictReader(file)]


def declared_curves(concept: str, witness: str) -> dict[str, dict[str, object]]:
    record = yaml.safe_load((ROOT / "content" / concept / "concept.yaml").read_text("utf-8"))
    [entry] = [w for w in record["witnesses"] if w.get("id", "witness") == witness]
    return {curve["id"]: curve for plot in entry.get("plots", []) for curve in plot["curves"]}


@pytest.fixture(scope="module")
def runs(site: Path) -> dict[tuple[str, str], BrowserRun]:
    """One click on Run for each witness of the site."""
    with BrowserRunner(site) as runner:
        return {
            (concept, witness): runner.run(page, witness)
            for page, concept, witness in witnesses_of(site)
        }


def test_the_site_shows_every_witness_of_the_notebook(site: Path, bundled: LoadedNotebook) -> None:
    shown = {(concept, witness) for _, concept, witness in witnesses_of(site)}
    declared = {(c.id, w) for c in bundled.concepts.values() for w in c.witnesses}
    assert shown == declared
    assert len(shown) >= 5


def test_each_run_holds_without_a_violation_or_a_foreign_request(
    runs: dict[tuple[str, str], BrowserRun], subtests: pytest.Subtests
) -> None:
    for (concept, witness), run in runs.items():
        with subtests.test(msg=f"{concept} {witness}"):
            assert run.faults == ()
            assert run.verdict is not None
            assert run.verdict["state"] == "holds", json.dumps(run.verdict, indent=1)[:2000]
            assert run.verdict["ok"] is True
            assert run.verdict["runtime"]["kind"] == "browser"
            assert run.verdict["runtime"]["pyodide"] == "0.29.0"


def test_the_numbers_in_the_verdict_meet_the_recorded_ones(
    runs: dict[tuple[str, str], BrowserRun], subtests: pytest.Subtests
) -> None:
    for (concept, witness), run in runs.items():
        assert run.verdict is not None
        shown = {curve["id"]: curve for curve in run.verdict["curves"]}
        declared = declared_curves(concept, witness)
        assert shown.keys() == declared.keys()
        for curve, fields in declared.items():
            if fields.get("judge", "points") != "points":
                continue
            with subtests.test(msg=f"{concept} {curve}"):
                rows = recorded(concept, curve)
                largest = max(abs(row["y"]) for row in rows)
                assert shown[curve]["x"] == pytest.approx([r["x"] for r in rows], rel=1e-12)
                assert len(shown[curve]["y"]) == len(rows)
                for row, y in zip(rows, shown[curve]["y"], strict=True):
                    rtol = row.get("rtol", float(fields.get("rtol", 1e-6)))
                    atol = row.get("atol", float(fields.get("atol", 1e-9 * largest)))
                    assert not abs(y - row["y"]) > atol + rtol * abs(row["y"]), row


def test_native_and_browser_agree_within_each_curves_tolerance(
    runs: dict[tuple[str, str], BrowserRun], bundled: LoadedNotebook, subtests: pytest.Subtests
) -> None:
    with ThreadPoolExecutor(1) as executor:
        report = verify(bundled, executor=executor, places=["native"])
    for row in report.rows:
        with subtests.test(msg=f"{row.concept} {row.witness}"):
            assert row.ok, row.complaints
            assert row.verdict is not None
            browser = runs[row.concept, row.witness].verdict
            assert browser is not None
            assert browser["code"] == row.verdict["code"]
            for mine, theirs in zip(row.verdict["curves"], browser["curves"], strict=True):
                for a, b in zip(mine["points"], theirs["points"], strict=True):
                    assert abs(a["y"] - b["y"]) <= a["allowed"], (mine["id"], a, b)


def test_a_witness_runs_below_a_base_path(repo_site: Path) -> None:
    with BrowserRunner(repo_site, "/repo/") as runner:
        run = runner.run("generalization/bias-variance/", "witness")
    assert run.faults == ()
    assert run.verdict is not None and run.verdict["state"] == "holds"
