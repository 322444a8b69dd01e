"""Every way to start the runtime gives the same numbers, and none needs another."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import shutil

import pytest
from conceptbook_kit.declaration import Declaration
from conceptbook_kit.judge import code_digest

NUMBERS = """\
import collections
import dataclasses
import random
import re
import string

import numpy as np

rng = np.random.RandomState(7)
X = rng.randn(40, 30)
u, s, vt = np.linalg.svd(X)
random.seed(3)
print([float(v).hex() for v in s[:5]])
print([float(v).hex() for v in np.linalg.solve(X.T @ X, X[0])[:5]])
print([float(v).hex() for v in np.abs(np.fft.rfft(X[:, 0]))[:5]])
print([float(v).hex() for v in np.exp(np.sin(X[0, :5]))])
print(random.random().hex(), np.random.default_rng(1).normal().hex())

@dataclasses.dataclass(frozen=True, order=True)
class Pair:
    left: int
    right: float = 0.5

pair = collections.namedtuple("pair", "left right", defaults=[2])
print(Pair(1) < Pair(1, 0.75), hash(Pair(2)) == hash(Pair(2)), Pair(3), pair(1), pair._fields)
print(re.findall("(?i)([a-c])(?P<n>\\\\d+)?", "aB7x"))
print(string.Template("$x ${y}").substitute(x=1, y=2))
"""
KEPT = "conceptbook:/:snapshot"
LOOK = """async (name) => {
  const cache = await caches.open(name);
  const kept = await cache.keys();
  return kept.map((request) => request.url);
}"""
SPOIL = """async (name) => {
  const cache = await caches.open(name);
  for (const request of await cache.keys()) await cache.put(request, new Response("not it"));
}"""


def with_runtime(site, root):
    shutil.rmtree(site.root / "runtime", ignore_errors=True)
    shutil.copytree(root / "runtime", site.root / "runtime", symlinks=True)
    shutil.copy(root / "runtime.json", site.root / "assets" / "x" / "runtime.json")
    return site


def declared(**changes):
    values = {"seconds": 60.0, "memory_mb": 256, **changes}
    return Declaration("a/b", "live", "live.py", "A witness", **values)


@pytest.fixture
def visit(reader):
    def visit(code, site, **changes):
        reader.open(site.page(declared(**changes), {}, code, digest=code_digest(code)))
        return reader

    return visit


def until_kept(reader):
    reader.until(lambda: reader.page.evaluate(LOOK, KEPT), "the snapshot is kept")


def test_stock_prepared_and_snapshot_give_the_same_bits(visit, site, runtime_root, stock_root):
    reader = visit(NUMBERS, with_runtime(site, stock_root))
    stock = reader.run("holds")["stdout"]
    reader.page.context.new_cdp_session(reader.page).send("Network.clearBrowserCache")
    visit(NUMBERS, with_runtime(site, runtime_root))
    ordinary = reader.run("holds")["stdout"]
    until_kept(reader)
    visit(NUMBERS, site)
    from_snapshot = reader.run("holds")["stdout"]
    assert stock == ordinary == from_snapshot
    assert stock.count("0x1.") > 10
    assert reader.page.evaluate("(name) => caches.has(name)", KEPT), "it was of use"


def test_a_snapshot_of_other_bytes_is_dropped_and_the_ordinary_boot_follows(visit, runtime_site):
    reader = visit(NUMBERS, runtime_site)
    ordinary = reader.run("holds")["stdout"]
    until_kept(reader)
    reader.page.evaluate(SPOIL, KEPT)
    visit(NUMBERS, runtime_site)
    assert reader.run("holds")["stdout"] == ordinary
    assert reader.page.evaluate("(name) => caches.has(name)", KEPT) is False


def test_a_snapshot_that_is_whole_but_does_not_load_is_dropped_too(visit, runtime_site):
    """One whose hash was changed along with its bytes: Pyodide itself must refuse it."""
    manifest = runtime_site.root / "assets/x/runtime.json"
    data = json.loads(manifest.read_text())
    folder = runtime_site.root / "runtime" / data["base"].split("/")[-2]
    memory = b"\0" * 4096
    spoilt = gzip.compress(memory)
    (folder / "snapshot.bin").unlink()
    (folder / "snapshot.bin").write_bytes(spoilt)
    digest = hashlib.sha256(spoilt)
    data["later"]["snapshot.bin"] = {
        "bytes": len(spoilt),
        "sha256": digest.hexdigest(),
        "integrity": "sha256-" + base64.b64encode(digest.digest()).decode(),
    }
    data["prepared"]["snapshot"]["memory"] = hashlib.sha256(memory).hexdigest()
    manifest.write_text(json.dumps(data))
    reader = visit(NUMBERS, runtime_site)
    ordinary = reader.run("holds")["stdout"]
    until_kept(reader)
    visit(NUMBERS, runtime_site)
    assert reader.run("holds")["stdout"] == ordinary
    assert reader.page.evaluate("(name) => caches.has(name)", KEPT) is False


def test_unseeded_numbers_differ_from_one_snapshot_boot_to_the_next(visit, runtime_site):
    code = "import numpy as np\nimport random\nprint(np.random.rand(), random.random())\n"
    reader = visit(code, runtime_site)
    reader.run("holds")
    until_kept(reader)
    seen = set()
    for _ in range(2):
        visit(code, runtime_site)
        seen.add(reader.run("holds")["stdout"])
    assert len(seen) == 2


def test_a_module_outside_the_first_zip_is_fetched_when_it_is_imported(visit, runtime_site):
    code = "import numpy.testing\nprint(numpy.testing.__name__)\n"
    reader = visit(code, runtime_site)
    asked = []
    reader.page.context.on("request", lambda request: asked.append(request.url.split("/")[-1]))
    verdict = reader.run()
    assert verdict["state"] == "holds", verdict["error"]
    assert verdict["stdout"] == "numpy.testing\n"
    assert asked.count("rest.zip") == 1


def test_the_rest_is_not_taken_where_it_is_not_the_pinned_file(visit, runtime_site):
    [path] = runtime_site.root.glob("runtime/*/rest.zip")
    runtime_site.write(path.relative_to(runtime_site.root), b"PK something else")
    reader = visit("import numpy.testing\n", runtime_site)
    verdict = reader.run("error")
    assert "not the file this site was built with" in verdict["error"]["message"]


def test_memory_is_limited_after_a_snapshot_boot_too(visit, runtime_site):
    code = "import numpy as np\nprint(np.ones(200_000_000).sum())\n"
    reader = visit(NUMBERS, runtime_site)
    reader.run("holds")
    until_kept(reader)
    visit(code, runtime_site)
    verdict = reader.run("error")
    assert verdict["error"]["kind"] == "memory"
    small = "import numpy as np\nprint(np.ones(20_000_000).sum())\n"
    visit(small, runtime_site)
    assert reader.run("holds")["stdout"] == "20000000.0\n"


def test_after_a_stop_the_spare_runs_at_once(visit, runtime_site):
    reader = visit("while True:\n    pass\n", runtime_site)
    reader.press("run")
    reader.wait_for("running")
    reader.until(lambda: len(reader.page.workers) == 2, "a spare boots")
    reader.press("stop")
    reader.wait_for("stopped")
    reader.until(lambda: len(reader.page.workers) == 1, "the stopped worker is gone")
    reader.press("run")
    reader.wait_for("running")


@pytest.fixture
def thrifty(reader, runtime_site):
    """A reader who has asked to save data; gives the names of the files that were fetched."""
    reader.page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}});"
    )
    asked = []
    reader.page.context.on("request", lambda request: asked.append(request.url.split("/")[-1]))
    reader.open(runtime_site.page(declared(), {}, NUMBERS, digest=code_digest(NUMBERS)))
    return asked


def asked(reader):
    """The question on the page; gives its words."""
    reader.until(lambda: reader.text(".cb-consent p"), "the reader is asked")
    assert reader.page.evaluate("document.activeElement.dataset.do") == "agree"
    return reader.text(".cb-consent p")


def test_a_reader_who_saves_data_is_asked_first_and_may_refuse(reader, thrifty):
    reader.page.hover('[data-action="run"]')
    reader.press("run")
    words = asked(reader)
    assert "save data" in words and "MB" in words
    assert reader.state == "loading"
    reader.page.click("[data-do=decline]")
    reader.wait_for("stopped")
    assert "pyodide.asm.wasm" not in thrifty
    assert reader.page.locator(".cb-consent").count() == 0
    reader.press("run")
    asked(reader)
    reader.press("stop")
    reader.wait_for("stopped")
    assert reader.page.locator(".cb-consent").count() == 0


COUNT_QUESTIONS = """() => {
  globalThis.questions = 0;
  new MutationObserver((changes) => {
    for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (node.className === "cb-consent") questions += 1;
    }
  }).observe(document.body, { childList: true, subtree: true });
}"""


def test_a_reader_who_saves_data_and_stops_at_once_is_not_asked(reader, thrifty):
    held = []
    reader.page.evaluate(COUNT_QUESTIONS)
    reader.page.route(
        "**/runtime.json", lambda route: route.continue_() if held else held.append(route)
    )
    reader.press("run")
    reader.until(lambda: held, "the list of files is asked for")
    reader.press("stop")
    reader.wait_for("stopped")
    with reader.page.expect_response("**/runtime.json"):
        held[0].continue_()
    reader.press("run")
    asked(reader)
    assert reader.page.evaluate("questions") == 1


def test_a_reader_who_saves_data_and_agrees_gets_no_more_than_that(reader, thrifty):
    reader.press("run")
    asked(reader)
    reader.page.click("[data-do=agree]")
    reader.wait_for("holds")
    reader.run("holds")
    reader.page.wait_for_timeout(2500)
    assert reader.page.locator(".cb-consent").count() == 0
    assert "pyodide.asm.wasm" in thrifty
    assert "snapshot.bin" not in thrifty
    assert len(reader.page.workers) == 1


def test_what_the_browser_has_already_is_said(visit, runtime_site):
    reader = visit(NUMBERS, runtime_site)
    reader.run("holds")
    visit(NUMBERS, runtime_site)
    reader.page.evaluate(
        """() => {
          globalThis.said = [];
          new MutationObserver(() =>
            said.push(document.querySelector("[data-status]").textContent)
          ).observe(document.querySelector("[data-status]"), {subtree: true, childList: true});
        }"""
    )
    reader.run("holds")
    said = reader.page.evaluate("said")
    assert [line for line in said if "from this browser's cache" in line], said
