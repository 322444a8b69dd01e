"""Do the laws hold for other random numbers? Every witness runs again with fresh sets of seeds.

`python benchmarks/seeds.py [--sets 10] [--python PATH …] [--into FILE] [--write] [CONCEPT …]`. A
set adds the same number to the argument of every RandomState and default_rng of the program, so
that sets share no seed with each other nor with the record. A fresh set gives other numbers, so
points are not compared: shapes, the program's own assertions and the answers to predictions are.
`--python` names interpreters with numpy (`pip install 'numpy==2.2.*'` in an environment of its
own); the default is the one that runs this. `--into` keeps what was found in a file and goes on
from there, so that a long run can be done in parts.
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from conceptbook.load import LoadedConcept, LoadedNotebook, LoadedWitness, load
from conceptbook.witness.native import NativeLimits, NativeRun, run_native
from conceptbook.witness.predictions import check_predictions
from conceptbook_kit.aliases import aliases, dotted
from conceptbook_kit.declaration import Declaration, Scalar, Shape
from conceptbook_kit.judge import code_digest, judge
from conceptbook_kit.settings import settle
from tables import put

ROOT = Path(__file__).parents[1]
STREAMS = frozenset({"numpy.random.RandomState", "numpy.random.default_rng", "numpy.random.seed"})
STEP = 1_000_003
"""Larger than any seed that a witness makes of its own."""
LIMITS = NativeLimits(seconds=60, memory_mb=2048)


@dataclass
class Law:
    """One thing that must hold: in how many sets it did, by numpy, and what was said when not."""

    place: str
    what: str
    held: dict[str, int] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


class Laws:
    """Every law by its place, in the order in which they came up."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Law] = {}

    def add(self, place: str, what: str, numpy: str, number: int, ok: Any, detail: str) -> None:
        law = self._found.setdefault((place, what), Law(place, what))
        law.held[numpy] = law.held.get(numpy, 0) + (ok is True)
        if ok is not True:
            law.said.append(f"set {number}, numpy {numpy}: {detail}")

    def take(self, kept: list[dict[str, Any]]) -> None:
        for one in kept:
            self._found[one["place"], one["what"]] = Law(**one)

    def __iter__(self) -> Iterator[Law]:
        return iter(self._found.values())


def reseeded(code: str, number: int) -> str | None:
    """The program with the seeds of a set; None where it draws nothing."""
    tree = ast.parse(code)
    known = aliases(tree)
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and n.args]
    drawing = [call for call in calls if dotted(call.func, known) in STREAMS]
    for call in drawing:
        call.args[0] = ast.BinOp(call.args[0], ast.Add(), ast.Constant(number * STEP))
    return ast.unparse(ast.fix_missing_locations(tree)) if drawing else None


def try_witness(
    laws: Laws, concept: LoadedConcept, witness: LoadedWitness, number: int, python: str
) -> bool:
    """One set of seeds of one witness; False where it draws nothing."""
    declared, code = witness.declaration, reseeded(witness.code, number)
    if declared is None or code is None:
        return False

    def run(_: LoadedWitness, settings: Mapping[str, Scalar]) -> NativeRun:
        settled = settle(declared, settings)
        return run_native(code, declared, settled, limits=LIMITS, python=python)

    place, done = f"{concept.id} {witness.record.id}", run(witness, {})
    numpy = str(done.runtime["numpy"])
    verdict = _verdict(declared, witness, done, code)
    for curve, found in zip(declared.curves, verdict["curves"], strict=True):
        for shape, law in zip(curve.shapes, found["shapes"], strict=True):
            what = f"{curve.id}: {_written(shape)}"
            laws.add(place, what, numpy, number, law["ok"], law.get("detail") or "")
    if "assert" in witness.code:
        asserts = verdict["asserts"]
        detail = f"{asserts['message'] or verdict['error'] or ''}"
        laws.add(place, "its assertions", numpy, number, asserts["ok"], detail)
    for result in check_predictions(concept, lambda w, s: run(w, s).outcome, witness.record.id):
        right = [index for index, option in enumerate(result.options) if option.ok]
        detail = result.fault or f"answer {right[0] + 1} is right"
        meant = _answer(concept, witness, result.index, python)
        what = f"prediction {result.index + 1}: answer {meant + 1}"
        laws.add(place, what, numpy, number, right == [meant], detail)
    return True


_ANSWERS: dict[tuple[str, int], int] = {}


