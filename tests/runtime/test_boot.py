"""The stock folder boots in a real Chromium, with nothing from anywhere else."""

import json
from pathlib import Path

import conceptbook_kit
import pytest
from conceptbook.runtime.pins import NUMPY
from conceptbook.runtime.prepare import stock
from conceptbook.runtime.wheel import build_kit_wheel
from conceptbook.witness.browser import ARGUMENTS
from conceptbook.witness.chromium import require
from playwright.sync_api import sync_playwright

KIT_ROOT = Path(conceptbook_kit.__file__).parent
WORKER = """
const base = new URL("runtime/", import.meta.url).href;
const manifest = await (await fetch(new URL("runtime.json", import.meta.url))).json();
try {
  for (const [name, {integrity}] of Object.entries(manifest.files)) {
    await fetch(base + name, {integrity});
  }
  const {loadPyodide} = await import(base + "pyodide.mjs");
  const pyodide = await loadPyodide({
    indexURL: base, lockFileURL: base + manifest.lock, packages: manifest.packages,
  });
  postMessage({version: pyodide.version, said: pyodide.runPython(manifest.program)});
} catch (error) {
  postMessage({failed: String(error)});
}
"""

PAGE = """
() => new Promise((resolve) => {
  const worker = new Worker("worker.js", {type: "module"});
  worker.onmessage = ({data}) => resolve(data);
  setTimeout(() => resolve({failed: "no answer within 120 s"}), 120_000);
  worker.onerror = (event) => resolve({failed: event.message});
})
"""

PROGRAM = """
import importlib, json, pkgutil, sys
import numpy, conceptbook_kit
from conceptbook_kit.declaration import Axis, Declaration, Plot

for module in pkgutil.iter_modules(conceptbook_kit.__path__):
    importlib.import_module(f"conceptbook_kit.{module.name}")

plots = (Plot("risk", "Risk", Axis("d"), Axis("mse"), ()),)
declared = Declaration("a/b", "live", "live.py", "Live", 1.0, 64, plots=plots)
json.dumps({
    "numpy": numpy.__version__,
    "svd": numpy.linalg.svd(numpy.diag([3.0, 4.0]), compute_uv=False).tolist(),
    "platform": sys.platform,
    "kit": conceptbook_kit.__version__,
    "same": Declaration.from_json(declared.to_json()) == declared,
})
"""


@pytest.fixture
def site(tmp_path, distribution):
    prepared = stock(distribution, build_kit_wheel(KIT_ROOT))
    folder = tmp_path / "site"
    (folder / "runtime").mkdir(parents=True)
    for name, entry in prepared.files.items():
        data = entry.read_bytes() if isinstance(entry, Path) else entry
        (folder / "runtime" / name).write_bytes(data)
    (folder / "index.html").write_text("<!doctype html><title>boot</title>")
    (folder / "worker.js").write_text(WORKER)
    (folder / "runtime.json").write_text(json.dumps(prepared.manifest() | {"program": PROGRAM}))
    return folder


def test_numpy_and_the_kit_run_in_a_worker(site, serve):
    url = serve(site)
    asked, complaints = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require(), args=list(ARGUMENTS))
        page = browser.new_page()
        page.context.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(url)
        answer = page.evaluate(PAGE)
        browser.close()
    assert "failed" not in answer, answer["failed"]
    assert answer["version"] == "0.29.0"
    assert json.loads(answer["said"]) == {
        "numpy": NUMPY,
        "svd": [4.0, 3.0],
        "platform": "emscripten",
        "kit": conceptbook_kit.__version__,
        "same": True,
    }
    assert [other for other in asked if not other.startswith(url)] == []
    assert [text for text in complaints if "favicon" not in text and "404" not in text] == []
