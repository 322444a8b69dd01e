"""The same job in three places: open a page, run a witness, until its last line is printed.

`python benchmarks/jobs.py [--pairs 10] [--write]`: ours, stock Pyodide and PyScript, interleaved,
a first and a later visit each; every request must stay on the page's own origin, and every place
must print the same last line.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from boot import (
    HERE,
    PAGE,
    PATIENCE_S,
    Reader,
    host,
    interval,
    lay_out,
    policy_meta,
    until,
)
from conceptbook.load import load
from conceptbook.runtime.pins import PYODIDE
from conceptbook.witness.native import NativeLimits, run_native
from conceptbook_kit.declaration import Declaration
from conceptbook_kit.judge import code_digest
from host import FAST, SLOW
from peers import PYSCRIPT, NoPeer, lay_out_pyscript
from playwright.sync_api import BrowserContext, Page, sync_playwright
from tables import put

CONCEPT = "scaling/double-descent"
PLACES = {"ours": "ours", "stock": f"Pyodide {PYODIDE}", "pyscript": f"PyScript {PYSCRIPT}"}
CASES = {
    "first": "first visit",
    "slow": "first visit at 25 Mbit/s and 40 ms",
    "later": "later visit",
}
PYSCRIPT_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>job</title>
<link rel="stylesheet" href="pyscript/core.css">
<script type="module" src="pyscript/core.js"></script></head><body>
<script type="py" worker src="witness.py" config="pyscript.json"></script></body></html>
"""
Times = dict[str, dict[str, list[float]]]


def request() -> dict[str, Any]:
    """The witness as the page of its concept gives it to the worker."""
    notebook, _ = load(HERE.parent)
    assert notebook is not None
    concept = notebook.concepts[CONCEPT]
    witness = next(w for w in concept.witnesses.values() if "print(" in w.code and w.declaration)
    assert witness.declaration is not None
    return {
        "code": witness.code,
        "original_code_digest": code_digest(witness.code),
        "declaration": {**witness.declaration.to_json(), "seconds": 60},
        "asserted": {key: curve.to_json() for key, curve in witness.asserted.items()},
        "settings": {},
        "edited": False,
        "pyodide": PYODIDE,
    }


def add_jobs(root: Path) -> list[str]:
    """A page for each place, into the site that `boot` has laid out; the places there are."""
    asked = request()
    order = json.dumps({"request": asked}).replace("<", "\\u003c")
    for name, folder in (("job-ours.js", root / "assets/x"), ("job-stock.js", root / "stock")):
        (folder / name).write_bytes((HERE / "boot_pages" / name).read_bytes())
    worker = "job-stock-worker.js"
    (root / "stock" / worker).write_bytes((HERE / "boot_pages" / worker).read_bytes())
    script = "../assets/x/job-ours.js"
    _page(root / "job-ours", PAGE.format(policy=policy_meta(), order=order, script=script))
    script = "../stock/job-stock.js"
    _page(root / "job-stock", PAGE.format(policy="", order=order, script=script))
    try:
        _page(root / "job-pyscript", PYSCRIPT_PAGE)
        lay_out_pyscript(root / "job-pyscript" / "pyscript", root / "stock")
    except NoPeer as reason:
        print(f"PyScript is left out: {reason}", file=sys.stderr)
        return ["ours", "stock"]
    # Without SharedArrayBuffer, as on any static host, a worker must not wait for the page.
    config = {"interpreter": "/stock/pyodide.mjs", "packages": ["numpy"], "sync_main_only": True}
    (root / "job-pyscript" / "pyscript.json").write_text(json.dumps(config))
    (root / "job-pyscript" / "witness.py").write_text(asked["code"])
    return list(PLACES)


def _page(folder: Path, text: str) -> None:
    folder.mkdir()
    (folder / "index.html").write_text(text)


def visit(reader: Reader, context: BrowserContext, place: str, last: str) -> float:
    """Milliseconds from navigation until the last line is printed."""
    page = context.new_page()
    said: list[tuple[float, str]] = []
    away: list[str] = []
    page.on("console", lambda message: said.append((time.time() * 1000, message.text)))
    page.on("request", lambda asked: away.append(asked.url) if reader.is_away(asked.url) else None)
    page.goto(f"{reader.origin}/job-{place}/", wait_until="commit")
    at = _in_console(page, said, last) if place == "pyscript" else _in_page(page, last)
    if away:
        sys.exit(f"{place} went off its origin: {away}")
    if at is None:
        sys.exit(f"{place} printed no last line; its console: {said}")
    if place == "ours":
        until(page, "job.kept")
    page.close()
    return at


def _in_page(page: Page, last: str) -> float | None:
    try:
        at = until(page, "globalThis.job?.at")
    except TimeoutError:
        return None
    return at if page.evaluate("job.printed").strip().splitlines()[-1] == last else None


def _in_console(page: Page, said: list[tuple[float, str]], last: str) -> float | None:
    """PyScript's worker prints to the console, whose messages arrive while the page is polled."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        for at, text in said:
            if text.strip() == last:
                return at - page.evaluate("performance.timeOrigin")
        page.wait_for_timeout(5)
    return None


def last_line(asked: Mapping[str, Any]) -> str:
    """What the program prints last when it runs natively."""
    declared = Declaration.from_json(asked["declaration"])
    run = run_native(asked["code"], declared, {}, limits=NativeLimits(30, 2048))
    return run.outcome.stdout.strip().splitlines()[-1]


def measure(reader: Reader, place: str, times: Times, last: str) -> None:
    with reader.visit() as context:
        times[place]["first"].append(visit(reader, context, place, last))
        times[place]["later"].append(visit(reader, context, place, last))
    with reader.visit() as context:
        reader.ask(SLOW)
        times[place]["slow"].append(visit(reader, context, place, last))
        reader.ask(FAST)


def table(times: Times, pairs: int) -> str:
    names = [name for name in PLACES if times[name]["first"]]
    lines = [
        f"{date.today().isoformat()}, {os.cpu_count()} cores ({platform.machine()}), Chromium "
        f"headless, {pairs} interleaved rounds; milliseconds from navigation to the last line that "
        f"a witness of {CONCEPT} prints, medians; our time over the other's with its 90 % "
        "bootstrap interval.",
        "",
        "| case | " + " | ".join(PLACES[name] for name in names) + " |"
        + "".join(f" ours / {PLACES[name]} | 90 % |" for name in names[1:]),
        "|---" * (1 + len(names) + 2 * (len(names) - 1)) + "|",
    ]  # fmt: skip
    for case, words in CASES.items():
        cells = [f"{median(times[name][case]):.0f}" for name in names]
        for name in names[1:]:
            ratio, low, high = interval(times["ours"][case], times[name][case])
            cells += [f"**{ratio:.2f}**", f"{low:.2f}–{high:.2f}"]
        lines.append(f"| {words} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=10)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    times: Times = {place: {case: [] for case in CASES} for place in PLACES}
    with tempfile.TemporaryDirectory(prefix="conceptbook-jobs-") as folder:
        lay_out(Path(folder))
        places, last = add_jobs(Path(folder)), last_line(request())
        with host(Path(folder)) as origin, sync_playwright() as playwright:
            reader = Reader(playwright, origin)
            for pair in range(asked.pairs):
                for place in places if pair % 2 else places[::-1]:
                    measure(reader, place, times, last)
                print(f"round {pair + 1} of {asked.pairs}", file=sys.stderr)
    text = table(times, asked.pairs)
    print(text)
    if asked.write:
        put("jobs", text)


if __name__ == "__main__":
    main()
