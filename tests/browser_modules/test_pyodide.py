"""The page with the real Pyodide, numpy and kit: every way in which a run can end."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from conceptbook_kit.declaration import (
    Asserted,
    Axis,
    Control,
    Curve,
    Declaration,
    Plot,
    Shape,
)
from conceptbook_kit.judge import code_digest

FILES = (
    "libraries.bin",
    "modules.bin",
    "pyodide-lock.json",
    "pyodide.asm.js",
    "pyodide.asm.wasm",
    "pyodide.mjs",
)
STOP_MS = 100
STOP = """() => new Promise((stopped) => {
  const witness = document.querySelector("conceptbook-witness");
  const began = performance.now();
  witness.addEventListener("conceptbook:state", () => {
    if (witness.dataset.state === "stopped") stopped(performance.now() - began);
  });
  witness.querySelector("[data-action=stop]").click();
})"""
CODE = """\
import numpy as np

power = 2
xs = np.array([1.0, 2.0, 3.0, 4.0])
ys = xs**power
for x, y in zip(xs, ys):
    print(x, y)
"""

DECLARATION = Declaration(
    concept="growth/power",
    witness="live",
    file="live.py",
    title="A power",
    seconds=20,
    memory_mb=256,
    controls=(Control("power", "Power", 2, min=-3, max=3, step=1),),
    plots=(
        Plot(
            "growth",
            "Growth",
            Axis("x"),
            Axis("y", scale="log"),
            (Curve("growth", "xs", "ys", "the power", shapes=(Shape("increasing"),)),),
        ),
    ),
)
ASSERTED = {"growth": Asserted((1.0, 2.0, 3.0, 4.0), (1.0, 4.0, 9.0, 16.0))}


@pytest.fixture
def visit(reader, runtime_site):
    """Opens the page of one witness; gives the reader."""

    def visit(code: str = CODE, asserted: dict[str, Asserted] = ASSERTED, **changes: Any) -> Any:
        declaration = replace(DECLARATION, **changes)
        reader.open(runtime_site.page(declaration, asserted, code, digest=code_digest(code)))
        return reader

    return visit


def replaced(old: str, new: str) -> str:
    assert old in CODE
    return CODE.replace(old, new)


def test_a_true_witness_holds(visit):
    reader = visit()
    verdict = reader.run()
    assert verdict["state"] == "holds", verdict
    assert verdict["ok"] is True
    assert verdict["runtime"]["kind"] == "browser"
    assert verdict["runtime"]["pyodide"] == "0.29.0"
    assert verdict["runtime"]["numpy"] == "2.2.5"
    (curve,) = verdict["curves"]
    assert curve["y"] == [1.0, 4.0, 9.0, 16.0]
    assert verdict["stdout"] == "1.0 1.0\n2.0 4.0\n3.0 9.0\n4.0 16.0\n"
    assert reader.text("[data-stdout]") == verdict["stdout"]
    assert "Holds" in reader.status
    assert reader.page.locator("[data-stage] svg.cb-plot .cb-live").count() > 0
    assert reader.page.locator("[data-stage] [data-recorded]").count() == 0
    assert reader.points("[data-ok=true]") == 4
    assert reader.text("[data-shapes] .cb-mark") == "holds"


def test_nothing_of_the_kits_drawing_is_dropped(visit):
    """The allowlist of the page knows all that the kit's plots use."""
    reader = visit()
    reader.page.evaluate(
        """() => {
          globalThis.replies = [];
          const parse = JSON.parse;
          JSON.parse = (text) => { const d = parse(text); globalThis.replies.push(d); return d; };
        }"""
    )
    reader.run("holds")
    sent, shown = reader.page.evaluate(
        """() => {
          const text = globalThis.replies.find((reply) => reply.plots).plots.growth;
          const sent = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
          const shown = document.querySelector("[data-stage] svg");
          const parts = (root) => [root, ...root.querySelectorAll("*")].map((element) =>
            [element.localName, ...[...element.attributes]
              .filter(({ name }) => !name.startsWith("xmlns"))
              .map(({ name, value }) => `${name}=${value}`).sort()].join(" "));
          return [parts(sent), parts(shown)];
        }"""
    )
    assert shown == sent


