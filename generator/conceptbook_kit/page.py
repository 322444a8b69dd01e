"""What the page's worker calls: one request in, one verdict with its pictures out."""

from __future__ import annotations

import gc
import json
import platform
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

import numpy

from conceptbook_kit import guard, stage
from conceptbook_kit.asking import answers
from conceptbook_kit.declaration import Asserted, Declaration, Plot
from conceptbook_kit.glimpse import Arrays
from conceptbook_kit.judge import code_digest, judge
from conceptbook_kit.outcome import Outcome
from conceptbook_kit.plot import Layer, draw, sentence
from conceptbook_kit.run import report_tampering, run

VERSIONS = {"python": platform.python_version(), "numpy": numpy.__version__}
WHEELS = "/lib/conceptbook-wheels"
"""Where the worker puts the wheels that it is handed, each under its own hash."""
UNJUDGED = "the run could not be judged"
ANYTHING = BaseException
"""Bound here, since the program may have deleted the builtin."""


def prepare() -> None:
    """What a first run would spend its time on, done before it."""
    guard.watched()


def perform(
    request_json: str,
    on_stdout: Callable[[str], object] | None = None,
    on_glimpse: Callable[[str], object] | None = None,
) -> str:
    """Run, judge and draw.

    Request: {code, original_code_digest, declaration, asserted: {curve id: {x, y, …}}, settings,
    edited, ghosts: {curve id: [{x, y}]}, ask: [{curve, kind, args}], pyodide: version}. Answer:
    {verdict, asked: [{ok, detail}], plots: {plot id: SVG}, sentences: {plot id: text},
    fresh_runtime}; `asked` says which shapes of `ask` this run obeys, and the last asks for a new
    runtime before the next run, after an exception, edited code or a change to what programs share.
    While the program prints, `on_glimpse` gets {plot id: SVG} of what its curves have so far.
    """
    try:
        # The request that is judged by is on its way already: no frame shows it to the program.
        return _answer(request_json, _outcome(request_json, on_stdout, on_glimpse))
    except ANYTHING:
        # What the program did to get here may have outlived it.
        guard.watched()()
        return _answer(request_json, Outcome.empty("exception", UNJUDGED))
    finally:
        gc.enable()


def _outcome(
    request_json: str,
    on_stdout: Callable[[str], object] | None,
    on_glimpse: Callable[[str], object] | None,
) -> Outcome:
    """What the run left. Its garbage is let lie: that could have the judge run code of its own."""
    request = json.loads(request_json)
    declaration = Declaration.from_json(request["declaration"])
    outcome = run(
        request["code"],
        declaration,
        request.get("settings") or {},
        on_stdout=on_stdout,
        on_glimpse=on_glimpse and _shower(request, declaration, on_glimpse),
        paths=[f"{WHEELS}/{wheel.sha256}.whl" for wheel in declaration.wheels],
    )
    gc.disable()
    report_tampering(outcome, guard.watched()())
    return outcome


def _shower(
    request: Mapping[str, Any], declaration: Declaration, on_glimpse: Callable[[str], object]
) -> Callable[[Arrays], object]:
    """Draws the curves as far as they have come, over the record, and passes the pictures on."""
    asserted = {key: Asserted.from_json(value) for key, value in request["asserted"].items()}
    before = {
        plot.id: [
            *stage.ghosts(plot, request.get("ghosts") or {}),
            *stage.recorded(plot, asserted),
        ]
        for plot in declaration.plots
    }

    def show(arrays: Arrays) -> None:
        plots = {}
        for plot in declaration.plots:
            if layers := stage.provisional(plot, arrays):
                name = f"{ident(declaration, plot)}-live"
                plots[plot.id] = draw(plot, [*before[plot.id], *layers], ident=name)
        if plots:
            on_glimpse(json.dumps(plots))

    return show


def _answer(request_json: str, outcome: Outcome) -> str:
    """The judgement, by the request as it came: the program may have altered what run was given."""
    request = json.loads(request_json)
    declaration = Declaration.from_json(request["declaration"])
    asserted = {key: Asserted.from_json(value) for key, value in request["asserted"].items()}
    digest = code_digest(request["code"])
    edited = bool(request.get("edited")) or digest != request["original_code_digest"]
    verdict = judge(
        declaration,
        asserted,
        outcome,
        settings=request.get("settings") or {},
        edited=edited,
        code_digest=digest,
        runtime=runtime(request.get("pyodide")),
    )
    answer = {
        "verdict": verdict,
        "asked": answers(request.get("ask") or (), declaration, outcome),
        **pictures(declaration, asserted, outcome, verdict, request.get("ghosts") or {}),
        "fresh_runtime": edited or outcome.error is not None or bool(outcome.tampered),
    }
    return json.dumps(answer, allow_nan=False)


def runtime(pyodide: str | None) -> dict[str, Any]:
    """The verdict's `runtime`: in the browser where there is a Pyodide."""
    kind = "browser" if pyodide or sys.platform == "emscripten" else "native"
    return {"kind": kind, **VERSIONS, "pyodide": pyodide}


def pictures(
    declaration: Declaration,
    asserted: Mapping[str, Asserted],
    outcome: Outcome,
    verdict: Mapping[str, Any],
    earlier: Mapping[str, Any],
) -> dict[str, dict[str, str]]:
    """{plots, sentences}: every plot with the record, the run over it and the earlier runs."""
    plots, sentences = {}, {}
    for plot in declaration.plots:
        layers = _layers(plot, asserted, outcome, verdict, earlier)
        plots[plot.id] = draw(plot, layers, ident=f"{ident(declaration, plot)}-live")
        sentences[plot.id] = sentence(plot, layers)
    return {"plots": plots, "sentences": sentences}


def ident(declaration: Declaration, plot: Plot) -> str:
    """The prefix of a plot's ids in its page."""
    return re.sub(r"[^a-z0-9-]+", "-", f"plot-{declaration.witness}-{plot.id}".lower())


def _layers(
    plot: Plot,
    asserted: Mapping[str, Asserted],
    outcome: Outcome,
    verdict: Mapping[str, Any],
    earlier: Mapping[str, Any],
) -> list[Layer]:
    return [
        *stage.ghosts(plot, earlier),
        *stage.recorded(plot, asserted),
        *stage.live(plot, verdict, outcome.arrays),
    ]
