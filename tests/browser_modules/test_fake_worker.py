"""The page against a worker that it cannot trust: slow, silent, broken, late or hostile."""

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

DECLARATION = Declaration(
    concept="scaling/parabola",
    witness="live",
    file="live.py",
    title="A parabola",
    seconds=0.5,
    memory_mb=64,
    controls=(
        Control("noise", "Noise", 0.2, min=0.0, max=1.0, step=0.1),
        Control("ridge", "Ridge", 1e-8, min=1e-10, max=1.0, scale="log"),
        Control("n", "Points", 80, unit="rows", min=10, max=300),
        Control("kind", "Kind", "ordered", choices=("ordered", "shuffled")),
    ),
    plots=(
        Plot(
            "risk",
            "Risk",
            Axis("x"),
            Axis("y"),
            (
                Curve(
                    "parabola", "xs", "ys", "the parabola",
                    shapes=(Shape("valley", {"at": "n"}, because="it is a square"),),
                ),
            ),
        ),
    ),
)  # fmt: skip
ASSERTED = {"parabola": Asserted((0.0, 1.0), (1.0, 0.0))}
DEFAULTS = {"noise": 0.2, "ridge": 1e-8, "n": 80, "kind": "ordered"}

# A worker in the page's own thread; the test answers for it.
HARNESS = """
import { Runtime } from "./runtime.js";
import { isVerdict } from "./messages.js";
import { defineWitness } from "./witness-element.js";

class FakeWorker extends EventTarget {
  constructor() {
    super();
    this.received = [];
    this.terminated = false;
    globalThis.workers.push(this);
  }
  postMessage(message) {
    this.received.push(message);
  }
  terminate() {
    this.terminated = true;
  }
  answer(data) {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

globalThis.workers = [];
globalThis.isVerdict = isVerdict;
defineWitness(new Runtime({
  fetchManifest: async () => ({
    base: "/runtime/", pyodide: "0", files: {}, lock: "lock.json", packages: [],
    wheels: {},
  }),
  createWorker: async () => new FakeWorker(),
  silenceMs: 1500,
  spare: false,
}));
"""

VERDICT: dict[str, Any] = {
    "schema": 1,
    "concept": "scaling/parabola",
    "witness": "live",
    "state": "holds",
    "ok": True,
    "error": None,
    "code": "sha256:1",
    "runtime": {"kind": "browser", "python": "3.13.2", "numpy": "2.2.5", "pyodide": "0.29.0"},
    "controls": DEFAULTS,
    "asserted_setting": True,
    "edited": False,
    "curves": [
        {
            "id": "parabola",
            "x": [0.0, 1.0],
            "y": [1.0, 0.0],
            "points": [
                {"x": 0, "y": 1, "asserted": 1, "deviation": 0, "allowed": 1e-6, "ok": True},
                {"x": 1, "y": 0, "asserted": 0, "deviation": 0, "allowed": 1e-9, "ok": True},
            ],
            "shapes": [{"kind": "valley", "args": {"at": 1}, "ok": True, "detail": "lowest at 1"}],
            "ok": True,
            "detail": None,
        }
    ],
    "asserts": {"ok": True, "message": None, "line": None},
    "stdout": "",
    "stdout_truncated": False,
    "duration_s": 0.01,
}  # fmt: skip


class Fake:
    """The test's hands on the fake worker."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader

    @property
    def count(self) -> int:
        return self.reader.page.evaluate("workers.length")

    @property
    def terminated(self) -> list[bool]:
        return self.reader.page.evaluate("workers.map((worker) => worker.terminated)")

    def orders(self, kind: str) -> list[dict[str, Any]]:
        return self.reader.page.evaluate(
            "(kind) => workers.at(-1)?.received.filter(({ type }) => type === kind) ?? []", kind
        )

    def send(self, message: Any, worker: int = -1) -> None:
        self.reader.page.evaluate(
            "([message, worker]) => workers.at(worker).answer(message)", [message, worker]
        )

    def boot(self) -> None:
        """The latest worker gets ready."""
        self.reader.until(lambda: self.orders("boot"), "a worker is asked to boot")
        self.send(
            {"type": "ready", "versions": {"pyodide": "0.29.0", "python": "3.13", "numpy": "2.2"}}
        )

    def ordered(self, number: int) -> dict[str, Any]:
        """The request of the latest worker's run of that number."""

        def find() -> list[str]:
            return [order["request"] for order in self.orders("run") if order["run"] == number]

        return json.loads(self.reader.until(find, f"run {number} is ordered")[0])

    def reply(self, number: int, plots: dict[str, str] | None = None, **changes: Any) -> None:
        json_ = json.dumps(
            {"verdict": {**VERDICT, **changes}, "plots": plots or {}, "fresh_runtime": False}
        )
        self.send({"type": "result", "run": number, "json": json_})


