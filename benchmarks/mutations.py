"""Mutation check: slips in every witness and in every asserted curve must be seen.

`python benchmarks/mutations.py [--per-kind 2] [--browser-seconds 600] [--only DOMAIN/CONCEPT …]
[--write]`. A mutant counts as *changing* where a curve that is judged by its points leaves its
tolerance, reckoned here and not by the judge. All of those must be caught (the verdict is `fails`
or `error`), natively and in Chromium; the others may survive, and the reason is said. Chromium
runs them again in an order that takes a share of every witness, for as long as it may.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

from boot import Reader, host, lay_out, until
from conceptbook.load import load
from playwright.sync_api import sync_playwright
from tables import put
from trials import CAUGHT, Finding, Trial, subjects, trials

ROOT = Path(__file__).parents[1]
HEAD = (
    "| kind | mutants | change a curve | of these caught | survive "
    "| again in Chromium | change a curve | of these caught |",
    "|---|---|---|---|---|---|---|---|",
)


@dataclass(frozen=True)
class Again:
    """A finding and the state that Chromium gave it."""

    finding: Finding
    state: str

    @property
    def turned(self) -> bool:
        """Whether one place catches it and the other does not."""
        return self.finding.caught != (self.state in CAUGHT)

    @property
    def missed(self) -> bool:
        return self.finding.changes and self.state not in CAUGHT


def natively(root: Path, only: frozenset[str], per_kind: int) -> list[list[Trial]]:
    """The trials of each witness."""
    notebook, report = load(root)
    if notebook is None or not report.ok:
        sys.exit("the notebook has faults; run `conceptbook check`")
    found = []
    for subject in subjects(notebook, only):
        found.append(list(trials(subject, per_kind)))
        print(f"{subject.place}: {len(found[-1])} runs", file=sys.stderr)
    return found


def in_browser(by_witness: list[list[Trial]], seconds: float) -> list[Again]:
    """The trials run again in the page's own runtime, one of each witness by turns."""
    order = [trial for turn in zip_longest(*by_witness) for trial in turn if trial]
    again: list[Again] = []
    with tempfile.TemporaryDirectory(prefix="conceptbook-mutations-") as folder:
        root = Path(folder)
        lay_out(root)
        shutil.copy(Path(__file__).parent / "boot_pages" / "judge.js", root / "assets" / "x")
        page_file = root / "spare" / "index.html"
        page_file.write_text(page_file.read_text().replace("ours.js", "judge.js"))
        with (
            host(root) as origin,
            sync_playwright() as playwright,
            Reader(playwright, origin).visit() as context,
        ):
            page = context.new_page()
            page.goto(f"{origin}/spare/")
            until(page, "globalThis.judge && 1")
            end = time.monotonic() + seconds
            for trial in order:
                if time.monotonic() > end:
                    break
                told = page.evaluate("(request) => judge(request)", trial.request)
                again += [Again(each, _state(each, told)) for each in trial.findings]
    return again


def _state(finding: Finding, told: Mapping[str, Any]) -> str:
    if finding.curve is None:
        return told["state"]
    return "fails" if told["curves"].get(finding.curve) is False else "holds"


def table(findings: list[Finding], again: list[Again]) -> Iterator[str]:
    yield from HEAD
    for kind in [*sorted({finding.kind for finding in findings}), None]:
        mine = [f for f in findings if kind in (None, f.kind)]
        theirs = [a for a in again if kind in (None, a.finding.kind)]
        changing = [f for f in mine if f.changes]
        seen = [a for a in theirs if a.finding.changes]
        yield (
            f"| {kind or '**all**'} | {len(mine)} | {len(changing)} "
            f"| {sum(f.caught for f in changing)} | {sum(not f.caught for f in mine)} "
            f"| {len(theirs)} | {len(seen)} | {sum(not a.missed for a in seen)} |"
        )


def told(by_witness: list[list[Trial]], again: list[Again]) -> str:
    findings = [f for witness in by_witness for trial in witness for f in trial.findings]
    caught = sum(f.caught for f in findings)
    differing = [a for a in again if a.state != a.finding.state]
    covered = {a.finding.place for a in again}
    missed = [f for f in findings if f.changes and not f.caught]
    lines = [
        f"{date.today().isoformat()}: {len(findings)} mutants of {len(by_witness)} witnesses and "
        f"of their curves; {caught} ({caught / len(findings):.1%}) are caught.",
        "",
        *table(findings, again),
        "",
        f"Missed although a curve left its tolerance: natively {len(missed)}, in Chromium "
        f"{sum(a.missed for a in again)}.",
        *(f"- {_line(f)}: {f.state}" for f in missed),
        *(f"- in Chromium {_line(a.finding)}: {a.state}" for a in again if a.missed),
        "",
        f"In Chromium {len(again)} of them ran again ({len(again) / len(findings):.0%}, of "
        f"{len(covered)} witnesses). Whether they are caught differed from the native run in "
        f"{sum(a.turned for a in again)}, which state they end in, in {len(differing)} (LAPACK in "
        "WebAssembly may give NaN where a native one raises):",
        *(f"- {_line(a.finding)}: {a.finding.state}, {a.state}" for a in differing),
        "",
        "What survives, and why that is right:",
        *(f"- {_line(f)}: {f.why}" for f in findings if not f.caught and not f.changes),
    ]
    return "\n".join(lines) + "\n"


def _line(finding: Finding) -> str:
    return f"{finding.place}, {finding.kind}, `{finding.what}`"


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--per-kind", type=int, default=2, help="mutants of a kind, each")
    parser.add_argument("--browser-seconds", type=float, default=600.0, help="0: not at all")
    parser.add_argument("--only", nargs="*", default=(), help="some concepts alone")
    parser.add_argument("--write", action="store_true", help="the table into README.md")
    asked = parser.parse_args(arguments)
    by_witness = natively(ROOT, frozenset(asked.only), asked.per_kind)
    again = in_browser(by_witness, asked.browser_seconds) if asked.browser_seconds else []
    text = told(by_witness, again)
    print(text)
    if asked.write:
        put("mutations", text)
    unseen = [f for witness in by_witness for trial in witness for f in trial.findings]
    wrong = any(f.changes and not f.caught for f in unseen)
    sys.exit(wrong or any(a.missed or a.turned for a in again))


if __name__ == "__main__":
    main()