def test_a_moved_point_fails(visit):
    moved = {"growth": Asserted((1.0, 2.0, 3.0, 4.0), (1.0, 4.0, 9.0, 16.1))}
    reader = visit(asserted=moved)
    verdict = reader.run()
    assert (verdict["state"], verdict["ok"]) == ("fails", False)
    assert "1 of 4 points are outside their tolerance" in reader.status
    assert reader.points("[data-ok=false]") == 1


def test_an_exception_names_the_line_of_the_witness(visit):
    reader = visit(replaced("ys = xs**power", "ys = xs**missing"))
    verdict = reader.run()
    assert verdict["state"] == "error"
    assert (verdict["error"]["kind"], verdict["error"]["line"]) == ("exception", 5)
    assert "Line 5: ys = xs**missing" in reader.text("[data-error]")
    assert reader.page.evaluate("[...CSS.highlights.get('cb-error-line')].map(String)") == [
        "ys = xs**missing"
    ]


def test_an_endless_loop_is_stopped_and_the_next_run_works(visit):
    loop = "    while power == 3:\n        pass\n    print(x, y)\n"
    reader = visit(replaced("    print(x, y)\n", loop))
    reader.set("power", "3", "input", "change")
    reader.wait_for("running")
    reader.press("stop")
    reader.wait_for("stopped")
    stopped = reader.verdict
    assert (stopped["state"], stopped["ok"]) == ("stopped", None)
    reader.press("reset")
    verdict = reader.run()
    assert verdict["state"] == "holds"
    assert stopped.keys() == verdict.keys(), "the page and the judge write one verdict"


def test_stop_answers_at_once_while_the_program_is_busy(visit):
    """The best of three: how soon is the product's, how late a machine with other work."""
    loop = "    while power == 3:\n        pass\n    print(x, y)\n"
    reader = visit(replaced("    print(x, y)\n", loop))
    took = []
    for _ in range(3):
        reader.press("reset")
        reader.set("power", "3", "input", "change")
        reader.wait_for("running")
        took.append(reader.page.evaluate(STOP))
        assert reader.verdict["state"] == "stopped"
    assert min(took) < STOP_MS, took
    reader.press("reset")
    assert reader.run()["state"] == "holds"


def test_after_a_stop_the_record_is_back_and_not_the_run_before(visit):
    loop = "    while power == 3:\n        pass\n    print(x, y)\n"
    reader = visit(replaced("    print(x, y)\n", loop))
    assert reader.run()["state"] == "holds"
    assert reader.page.locator("[data-stage] [data-recorded]").count() == 0
    reader.set("power", "3", "input", "change")
    reader.wait_for("running")
    reader.press("stop")
    reader.wait_for("stopped")
    assert reader.page.locator("[data-stage] [data-recorded]").count() == 1
    assert reader.text("[data-shapes] .cb-mark") == "asserted"


def test_a_program_cannot_speak_for_the_judge(visit):
    forged = "    import js\n    js.postMessage(1)\n    print(x, y)\n"
    reader = visit(replaced("    print(x, y)\n", forged))
    verdict = reader.run()
    assert verdict["state"] == "error"
    assert "postMessage" in verdict["error"]["message"]


ORDER_ANOTHER_RUN = """
import js, json, pyodide.ffi
from conceptbook_kit.judge import code_digest
declaration = {"concept": "growth/power", "witness": "live", "file": "live.py", "title": "A power",
               "seconds": 20, "memory_mb": 256}
request = {"code": "", "original_code_digest": code_digest(""), "declaration": declaration,
           "asserted": {}}
run = {"type": "run", "run": 1, "memory_mb": 256, "wheels": [], "request": json.dumps(request)}
event = pyodide.ffi.to_js({"data": run}, dict_converter=js.Object.fromEntries)
js.self.dispatchEvent(js.MessageEvent.new("message", event))
if js.self.onmessage:
    js.self.onmessage(event)
"""
REWRITE_THE_RECORD = """
import sys
frame = sys._getframe()
while frame:
    for name, value in list(frame.f_locals.items()):
        if type(value) is str and '"asserted"' in value:
            frame.f_locals[name] = value.replace('"y":[1,4,', '"y":[1,5,')
            print("rewritten")
    frame = frame.f_back
"""


def test_a_program_cannot_choose_what_it_is_judged_by(visit):
    """Nor have the judge speak of another program, which would be right and beside the point."""
    deceit = ORDER_ANOTHER_RUN + REWRITE_THE_RECORD + "ys[1] = 5.0\n"
    verdict = visit(CODE + deceit).run()
    assert verdict["state"] == "fails"
    assert "rewritten" in verdict["stdout"]