@pytest.fixture
def fake(reader, site) -> Fake:
    site.write("assets/x/harness.js", HARNESS)
    address = site.page(DECLARATION, ASSERTED, "n = 80\nys = 1/0\n", entry="harness.js")
    reader.open(address)
    return Fake(reader)


def test_buttons_and_controls_come_up_together(reader, fake):
    parts = "[data-action], [data-control]"
    usable = f"[...document.querySelectorAll('{parts}')].every((p) => !p.hidden && !p.disabled)"
    assert reader.page.evaluate(usable)
    assert fake.count == 0, "nothing is loaded before the reader wants it"


def test_a_click_says_loading_at_once_and_a_reply_ends_it(reader, fake):
    reader.press("run")
    assert reader.state == "loading"
    assert reader.text("[data-verdict]") == ""
    fake.boot()
    reader.wait_for("running")
    request = fake.ordered(1)
    assert request["settings"] == DEFAULTS
    assert request["code"] == "n = 80\nys = 1/0\n"
    assert not request["edited"]
    fake.reply(1)
    reader.wait_for("holds")
    assert reader.verdict == VERDICT
    law = " ".join(reader.text("[data-shapes] li").split())
    assert law == "holds valley at 1 lowest at 1"
    assert reader.points()
    heads, first = reader.page.evaluate(
        """[...document.querySelectorAll("[data-points] tr")].slice(0, 2).map((row) =>
          [...row.cells].map((cell) => cell.textContent))"""
    )
    assert heads == ["x", "asserted", "native", "browser", "deviation", "allowed", "ok"]
    assert first == ["0", "1", "–", "1", "0", "10⁻⁶", "ok"]
    assert reader.text("[data-points] caption").startswith("the parabola: ")


def test_progress_is_told_in_bytes(reader, fake):
    reader.press("run")
    reader.until(lambda: fake.orders("boot"), "boot")
    fake.send({"type": "progress", "loaded": 3_100_000, "total": 15_400_000})
    assert "3.1 of 15.4 MB" in reader.status
    assert reader.page.evaluate("document.querySelector('progress').value") == 3_100_000


def test_a_hovered_button_loads_ahead_and_the_click_then_runs(reader, fake):
    reader.page.hover('[data-action="run"]')
    fake.boot()
    reader.press("run")
    assert reader.state == "running"
    assert fake.count == 1


def test_output_is_shown_as_it_comes_and_a_stop_keeps_it(reader, fake):
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    fake.send({"type": "stdout", "run": 1, "text": "one\n"})
    assert reader.text("[data-stdout]") == "one\n"
    reader.press("stop")
    reader.wait_for("stopped")
    verdict = reader.verdict
    assert (verdict["state"], verdict["ok"], verdict["stdout"]) == ("stopped", None, "one\n")
    assert reader.page.evaluate("(v) => isVerdict(v)", verdict)
    assert fake.terminated == [True]


DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" class="{}"><path d="M0,0"/></svg>'


def test_points_of_a_run_under_way_are_shown_as_provisional_until_it_ends(reader, fake):
    stage = "[data-stage]"
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    fake.send({"type": "glimpse", "run": 1, "plots": {"risk": DRAWN.format("so-far")}})
    provisional = reader.page.locator(f"{stage}[data-provisional] .so-far")
    reader.until(provisional.count, "the points so far, in the next frame")
    assert reader.text("[data-verdict]") == "", "no verdict"
    assert reader.state == "running"
    fake.reply(1, plots={"risk": DRAWN.format("whole")})
    reader.wait_for("holds")
    assert reader.page.locator(f"{stage}:not([data-provisional]) .whole").count() == 1
    assert reader.page.locator(".so-far").count() == 0
    reader.press("run")
    fake.ordered(2)
    fake.send({"type": "glimpse", "run": 2, "plots": {"risk": DRAWN.format("so-far")}})
    reader.press("stop")
    reader.wait_for("stopped")
    assert reader.page.locator(f"{stage}:not([data-provisional]) [data-recorded]").count() == 1


RUN_ANOTHER = """() => {
  const another = document.querySelector("conceptbook-witness").cloneNode(true);
  another.id = "another";
  document.querySelector("main").append(another);
  another.querySelector("[data-action=run]").click();
}"""


def test_a_run_that_waits_for_another_says_so(reader, fake):
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    reader.page.evaluate(RUN_ANOTHER)
    assert "Waiting for another run to end." in reader.text("#another [data-status]")
    fake.reply(1)
    fake.ordered(2)
    assert "Running live.py." in reader.text("#another [data-status]")


def test_a_stop_while_loading_ends_the_worker(reader, fake):
    reader.press("run")
    reader.until(lambda: fake.orders("boot"), "boot")
    reader.press("stop")
    reader.wait_for("stopped")
    assert fake.terminated == [True]
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    fake.reply(1)
    reader.wait_for("holds")


