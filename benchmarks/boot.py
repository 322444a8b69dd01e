"""Boot times of the runtime against stock Pyodide 0.29.0 from the same host, interleaved.

`python benchmarks/boot.py [--pairs 10] [--cases first,slow,later,stop] [--write]`: from navigation
to numpy imported in the worker, policy and integrity checks on in ours. `--write` puts the table
into benchmarks/README.md. Where a bar is missed the exit code is 1, and standard error says which.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

import conceptbook_kit
from conceptbook.render.site import POLICY
from conceptbook.runtime.obtain import obtain
from conceptbook.runtime.pins import PINS
from conceptbook.runtime.prepare import PreparedRuntime, prepare
from conceptbook.witness.browser import ARGUMENTS
from conceptbook.witness.chromium import require
from conceptbook_kit.declaration import Declaration
from host import FAST, SLOW
from playwright.sync_api import BrowserContext, Page, sync_playwright
from tables import put

HERE = Path(__file__).parent
BROWSER = HERE.parent / "generator" / "conceptbook" / "browser"
PATIENCE_S = 120
RESAMPLES = 4000

CASES = {
    "first": ("first visit", 0.50, 0.40),
    "slow": ("first visit at 25 Mbit/s and 40 ms", 0.55, 0.45),
    "later": ("later visit", 0.35, 0.25),
    "stop": ("after Stop, no spare", 0.38, None),
    "spare": ("after Stop, with the spare", 0.38, 0.10),
}
WIRE, STOP_MS = 6.5e6, 100.0
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">{policy}<title>boot</title>
<script type="application/json" id="order">{order}</script>
<script type="module" src="{script}"></script></head><body></body></html>
"""


@dataclass
class Times:
    """Milliseconds by case, and bytes on the wire of each slow first visit."""

    ms: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in CASES})
    wire: list[int] = field(default_factory=list)
    stop_ms: list[float] = field(default_factory=list)


def lay_out(root: Path) -> None:
    """The site with both variants below `root`."""
    distribution = obtain()
    prepared = prepare(distribution, kit_root=Path(conceptbook_kit.__file__).parent)
    if prepared.prepared is None:
        sys.exit("there is no prepared runtime to measure: run `conceptbook runtime prepare`")
    _ours(root, prepared)
    stock = root / "stock"
    stock.mkdir()
    for pin in PINS:
        shutil.copy(distribution.path(pin.name), stock / pin.name)
    for name in ("stock.js", "stock-worker.js"):
        shutil.copy(HERE / "boot_pages" / name, stock / name)
    (stock / "index.html").write_text(PAGE.format(policy="", order="{}", script="stock.js"))


def _ours(root: Path, prepared: PreparedRuntime) -> None:
    assets, runtime = root / "assets" / "x", root / "runtime" / prepared.digest
    shutil.copytree(BROWSER, assets)
    shutil.copy(HERE / "boot_pages" / "ours.js", assets / "ours.js")
    (assets / "runtime.json").write_text(json.dumps(prepared.manifest()))
    runtime.mkdir(parents=True)
    for name, content in prepared.files.items():
        target = runtime / name
        shutil.copy(content, target) if isinstance(content, Path) else target.write_bytes(content)
    for name, spare in (("ours", False), ("spare", True)):
        (root / name).mkdir()
        order = json.dumps({"spare": spare, "snapshot": True, "request": _endless()})
        page = PAGE.format(policy=policy_meta(), order=order, script="../assets/x/ours.js")
        (root / name / "index.html").write_text(page)


def policy_meta() -> str:
    return f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'


def _endless() -> dict[str, object]:
    declared = Declaration("a/b", "w", "w.py", "W", seconds=60.0, memory_mb=64)
    return {
        "code": "while True:\n    pass\n",
        "original_code_digest": "sha256:0",
        "declaration": declared.to_json(),
        "asserted": {},
        "settings": {},
        "edited": False,
        "pyodide": "0.29.0",
    }