def test_a_run_out_of_time_ends_and_the_next_run_works(visit):
    loop = "    print(x, y)\n    while power == 3:\n        pass\n"
    reader = visit(replaced("    print(x, y)\n", loop), seconds=2)
    reader.set("power", "3", "input", "change")
    reader.until(lambda: reader.text("[data-stdout]") == "1.0 1.0\n", "output comes while it runs")
    assert reader.state == "running"
    reader.wait_for("error")
    verdict = reader.verdict
    assert verdict["error"]["kind"] == "timeout"
    assert verdict["stdout"] == "1.0 1.0\n"
    reader.press("reset")
    assert reader.run()["state"] == "holds"


def test_two_gigabytes_are_an_error_of_memory(visit):
    reader = visit("import numpy as np\nbig = np.ones(250_000_000)\n" + CODE)
    verdict = reader.run()
    assert verdict["state"] == "error"
    assert (verdict["error"]["kind"], verdict["error"]["line"]) == ("memory", 2)


def test_a_moved_control_explores(visit):
    reader = visit()
    reader.run("holds")
    reader.set("power", "-1")
    reader.wait_for("exploring")
    verdict = reader.verdict
    assert verdict["ok"] is None
    assert verdict["asserted_setting"] is False
    assert verdict["controls"] == {"power": -1}
    assert verdict["curves"][0]["y"] == [1.0, 0.5, pytest.approx(1 / 3), 0.25]
    assert reader.text("[data-shapes] .cb-mark") == "no longer holds"
    reader.press("reset")
    assert reader.state == "idle"
    assert reader.run()["state"] == "holds"


def test_the_latest_of_many_values_wins(visit):
    reader = visit()
    reader.run("holds")
    for power in ("1", "3", "-1", "-2", "1"):
        reader.set("power", power, "input", "change")
    reader.wait_for("exploring")
    assert reader.verdict["controls"] == {"power": 1}
    assert reader.verdict["curves"][0]["y"] == [1.0, 2.0, 3.0, 4.0]


def test_a_witness_that_patches_numpy_does_not_reach_the_next_run(visit):
    patch = "if power == 3:\n    np.array = lambda values: [5.0, 6.0, 7.0, 8.0]\n"
    reader = visit(replaced("xs = ", patch + "xs = "))
    reader.set("power", "3", "input", "change")
    reader.wait_for("error")
    reader.press("reset")
    assert reader.run()["state"] == "holds"


def test_every_file_of_a_boot_is_among_those_that_are_spoilt(runtime_site):
    manifest = json.loads((runtime_site.root / "assets/x/runtime.json").read_text())
    assert set(manifest["files"]) == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_a_runtime_file_that_is_not_the_pinned_one_is_an_error(visit, runtime_site, name):
    """One bit of it is another."""
    manifest = json.loads((runtime_site.root / "assets/x/runtime.json").read_text())
    path = manifest["base"].removeprefix("../../") + name
    original = (runtime_site.root / path).read_bytes()
    middle = len(original) // 2
    spoilt = bytes([original[middle] ^ 1])
    runtime_site.write(path, original[:middle] + spoilt + original[middle + 1 :])
    reader = visit()
    reader.expected_errors += ["Failed to find a valid digest in the 'integrity' attribute"]
    verdict = reader.run()
    assert verdict["state"] == "error"
    assert f"{name} cannot be fetched, or is not the file" in reader.text("[data-error]")
    runtime_site.write(path, original)
    assert reader.run()["state"] == "holds", "the page stays usable"


def test_the_worker_refuses_to_serve_from_a_url_of_its_own(visit):
    """Such a worker would not be bound by the policy of the page."""
    reader = visit()
    reader.expected_errors += ["worker.js serves only from a blob: URL"]
    message = reader.page.evaluate(
        "import('../assets/x/worker.js').then(() => 'served', (error) => error.message)"
    )
    assert "serves only from a blob: URL" in message


def test_python_in_the_worker_has_no_request_of_its_own(visit):
    """That the policy would refuse it, too, test_confinement.py shows."""
    reader = visit("from js import XMLHttpRequest\n" + CODE)
    verdict = reader.run()
    assert verdict["state"] == "error"
    assert "XMLHttpRequest" in verdict["error"]["message"]
    assert reader.blocked == []