def test_a_silent_worker_does_not_wedge_the_page(reader, fake):
    verdict = reader.run("error")
    assert "no sign of life" in verdict["error"]["message"]
    assert verdict["ok"] is False
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    fake.reply(1)
    reader.wait_for("holds")


def test_a_failed_boot_is_told_and_the_next_run_tries_again(reader, fake):
    reader.press("run")
    reader.until(lambda: fake.orders("boot"), "boot")
    fake.send({"type": "failed", "run": None, "message": "pyodide.mjs cannot be fetched"})
    reader.wait_for("error")
    assert reader.text("[data-error]") == "pyodide.mjs cannot be fetched"
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    fake.reply(1)
    reader.wait_for("holds")
    assert reader.text("[data-error]") == ""


def test_a_worker_that_dies_is_replaced(reader, fake):
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    reader.page.evaluate(
        "workers[0].dispatchEvent(new ErrorEvent('error', {message: 'it broke', cancelable: true}))"
    )
    reader.wait_for("error")
    assert reader.verdict["error"]["message"] == "it broke"
    reader.press("run")
    assert reader.state == "loading"
    fake.boot()
    assert fake.count == 2


def test_a_run_out_of_time_is_ended_and_a_late_reply_is_ignored(reader, fake):
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    reader.wait_for("error")
    assert reader.verdict["error"]["kind"] == "timeout"
    assert reader.verdict["ok"] is False
    assert fake.terminated == [True]
    fake.reply(1)
    assert reader.state == "error"


def test_a_reply_about_another_run_is_ignored(reader, fake):
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    fake.reply(7)
    fake.send({"type": "stdout", "run": 7, "text": "no"})
    assert reader.state == "running"
    assert reader.text("[data-stdout]") == ""


def _changed_point(verdict: dict[str, Any]) -> None:
    verdict["curves"][0]["ok"] = False


HOSTILE = {
    "another witness": lambda v: v.update(witness="other"),
    "no state of ours": lambda v: v.update(state="<b>holds</b>"),
    "holds and not ok": lambda v: v.update(ok=None),
    "ok and fails": lambda v: v.update(state="fails"),
    "holds with an error": lambda v: v.update(
        error={"kind": "exception", "message": "x", "line": None}
    ),
    "holds off the setting": lambda v: v.update(asserted_setting=False),
    "holds with a curve that does not": _changed_point,
    "holds without a curve": lambda v: v["curves"].clear(),
    "a part is missing": lambda v: v.pop("asserts"),
    "a text is no text": lambda v: v.update(stdout={"toString": 1}),
    "a point is no point": lambda v: v["curves"][0].update(points=[1]),
}


def test_a_verdict_against_the_schema_is_refused(reader, fake):
    for fault, spoil in HOSTILE.items():
        hostile = json.loads(json.dumps(VERDICT))
        spoil(hostile)
        json_ = json.dumps({"verdict": hostile, "plots": {}, "fresh_runtime": False})
        reader.press("run")
        fake.boot()
        fake.ordered(1)
        fake.send({"type": "result", "run": 1, "json": json_})
        assert reader.wait_for("holds", "fails", "error") == "error", fault
        assert reader.verdict["error"]["message"] == "the runtime's answer is no verdict", fault
        assert all(fake.terminated), fault


def test_a_message_of_no_known_form_ends_the_worker(reader, fake):
    for message in (None, "x", {"type": "constructor"}, {"type": "result"}):
        reader.press("run")
        fake.boot()
        fake.ordered(1)
        fake.send(message)
        reader.wait_for("error")
        assert "no message" in reader.verdict["error"]["message"], message


def test_a_reply_that_is_no_json_is_told(reader, fake):
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    fake.send({"type": "result", "run": 1, "json": "{"})
    reader.wait_for("error")
    assert reader.verdict["error"]["message"] == "the runtime's answer is no verdict"


def test_a_plot_replaces_the_recorded_one_and_reset_puts_it_back(reader, fake):
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><path class="cb-series"/></svg>'
    fake.reply(1, plots={"risk": drawing, "constructor": drawing})
    reader.wait_for("holds")
    assert reader.page.locator("[data-stage] .cb-series").count() == 1
    reader.press("reset")
    assert reader.state == "idle"
    assert reader.page.locator("[data-stage] [data-recorded]").count() == 1
    assert reader.page.locator("[data-points]").count() == 0
    assert reader.text("[data-shapes] .cb-mark") == "asserted"
    assert reader.text("[data-scalar]") == "its place"
    assert reader.text("[data-verdict]") == ""