@contextmanager
def host(root: Path) -> Iterator[str]:
    command = [sys.executable, str(HERE / "host.py"), str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()


class Reader:
    """A fresh profile in a Chromium of its own."""

    def __init__(self, playwright: object, origin: str) -> None:
        self._playwright, self.origin = playwright, origin

    def is_away(self, url: str) -> bool:
        """Whether a request leaves the origin."""
        return not url.startswith((f"{self.origin}/", "blob:", "data:"))

    @contextmanager
    def visit(self) -> Iterator[BrowserContext]:
        with tempfile.TemporaryDirectory(prefix="conceptbook-boot-") as profile:
            context = self._playwright.chromium.launch_persistent_context(  # type: ignore[attr-defined]
                profile, executable_path=require(), args=list(ARGUMENTS)
            )
            try:
                yield context
            finally:
                context.close()

    def ready(self, context: BrowserContext, variant: str) -> tuple[Page, float]:
        page = context.new_page()
        page.goto(f"{self.origin}/{variant}/", wait_until="commit")
        return page, until(page, "globalThis.bench?.ready")

    def ask(self, address: str) -> int:
        with urllib.request.urlopen(self.origin + address) as answer:
            return int(answer.read())


def until(page: Page, expression: str) -> float:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        value = page.evaluate(f"({expression}) ?? null")
        if value:
            return value
        page.wait_for_timeout(25)
    raise TimeoutError(f"{expression}: {page.evaluate('globalThis.bench')}")


def measure(reader: Reader, variant: str, cases: set[str], times: Times) -> None:
    """One repetition of every case."""
    if cases & {"first", "later", "stop", "spare"}:
        with reader.visit() as context:
            page, ready = reader.ready(context, variant)
            times.ms["first"].append(ready)
            until(page, "bench.kept")
            page.close()
            if "later" in cases:
                page, ready = reader.ready(context, variant)
                times.ms["later"].append(ready)
                page.close()
            for case, address in (("stop", variant), ("spare", "spare")):
                if case in cases:
                    _stop(reader, context, variant if variant == "stock" else address, case, times)
    if "slow" in cases:
        with reader.visit() as context:
            reader.ask(SLOW)
            _, ready = reader.ready(context, variant)
            times.wire.append(reader.ask(FAST))
            times.ms["slow"].append(ready)


def _stop(reader: Reader, context: BrowserContext, variant: str, case: str, times: Times) -> None:
    page, _ = reader.ready(context, variant)
    if case == "spare":
        until(page, "bench.workersReady >= 2")
    page.evaluate("void bench.stopAndGo()")
    times.ms[case].append(until(page, "bench.afterStop"))
    times.stop_ms.append(page.evaluate("bench.stopped"))
    page.close()


def interval(ours: list[float], stock: list[float]) -> tuple[float, float, float]:
    """Ratio of medians and its 90 % bootstrap interval, pairs resampled together."""
    draw = random.Random(1)
    pairs = list(zip(ours, stock, strict=True))
    ratios = []
    for _ in range(RESAMPLES):
        sample = [draw.choice(pairs) for _ in pairs]
        ratios.append(median(a for a, _ in sample) / median(b for _, b in sample))
    ratios.sort()
    low, high = ratios[int(0.05 * RESAMPLES)], ratios[int(0.95 * RESAMPLES)]
    return median(ours) / median(stock), low, high


def table(ours: Times, stock: Times, pairs: int) -> str:
    lines = [
        f"{date.today().isoformat()}, {os.cpu_count()} cores ({platform.machine()}), Chromium "
        f"headless, {pairs} interleaved pairs; milliseconds from navigation (or from Stop) to "
        "numpy imported, medians; the ratio with its 90 % bootstrap interval.",
        "",
        "| case | stock | ours | ratio | 90 % | must | goal |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, (words, bar, goal) in CASES.items():
        if ours.ms[name] and stock.ms[name]:
            ratio, low, high = interval(ours.ms[name], stock.ms[name])
            lines.append(
                f"| {words} | {median(stock.ms[name]):.0f} | {median(ours.ms[name]):.0f} "
                f"| **{ratio:.2f}** | {low:.2f}–{high:.2f} | ≤ {bar:.2f} "
                f"| {'' if goal is None else f'{goal:.2f}'} |"
            )
    if ours.wire:
        lines += [
            "",
            f"Bytes on the wire of a first visit, headers included: stock "
            f"{median(stock.wire) / 1e6:.2f} MB, ours {median(ours.wire) / 1e6:.2f} MB "
            f"(must: ≤ {WIRE / 1e6:.1f} MB).",
        ]
    if ours.stop_ms:
        lines.append(
            f"Stop itself took at most {max(ours.stop_ms):.1f} ms (must: < {STOP_MS:.0f} ms)."
        )
    return "\n".join(lines) + "\n"


def missed(ours: Times, stock: Times) -> list[str]:
    """The bars that these times miss, each in a line."""
    found = []
    for name, (words, bar, _) in CASES.items():
        if ours.ms[name] and stock.ms[name]:
            ratio = median(ours.ms[name]) / median(stock.ms[name])
            if ratio > bar:
                found.append(f"{words}: {ratio:.2f} of the stock time, must be ≤ {bar:.2f}")
    if ours.wire and median(ours.wire) > WIRE:
        found.append(f"first visit: {median(ours.wire) / 1e6:.2f} MB, must be ≤ {WIRE / 1e6:.1f}")
    if ours.stop_ms and max(ours.stop_ms) >= STOP_MS:
        found.append(f"Stop: {max(ours.stop_ms):.0f} ms, must be < {STOP_MS:.0f} ms")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=10)
    parser.add_argument("--cases", default=",".join(CASES))
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    cases = set(asked.cases.split(","))
    times = {"ours": Times(), "stock": Times()}
    with tempfile.TemporaryDirectory(prefix="conceptbook-boot-site-") as folder:
        lay_out(Path(folder))
        with host(Path(folder)) as origin, sync_playwright() as playwright:
            reader = Reader(playwright, origin)
            for pair in range(asked.pairs):
                for variant in ("ours", "stock") if pair % 2 else ("stock", "ours"):
                    measure(reader, variant, cases, times[variant])
                print(f"pair {pair + 1} of {asked.pairs}", file=sys.stderr)
    text = table(times["ours"], times["stock"], asked.pairs)
    print(text)
    if asked.write:
        put("boot", text)
    if faults := missed(times["ours"], times["stock"]):
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
