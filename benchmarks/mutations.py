"""Are slips caught? Mutates every witness and every recorded curve and asks the one judge.

`python benchmarks/mutations.py [--per-kind 2] [--browser-seconds 60] [--write]`. A mutant counts
as *changing* where a curve that is judged by its points leaves its tolerance, computed here and
not by the judge. All of those must be caught (state `fails` or `error`); the others survive, and
the reason is said. A sample runs again in Chromium, where the state must be the same.
"""

from __future__ import annotations

import argparse
import math
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from boot import README, Reader, host, lay_out, until
from conceptbook.load import LoadedNotebook, load
from conceptbook.load.loaded import LoadedWitness
from conceptbook.witness.native import NativeLimits
from conceptbook.witness.trial import run_checked
from conceptbook_kit.declaration import Asserted, Declaration
from conceptbook_kit.judge import allowed, code_digest, judge
from conceptbook_kit.outcome import Outcome
from conceptbook_kit.settings import settle
from mutants import moved_points, mutants, swapped
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
MARKS = ("<!-- mutations -->", "<!-- /mutations -->")
SLOWEST = 20.0


@dataclass(frozen=True)
class Finding:
    """What became of one mutant."""

    place: str
    kind: str
    what: str
    changes: bool
    state: str
    request: dict[str, Any] | None = None

    @property
    def caught(self) -> bool:
        return self.state in ("fails", "error")


def witnesses(notebook: LoadedNotebook) -> Iterator[tuple[str, LoadedWitness, Declaration]]:
    for concept in notebook.concepts.values():
        for name, witness in concept.witnesses.items():
            if witness.declaration is not None:
                yield f"{concept.id} {name}", witness, witness.declaration


def of_witness(
    place: str, witness: LoadedWitness, declared: Declaration, per_kind: int
) -> Iterator[Finding]:
    """Its program's mutants, run natively."""
    controls = frozenset(control.name for control in declared.controls)
    limits = NativeLimits(seconds=SLOWEST, memory_mb=2048)
    for mutant in mutants(witness.code, controls, per_kind):
        outcome = run_checked(mutant.code, declared, settle(declared, {}), limits).outcome
        verdict = judged(declared, witness.asserted, outcome, mutant.code)
        request = {
            "code": mutant.code,
            "original_code_digest": code_digest(mutant.code),
            "declaration": declared.to_json(),
            "asserted": {key: curve.to_json() for key, curve in witness.asserted.items()},
            "settings": {},
            "edited": False,
            "pyodide": "0.29.0",
        }
        changes = any(changed(declared, witness.asserted, outcome))
        what = f"line {mutant.line}: {mutant.what}"
        yield Finding(place, mutant.kind, what, changes, verdict["state"], request)


def of_record(
    place: str, witness: LoadedWitness, declared: Declaration, per_kind: int
) -> Iterator[Finding]:
    """Its recorded curves' mutants, against one run of the program as it is."""
    limits = NativeLimits(seconds=SLOWEST, memory_mb=2048)
    outcome = run_checked(witness.code, declared, settle(declared, {}), limits).outcome
    for curve in (curve for plot in declared.plots for curve in plot.curves):
        asserted = witness.asserted.get(curve.id)
        if asserted is None or curve.judge != "points":
            continue
        spoilt = [
            ("moved point", f"{curve.id} {what}", new)
            for what, new in moved_points(curve, asserted, per_kind)
        ]
        if asserted.x != asserted.y:
            spoilt.append(("swapped columns", curve.id, swapped(asserted)))
        for kind, what, new in spoilt:
            verdict = judged(declared, {**witness.asserted, curve.id: new}, outcome, witness.code)
            yield Finding(place, kind, what, True, verdict["state"])


def judged(declared: Declaration, asserted: Any, outcome: Outcome, code: str) -> dict[str, Any]:
    return judge(
        declared,
        asserted,
        outcome,
        settings={},
        code_digest=code_digest(code),
        runtime={"kind": "native", "python": "", "numpy": "", "pyodide": None},
    )


def changed(
    declared: Declaration, asserted: dict[str, Asserted], outcome: Outcome
) -> Iterator[bool]:
    """For each curve judged by points: whether it left its record's tolerance, or is gone."""
    for curve in (curve for plot in declared.plots for curve in plot.curves):
        record = asserted.get(curve.id)
        if record is None or curve.judge != "points":
            continue
        xs, ys = outcome.arrays.get(curve.x), outcome.arrays.get(curve.y)
        if xs is None or ys is None or len(xs) != len(record.x) or len(ys) != len(record.y):
            yield True
            continue
        yield any(
            not math.isfinite(y) or abs(y - record.y[i]) > allowed(curve, record, i)
            for i, y in enumerate(ys)
        ) or any(abs(a - b) > 1e-9 * max(1.0, abs(b)) for a, b in zip(xs, record.x, strict=True))