def test_the_latest_value_wins(reader, fake):
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    fake.reply(1)
    reader.wait_for("holds")
    for value in ("0.3", "0.4", "0.5"):
        reader.set("noise", value, "input")  # the last run was short: it follows the hand
    assert fake.ordered(2)["settings"]["noise"] == 0.3
    exploring = {"state": "exploring", "ok": None, "asserted_setting": False}
    fake.reply(2, controls={**DEFAULTS, "noise": 0.3}, **exploring)
    assert fake.ordered(3)["settings"]["noise"] == 0.5
    assert reader.state == "running"
    assert reader.text("[data-verdict]") == ""
    fake.reply(3, controls={**DEFAULTS, "noise": 0.5}, **exploring)
    reader.wait_for("exploring")
    assert reader.verdict["controls"]["noise"] == 0.5
    assert len(fake.orders("run")) == 3
    assert "Noise = 0.5: 1 of 1 laws still hold" in reader.status
    assert reader.text("[data-shapes] .cb-mark") == "still holds"


def test_after_a_long_run_only_a_release_starts_another(reader, fake):
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    fake.reply(1, duration_s=2.0)
    reader.wait_for("holds")
    reader.set("noise", "0.3", "input")
    assert reader.state == "holds"
    reader.set("noise", "0.4", "input", "change")
    assert fake.ordered(2)["settings"]["noise"] == 0.4


def test_a_very_long_run_is_cut_off_when_it_is_superseded(reader, fake):
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    fake.reply(1, duration_s=8.0)
    reader.wait_for("holds")
    reader.set("noise", "0.3")
    fake.ordered(2)
    reader.set("noise", "0.4")
    reader.until(lambda: fake.count == 2, "a second worker")
    assert fake.terminated == [True, False]
    fake.boot()
    assert fake.ordered(1)["settings"]["noise"] == 0.4


def test_a_change_while_loading_is_part_of_the_run(reader, fake):
    reader.press("run")
    reader.set("n", "100")
    fake.boot()
    assert fake.ordered(1)["settings"]["n"] == 100


def test_values_keep_their_type_and_range(reader, fake):
    reader.set("ridge", "-3.5")
    reader.set("kind", "shuffled")
    reader.set("n", "1000")
    reader.press("run")
    fake.boot()
    settings = fake.ordered(1)["settings"]
    assert settings == {"noise": 0.2, "ridge": 0.000316, "n": 300, "kind": "shuffled"}
    assert reader.text("output[for='control-n']") == "300 rows"
    reader.press("reset")
    assert reader.text("output[for='control-ridge']") == "10⁻⁸"
    assert float(reader.page.input_value('[data-control="ridge"]')) == pytest.approx(-8)


def test_an_error_names_its_line_and_the_listing_marks_it(reader, fake):
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    error = {"kind": "exception", "message": "ZeroDivisionError: division by zero", "line": 2}
    curves = [{**VERDICT["curves"][0], "ok": False}]
    fake.reply(1, state="error", ok=False, error=error, curves=curves)
    reader.wait_for("error")
    assert "Line 2: ys = 1/0" in reader.text("[data-error]")
    marked = "[...CSS.highlights.get('cb-error-line')].map(String)"
    assert reader.page.evaluate(marked) == ["ys = 1/0"]
    reader.press("reset")
    assert reader.page.evaluate(marked) == []


def test_a_superseded_run_of_unknown_length_is_cut_off_after_a_while(reader, site):
    site.write("assets/x/harness.js", HARNESS)
    patient = replace(DECLARATION, seconds=30)
    reader.open(site.page(patient, ASSERTED, "n = 80\n", entry="harness.js"))
    fake = Fake(reader)
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    reader.set("noise", "0.4")
    assert fake.terminated == [False], "it may soon be done"
    reader.until(lambda: fake.count == 2, "a second worker", seconds=10)
    fake.boot()
    assert fake.ordered(1)["settings"]["noise"] == 0.4


def test_old_output_stays_until_the_new_comes(reader, fake):
    reader.press("run")
    fake.boot()
    fake.ordered(1)
    fake.reply(1, stdout="old\n")
    reader.wait_for("holds")
    reader.set("noise", "0.3")
    fake.ordered(2)
    assert reader.text("[data-stdout]") == "old\n"
    fake.send({"type": "stdout", "run": 2, "text": "new\n"})
    assert reader.text("[data-stdout]") == "new\n"


def test_a_failure_to_load_ahead_is_not_held_against_the_run(reader, fake):
    reader.page.hover('[data-action="run"]')
    reader.until(lambda: fake.orders("boot"), "boot")
    fake.send({"type": "failed", "run": None, "message": "no network"})
    reader.press("run")
    reader.until(lambda: fake.count == 2, "a second worker")
    fake.boot()
    fake.ordered(1)
    fake.reply(1)
    reader.wait_for("holds")
