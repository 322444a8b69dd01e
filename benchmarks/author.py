"""What `record` and `verify` of one concept take beyond the witness's own time.

`python benchmarks/author.py [--repeats 11] [--write]` runs the two commands by turns, as processes
of their own, on the concept that `new notebook` makes and on one of this repository with three
predictions. `--write` puts the table into benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

import tables

ROOT = Path(__file__).parents[1]
MUST_S = 0.7
MADE = "quadrature/trapezoidal-rule"
BUNDLED = "optimization/sharpness"


class Cost(NamedTuple):
    """Seconds by the clock, and of all processors."""

    wall: float
    cpu: float


class Author:
    """Somebody with conceptbook as pip installs it: as a folder of modules with their bytecode."""

    def __init__(self, home: Path) -> None:
        for name in ("conceptbook", "conceptbook_kit"):
            shutil.copytree(ROOT / "generator" / name, home / name)
        shutil.copytree(ROOT / "themes", home / "conceptbook" / "themes")
        compileall.compile_dir(home, quiet=1)
        self.environment = {**os.environ, "PYTHONPATH": str(home)}

    def run(self, notebook: Path, *words: str) -> tuple[str, Cost]:
        return self._python("-P", "-m", "conceptbook", "-C", str(notebook), *words)

    def alone(self, notebook: Path, concept: str) -> float:
        """Seconds of the program by itself, Python's own start and numpy's among them."""
        return self._python(str(notebook / "content" / concept / "witness.py"))[1].wall

    def _python(self, *words: str) -> tuple[str, Cost]:
        before, began = _processors(), perf_counter()
        done = subprocess.run(
            [sys.executable, *words],
            env=self.environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout, Cost(perf_counter() - began, _processors() - before)


def _processors() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(author: Author, notebook: Path, concept: str, repeats: int) -> str:
    """Rows of the table for both commands."""
    costs: dict[str, list[Cost]] = {"record": [], "verify": []}
    own, alone = [], []
    for turn in range(repeats + 1):
        alone.append(author.alone(notebook, concept))
        for command in costs:
            words = ["--format", "json"] if command == "verify" else []
            said, cost = author.run(notebook, command, concept, *words)
            if command == "verify":
                own.append(json.loads(said)["rows"][0]["verdict"]["duration_s"])
            if turn:  # The first fills the system's caches.
                costs[command].append(cost)
    rows = []
    for command, all_of_it in costs.items():
        whole = [cost.wall for cost in all_of_it]
        found = (
            *(f"{median(seconds):.2f}" for seconds in (alone, own, whole)),
            f"**{median(whole) - median(own):.2f}**",
            f"{min(whole) - min(own):.2f}",
            f"{median(cost.cpu for cost in all_of_it):.2f}",
        )
        rows.append(f"| `{command} {concept}` | {' | '.join(found)} | ≤ {MUST_S} |")
    return "\n".join(rows)


def table(repeats: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        author = Author(Path(folder) / "installed")
        author.run(Path(folder), "new", "notebook", "my-notes")
        parts = [
            measure(author, Path(folder) / "my-notes", MADE, repeats),
            measure(author, ROOT, BUNDLED, repeats),
        ]
    load = os.getloadavg()[0]
    head = (
        f"{date.today()}, {os.cpu_count()} cores ({platform.machine()}), load {load:.1f}; "
        f"seconds, medians of {repeats}."
    )
    columns = (
        "| command | `python witness.py` | own | whole | beyond | least beyond | "
        "of all processors | must |"
    )
    return "\n".join([head, "", columns, f"|{'---|' * 8}", *parts, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=11)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    text = table(asked.repeats)
    print(text)
    if asked.write:
        tables.put("author", text)


if __name__ == "__main__":
    main()