def in_browser(findings: list[Finding], seconds: float) -> tuple[int, list[str]]:
    """How many were run again in Chromium, and those whose state differs there."""
    sample = [finding for finding in findings if finding.request is not None]
    step = max(1, len(sample) // 60)
    end, done, differing = time.monotonic() + seconds, 0, []
    with tempfile.TemporaryDirectory(prefix="conceptbook-mutations-") as folder:
        lay_out(Path(folder))
        shutil.copy(Path(__file__).parent / "boot_pages" / "judge.js", _assets(Path(folder)))
        page_text = (
            (Path(folder) / "spare" / "index.html").read_text().replace("ours.js", "judge.js")
        )
        (Path(folder) / "spare" / "index.html").write_text(page_text)
        with host(Path(folder)) as origin, sync_playwright() as playwright:
            reader = Reader(playwright, origin)
            with reader.visit() as context:
                page = context.new_page()
                page.goto(f"{origin}/spare/")
                until(page, "globalThis.judge && 1")
                for finding in sample[::step]:
                    if time.monotonic() > end:
                        break
                    state = page.evaluate("(request) => judge(request)", finding.request)
                    done += 1
                    if state != finding.state:
                        differing.append(
                            f"{finding.place} {finding.what}: {finding.state}, {state}"
                        )
    return done, differing


def _assets(root: Path) -> Path:
    return root / "assets" / "x"


def told(findings: list[Finding], ran: int, differing: list[str]) -> str:
    kinds = sorted({finding.kind for finding in findings})
    lines = [
        f"{date.today().isoformat()}: {len(findings)} mutants of "
        f"{len({finding.place for finding in findings})} witnesses.",
        "",
        "| kind | mutants | change a curve | of these caught | caught in all | survive |",
        "|---|---|---|---|---|---|",
    ]
    for kind in [*kinds, None]:
        of_kind = [f for f in findings if kind is None or f.kind == kind]
        changing = [f for f in of_kind if f.changes]
        lines.append(
            f"| {kind or '**all**'} | {len(of_kind)} | {len(changing)} "
            f"| {sum(f.caught for f in changing)} | {sum(f.caught for f in of_kind)} "
            f"| {sum(not f.caught for f in of_kind)} |"
        )
    missed = [f for f in findings if f.changes and not f.caught]
    lines += ["", f"Missed although a curve changed: {len(missed)}."]
    lines += [f"- {f.place}, {f.kind}, {f.what}: {f.state}" for f in missed]
    survivors = Counter(f.place for f in findings if not f.caught and not f.changes)
    lines += [
        "",
        f"{sum(survivors.values())} survive because no curve that is judged by points leaves its "
        "tolerance and neither a shape nor an `assert` breaks (the slip is in a printed line, in "
        "a value that cancels, or smaller than the tolerance):",
        *(f"- {f.place}, {f.kind}, `{f.what}`" for f in findings if not f.caught and not f.changes),
        "",
        f"In Chromium {ran} of them ran again; the state differed from the native one in "
        f"{len(differing)}.",
        *(f"- {line}" for line in differing),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--per-kind", type=int, default=2)
    parser.add_argument("--browser-seconds", type=float, default=60.0)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    notebook, report = load(ROOT)
    if notebook is None:
        sys.exit(f"the notebook has faults: {report}")
    findings: list[Finding] = []
    for place, witness, declared in witnesses(notebook):
        findings += of_witness(place, witness, declared, asked.per_kind)
        findings += of_record(place, witness, declared, asked.per_kind)
        print(f"{place}: {len(findings)} so far", file=sys.stderr)
    ran, differing = (
        in_browser(findings, asked.browser_seconds) if asked.browser_seconds else (0, [])
    )
    text = told(findings, ran, differing)
    print(text)
    if asked.write:
        before, _, rest = README.read_text("utf-8").partition(MARKS[0])
        after = rest.partition(MARKS[1])[2]
        README.write_text(f"{before}{MARKS[0]}\n{text}{MARKS[1]}{after}", "utf-8")
    sys.exit(any(f.changes and not f.caught for f in findings) or bool(differing))


if __name__ == "__main__":
    main()