def _answer(concept: LoadedConcept, witness: LoadedWitness, index: int, python: str) -> int:
    """The answer that is right with the witness's own seeds."""
    key = concept.id, index
    if key not in _ANSWERS:
        declared = witness.declaration
        assert declared is not None

        def run(_: LoadedWitness, settings: Mapping[str, Scalar]) -> Any:
            settled = settle(declared, settings)
            return run_native(witness.code, declared, settled, limits=LIMITS, python=python).outcome

        for result in check_predictions(concept, run, witness.record.id):
            right = [number for number, option in enumerate(result.options) if option.ok]
            _ANSWERS[concept.id, result.index] = right[0] if right else -1
    return _ANSWERS[key]


def _verdict(
    declared: Declaration, witness: LoadedWitness, done: NativeRun, code: str
) -> dict[str, Any]:
    return judge(
        declared,
        witness.asserted,
        done.outcome,
        settings={},
        code_digest=code_digest(code),
        runtime=done.runtime,
    )


def _written(shape: Shape) -> str:
    """As its author wrote it: names stay names, since their values differ from set to set."""

    def value(given: Any) -> str:
        if isinstance(given, list):
            return f"[{', '.join(map(value, given))}]"
        return f"{given:g}" if isinstance(given, float) else str(given)

    return f"{shape.kind} {', '.join(f'{k} {value(v)}' for k, v in shape.args.items())}".strip()


def told(laws: Laws, still: list[str], sets: int) -> str:
    found = list(laws)
    versions = list(dict.fromkeys(version for law in found for version in law.held))
    places = list(dict.fromkeys(law.place for law in found))
    broken = [law for law in found if any(law.held.get(v) != sets for v in versions)]
    lines = [
        f"{date.today().isoformat()}: {len(found)} laws of {len(places)} witnesses, {sets} fresh "
        f"sets of seeds each, under numpy {' and '.join(versions)}; {len(found) - len(broken)} "
        "hold in every set.",
        "",
        *([f"Nothing is drawn at random by {', '.join(still)}.", ""] if still else []),
        "| witness | laws | hold in every set |",
        "|---|---|---|",
    ]
    for place in places:
        mine = [law for law in found if law.place == place]
        whole = sum(law not in broken for law in mine)
        lines.append(f"| {place} | {len(mine)} | {whole} |")
    if broken:
        lines += ["", "Where one does not hold in every set:", ""]
    for law in broken:
        counts = ", ".join(f"{law.held.get(v, 0)} of {sets} under numpy {v}" for v in versions)
        lines += [f"- {law.place}, {law.what}: {counts}", f"  - {law.said[0]}"]
    return "\n".join([*lines, "", *_table(found, versions, sets)]) + "\n"


def _table(found: list[Law], versions: list[str], sets: int) -> list[str]:
    """Every law, folded away."""
    heads = " | ".join(f"numpy {version}" for version in versions)
    lines = ["<details><summary>Every law</summary>", ""]
    lines += [f"| witness | what must hold | {heads} |", f"|---|---|{'---|' * len(versions)}"]
    for law in found:
        counts = (law.held.get(version, 0) for version in versions)
        cells = (f"{n}/{sets}" if n == sets else f"**{n}/{sets}**" for n in counts)
        lines.append(f"| {law.place} | {law.what} | {' | '.join(cells)} |")
    return [*lines, "", "</details>"]


def chosen(notebook: LoadedNotebook, names: list[str]) -> Iterator[LoadedConcept]:
    for name, concept in notebook.concepts.items():
        if not names or name in names:
            yield concept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("concepts", nargs="*", metavar="CONCEPT")
    parser.add_argument("--sets", type=int, default=10)
    parser.add_argument("--python", action="append", default=[])
    parser.add_argument("--into", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    notebook, _ = load(ROOT)
    if notebook is None:
        sys.exit("the notebook cannot be read")
    laws, still = Laws(), {}
    if asked.into and asked.into.exists():
        kept = json.loads(asked.into.read_text("utf-8"))
        laws.take(kept["laws"])
        still = dict.fromkeys(kept["still"])
    for concept in chosen(notebook, asked.concepts):
        for witness in concept.running.values():
            for python in asked.python or [sys.executable]:
                for number in range(1, asked.sets + 1):
                    if not try_witness(laws, concept, witness, number, python):
                        still[f"{concept.id} {witness.record.id}"] = None
                        break
            print(f"{concept.id} {witness.record.id}", file=sys.stderr)
        if asked.into:
            kept = {"laws": [asdict(law) for law in laws], "still": list(still)}
            asked.into.write_text(json.dumps(kept), "utf-8")
    text = told(laws, list(still), asked.sets)
    print(text)
    if asked.write:
        put("seeds", text)
    sys.exit(any(count < asked.sets for law in laws for count in law.held.values()))


if __name__ == "__main__":
    main()
