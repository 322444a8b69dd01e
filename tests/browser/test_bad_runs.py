"""Each way in which a run can go wrong ends as fails or error: in the page and natively.

The notebook is tests/runs: a concept for each way, and one that holds.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conceptbook.build import Options, build
from conceptbook.evidence.digests import run_digest
from conceptbook.load import LoadedNotebook, load
from conceptbook.witness.browser import BrowserRunner
from conceptbook.witness.verify import verify

RUNS = Path(__file__).parents[1] / "runs"
EXPECTED = {
    "holds": ("holds", None),
    "moved-point": ("fails", None),
    "wrong-peak": ("fails", None),
    "changed-formula": ("fails", None),
    "other-grid": ("fails", None),
    "not-a-number": ("fails", None),
    "assertion": ("fails", None),
    "exception": ("error", "exception"),
    "endless-loop": ("error", "timeout"),
    "missing-curve": ("error", "curve"),
    "too-much-memory": ("error", "memory"),
    "patched-numpy": ("error", "exception"),
}
NEIGHBOURS = "neighbours"
"""A page with a good program and bad ones beside it."""


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> LoadedNotebook:
    """A copy whose record.json files vouch for the code as it is, wrong or not."""
    root = tmp_path_factory.mktemp("runs") / "notebook"
    shutil.copytree(RUNS, root)
    loaded, _ = load(root)
    assert loaded is not None
    for concept in loaded.concepts.values():
        record: dict[str, Any] = {"schema": 1, "witnesses": {}}
        for name, witness in concept.witnesses.items():
            assert witness.declaration is not None
            digest = run_digest(witness.declaration, witness.code)
            verdict = {"state": "holds", "curves": [], "asserts": {"ok": True}}
            record["witnesses"][name] = {"digest": digest, "verdict": verdict}
        (root / concept.folder / "curves" / "record.json").write_text(json.dumps(record))
    again, report = load(root)
    assert again is not None and report.ok, [d.message for d in report]
    assert {name.removeprefix("runs/") for name in again.concepts} == {*EXPECTED, NEIGHBOURS}
    return again


@pytest.fixture(scope="module")
def runner(
    notebook: LoadedNotebook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserRunner]:
    site = tmp_path_factory.mktemp("runs-site") / "site"
    built = build(notebook.root, site, Options(), progress=print)
    assert built.report.ok, [d.message for d in built.report]
    with BrowserRunner(site) as runner:
        yield runner


@pytest.mark.parametrize("case", EXPECTED)
def test_in_the_page(case: str, runner: BrowserRunner) -> None:
    run = runner.run(f"runs/{case}/", "witness")
    assert run.verdict is not None, run.faults
    state, kind = EXPECTED[case]
    assert run.verdict["state"] == state
    assert (run.verdict["error"] or {"kind": None})["kind"] == kind
    assert run.verdict["ok"] is (state == "holds")
    assert not run.violations and not run.foreign_requests


@pytest.mark.parametrize("bad", ["patched", "raising", "greedy", "endless"])
def test_the_next_run_on_the_same_page_is_not_harmed(bad: str, runner: BrowserRunner) -> None:
    before = runner.run(f"runs/{NEIGHBOURS}/", bad)
    assert before.verdict is not None and before.verdict["state"] == "error"
    after = runner.run(f"runs/{NEIGHBOURS}/", "good")
    assert after.verdict is not None and after.verdict["state"] == "holds", after.verdict["error"]


def test_natively(notebook: LoadedNotebook, subtests: pytest.Subtests) -> None:
    with ThreadPoolExecutor(1) as executor:
        chosen = {f"runs/{case}" for case in EXPECTED}
        report = verify(notebook, executor=executor, places=["native"], concepts=chosen)
    assert len(report.rows) == len(EXPECTED)
    for row in report.rows:
        state, kind = EXPECTED[row.concept.removeprefix("runs/")]
        with subtests.test(msg=row.concept):
            assert row.state == state
            assert row.ok is (state == "holds")
            assert row.verdict is not None
            assert (row.verdict["error"] or {"kind": None})["kind"] == kind
