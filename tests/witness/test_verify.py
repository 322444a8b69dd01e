import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from conceptbook.load import load
from conceptbook.witness import verify as module
from conceptbook.witness.browser import BrowserRun
from conceptbook.witness.parity import Parity
from conceptbook.witness.row import Row
from conceptbook.witness.verify import verify

CONCEPT = "demo/doubling"


@pytest.fixture
def run():
    def run(notebook, **options):
        with ThreadPoolExecutor(2) as executor:
            return verify(notebook, executor=executor, **options)

    return run


@pytest.fixture
def site(tmp_path):
    """A built site that shows the witness, on its own page and on another before it."""
    element = f'<conceptbook-witness data-concept="{CONCEPT}" data-witness="witness">'
    for page in ("claims/x", CONCEPT):
        folder = tmp_path / "site" / page
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(element)
    return tmp_path / "site"


@pytest.fixture
def browser(monkeypatch):
    """A browser that gives what the test says, and remembers what it was asked."""
    from conceptbook.witness import browser as home

    def give(run):
        asked = []

        class Runner:
            def __init__(self, site, base_path):
                asked.append(base_path)

            def __enter__(self):
                return self

            def __exit__(self, *_):
                pass

            def run(self, page, witness):
                asked.append((page, witness))
                return run

        monkeypatch.setattr(home, "BrowserRunner", Runner)
        return asked

    return give


def in_browser(y=(2.0, 4.0, 6.0), **changes):
    curve = {"id": "line", "x": [1.0, 2.0, 3.0], "y": list(y), "ok": True}
    verdict = {"state": "holds", "ok": True, "curves": [curve], "duration_s": 0.1}
    return BrowserRun(
        **{
            "verdict": verdict,
            "violations": (),
            "foreign_requests": (),
            "console_errors": (),
            **changes,
        }
    )


def test_a_notebook_that_holds(run, notebook):
    seen = []
    report = run(notebook(), places=["native"], progress=lambda *step: seen.append(step))
    [row] = report.rows
    assert report.ok
    assert (row.concept, row.witness, row.place, row.state) == (
        CONCEPT,
        "witness",
        "native",
        "holds",
    )
    assert row.parity == Parity("line", 3, 0.0, 1.0)
    assert "audit" in row.guards
    assert [(done, total) for _, done, total in seen] == [(1, 1)]


def test_a_report_is_json(run, notebook):
    data = json.loads(json.dumps(run(notebook(), places=["native"]).to_json()))
    assert data["rows"][0]["verdict"]["state"] == "holds"


def test_other_concepts_are_left_alone(run, notebook):
    assert run(notebook(), places=["native"], concepts=["demo/other"]).rows == ()


def test_a_wrong_prediction_fails_the_row(run, notebook):
    options = [
        {"text": "up", "shape": {"curve": "line", "decreasing": {}}},
        {"text": "down", "shape": {"curve": "line", "below": {"value": 0}}},
    ]
    prediction = {
        "mode": "quantity",
        "question": "?",
        "set": {"n": 5},
        "options": options,
        "because": "So.",
    }
    report = run(notebook(concept={"predictions": [prediction]}), places=["native"])
    assert report.rows[0].state == "holds"
    assert not report.ok
    assert report.rows[0].complaints == ("prediction 1: no answer is right at n = 5",)


def test_the_browser_runs_it_on_its_own_page(run, notebook, site, browser):
    asked = browser(in_browser())
    report = run(notebook(), site=site, base_path="/repo/")
    assert asked == ["/repo/", (f"{CONCEPT}/", "witness")]
    assert [row.place for row in report.rows] == ["native", "browser"]
    assert report.ok
    assert report.rows[1].agreement == Parity("line", 3, 0.0, 1.0)


def test_a_browser_that_differs_from_the_native_run_is_a_fault(run, notebook, site, browser):
    browser(in_browser(y=(2.0, 4.1, 6.0)))
    report = run(notebook(), site=site)
    assert report.rows[1].faults == ("the curve line differs from the native run",)
    assert not report.rows[1].parity.ok


def test_a_violation_is_a_fault_whatever_the_verdict(run, notebook, site, browser):
    browser(in_browser(violations=("img-src: https://a.example/",)))
    [row] = run(notebook(), site=site, places=["browser"]).rows
    assert row.state == "holds"
    assert not row.ok
    assert row.complaints == ("policy violation: img-src: https://a.example/",)


def test_no_verdict_is_an_error(run, notebook, site, browser):
    browser(in_browser(verdict=None, fault="witness is still loading after 180 s"))
    [row] = run(notebook(), site=site, places=["browser"]).rows
    assert (row.state, row.ok) == ("error", False)
    assert row.complaints == ("witness is still loading after 180 s",)


def test_a_witness_on_no_page_is_a_fault(run, notebook, tmp_path, browser):
    browser(in_browser())
    (tmp_path / "empty").mkdir()
    [row] = run(notebook(), site=tmp_path / "empty", places=["browser"]).rows
    assert row.complaints == ("no page of the site shows this witness",)


def test_the_browser_wants_a_site(run, notebook):
    with pytest.raises(ValueError, match="built site"):
        run(notebook(), places=["browser"])


def test_runs_that_nobody_waits_for_are_cancelled(notebook, monkeypatch):
    cancelled = []
    monkeypatch.setattr(module._Runs, "cancel", lambda self: cancelled.append(True))

    def stop(row, done, total):
        raise KeyboardInterrupt

    with ThreadPoolExecutor(1) as executor, pytest.raises(KeyboardInterrupt):
        verify(notebook(), executor=executor, places=["native"], progress=stop)
    assert cancelled == [True]


def test_a_row_without_a_verdict_is_json():
    row = Row("a/b", "w", "browser", None, faults=("no page",))
    assert json.loads(json.dumps(row.to_json()))["ok"] is False


def test_a_program_that_is_never_run_is_left_out_and_named(run, notebook):
    folder = notebook().root / f"content/{CONCEPT}"
    record = json.loads((folder / "concept.yaml").read_text())
    record["witnesses"].append({"id": "network", "not_runnable": "It needs torch."})
    (folder / "concept.yaml").write_text(json.dumps(record))
    (folder / "network.py").write_text("import torch\n")
    report = run(load(folder.parents[2])[0], places=["native"])
    assert report.ok and [row.witness for row in report.rows] == ["witness"]
    assert report.to_json()["left_out"] == [
        {"concept": CONCEPT, "witness": "network", "why": "It needs torch."}
    ]
