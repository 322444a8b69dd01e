"""A real Chromium on pages whose element only plays the DOM contract; no Pyodide."""

import json

import pytest
from conceptbook.witness.browser import BrowserRunner

PAGE = """<!doctype html><title>t</title>
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; script-src 'self'; img-src 'self'">
<link rel="icon" href="icon.svg">
<conceptbook-witness data-concept="a/b" data-witness="witness">
<script type="application/json" data-verdict></script>
<button data-action="run" disabled hidden>Run</button></conceptbook-witness>
<script type="module" src="main.js"></script>"""
PLAYS = """
const element = document.querySelector("conceptbook-witness");
const button = element.querySelector("button");
button.disabled = button.hidden = false;
button.onclick = () => {
  element.dataset.state = "running";
  setTimeout(() => {
    EXTRA
    const verdict = {state: "holds", runs: (globalThis.runs = (globalThis.runs ?? 0) + 1)};
    element.querySelector("[data-verdict]").textContent = JSON.stringify(verdict);
    element.dataset.state = "holds";
  }, 50);
};
element.dataset.state = "idle";
"""


@pytest.fixture
def site(tmp_path):
    def site(script):
        for page in ("a/b", "c/d"):
            folder = tmp_path / page
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "index.html").write_text(PAGE)
            (folder / "main.js").write_text(script)
            (folder / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
        return tmp_path

    return site


def test_the_verdict_is_the_pages_own(site):
    with BrowserRunner(site(PLAYS.replace("EXTRA", "")), "/repo/") as runner:
        first, again = runner.run("a/b/", "witness"), runner.run("a/b/", "witness")
        other = runner.run("c/d/", "witness")
    assert first.verdict == {"state": "holds", "runs": 1}
    assert again.verdict["runs"] == 2, "a page that is open is not loaded again"
    assert other.verdict["runs"] == 1
    assert first.faults == again.faults == other.faults == ()


def test_what_a_page_must_not_do_is_told(site):
    extra = """
    new Image().src = "https://far.example/i.png";
    fetch("/a/b/index.html").catch(() => {});
    console.error("broken");
    """
    with BrowserRunner(site(PLAYS.replace("EXTRA", extra))) as runner:
        run = runner.run("a/b/", "witness")
    assert run.verdict["state"] == "holds"
    assert any("img-src" in text and "far.example" in text for text in run.violations)
    assert any("connect-src" in text for text in run.violations)
    assert "broken" in run.console_errors
    assert json.dumps(run.faults)


def test_a_request_off_the_origin_is_told(site):
    folder = site(PLAYS.replace("EXTRA", 'new Image().src = "http://127.0.0.1:9/i.png";'))
    page = folder / "a/b/index.html"
    page.write_text(page.read_text().replace("img-src 'self'", "img-src *"))
    with BrowserRunner(folder) as runner:
        run = runner.run("a/b/", "witness")
    assert run.foreign_requests == ("http://127.0.0.1:9/i.png",)


def test_a_run_without_end_is_a_fault_and_the_next_one_works(site):
    folder = site(PLAYS.replace("EXTRA", ""))
    (folder / "c/d/main.js").write_text(PLAYS.replace("EXTRA", "return;"))
    with BrowserRunner(folder, patience_s=0.5) as runner:
        stuck, well = runner.run("c/d/", "witness"), runner.run("a/b/", "witness")
    assert stuck.verdict is None
    assert stuck.fault == "witness is still running after 0.5 s"
    assert well.faults == ()


def test_a_page_that_never_wakes_is_a_fault(site, monkeypatch):
    monkeypatch.setattr("conceptbook.witness.browser.READY_S", 0.5)
    with BrowserRunner(site("throw new Error('no')")) as runner:
        run = runner.run("a/b/", "witness")
    assert run.fault == "witness is still without life after 0.5 s"
    assert run.console_errors == ("no",)
