"""Mutants of a notebook's witnesses and records, tried natively; what became of each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from conceptbook.load import LoadedNotebook
from conceptbook.load.loaded import LoadedWitness
from conceptbook.runtime.pins import PYODIDE
from conceptbook.witness.native import NativeLimits
from conceptbook.witness.trial import run_checked, wheel_files
from conceptbook_kit.declaration import Asserted, Curve, Declaration
from conceptbook_kit.judge import allowed, code_digest, judge
from conceptbook_kit.outcome import Outcome
from conceptbook_kit.settings import settle
from mutants import mutants, spoilt_records

LIMITS = NativeLimits(seconds=20.0, memory_mb=2048)
CAUGHT = frozenset({"fails", "error"})
Record = Mapping[str, Asserted]


@dataclass(frozen=True)
class Finding:
    """What became of one mutant: of a program, or of the record of one curve."""

    place: str
    kind: str
    what: str
    changes: bool
    """Whether a curve that is judged by its points left its tolerance."""
    state: str
    """The verdict's, or for a record whether its curve `fails` or `holds`."""
    curve: str | None = None
    why: str = ""
    """Why nothing is amiss with a survivor."""

    @property
    def caught(self) -> bool:
        return self.state in CAUGHT


@dataclass(frozen=True)
class Trial:
    """One run, which tells of one program's mutant or of a mutant of every curve's record."""

    findings: tuple[Finding, ...]
    request: Mapping[str, Any]
    """As the page's worker takes it."""


@dataclass(frozen=True)
class Subject:
    """A witness that runs, and what it left when it ran as it is."""

    place: str
    witness: LoadedWitness
    declared: Declaration
    run: partial[Any]
    outcome: Outcome

    @property
    def judged(self) -> list[Curve]:
        """The curves that are judged by their points."""
        return [
            curve
            for curve in self.declared.curves
            if curve.judge == "points" and curve.id in self.witness.asserted
        ]


def subjects(notebook: LoadedNotebook, concepts: frozenset[str]) -> Iterator[Subject]:
    """Every witness that runs; of some concepts alone where any is named."""
    for concept in notebook.concepts.values():
        for name, witness in concept.witnesses.items():
            declared = witness.declaration
            if declared is None or not witness.runs or (concepts and concept.id not in concepts):
                continue
            wheels = wheel_files(notebook, declared)
            run = partial(_run, declared, wheels)
            yield Subject(f"{concept.id} {name}", witness, declared, run, run(witness.code))


def trials(subject: Subject, per_kind: int) -> Iterator[Trial]:
    """Of the program and of the record by turns, so that a sample has both."""
    programs, records = of_program(subject, per_kind), of_record(subject, per_kind)
    for one in programs:
        yield one
        yield from (record for record in [next(records, None)] if record)
    yield from records


def of_program(subject: Subject, per_kind: int) -> Iterator[Trial]:
    controls = frozenset(control.name for control in subject.declared.controls)
    record = subject.witness.asserted
    for mutant in mutants(subject.witness.code, controls, per_kind):
        outcome = subject.run(mutant.code)
        finding = Finding(
            place=subject.place,
            kind=mutant.kind,
            what=f"line {mutant.line}: {mutant.what}",
            changes=worst(subject, record, outcome) > 1,
            state=verdict(subject, record, outcome)["state"],
            why=_reason(subject, outcome),
        )
        yield Trial((finding,), _request(subject, mutant.code, record))


def of_record(subject: Subject, per_kind: int) -> Iterator[Trial]:
    """One round spoils every curve at once: each is judged by itself."""
    per_curve = {
        curve.id: list(spoilt_records(curve, subject.witness.asserted[curve.id], per_kind))
        for curve in subject.judged
    }
    for turn in range(max(map(len, per_curve.values()), default=0)):
        now = {curve: rounds[turn] for curve, rounds in per_curve.items() if turn < len(rounds)}
        record = {**subject.witness.asserted, **{curve: s.record for curve, s in now.items()}}
        told = verdict(subject, record, subject.outcome)
        ok = {entry["id"]: entry["ok"] for entry in told["curves"]}
        findings = tuple(
            Finding(
                place=subject.place,
                kind=spoilt.kind,
                what=f"{curve}: {spoilt.what}",
                changes=True,
                state="fails" if ok[curve] is False else "holds",
                curve=curve,
            )
            for curve, spoilt in now.items()
        )
        yield Trial(findings, _request(subject, subject.witness.code, record))


def verdict(subject: Subject, record: Record, outcome: Outcome) -> dict[str, Any]:
    return judge(
        subject.declared,
        record,
        outcome,
        settings={},
        code_digest="",
        runtime={"kind": "native", "python": "", "numpy": "", "pyodide": None},
    )


def worst(subject: Subject, record: Record, outcome: Outcome) -> float:
    """By how many tolerances the farthest point is off, reckoned here and not by the judge."""
    return max((_off(curve, record[curve.id], outcome) for curve in subject.judged), default=0.0)


def _off(curve: Curve, record: Asserted, outcome: Outcome) -> float:
    xs, ys = outcome.arrays.get(curve.x), outcome.arrays.get(curve.y)
    if xs is None or ys is None or len(xs) != len(record.x) or len(ys) != len(record.y):
        return math.inf
    if any(abs(a - b) > 1e-9 * max(1.0, abs(b)) for a, b in zip(xs, record.x, strict=True)):
        return math.inf
    shares = [0.0]
    for i, (y, wanted) in enumerate(zip(ys, record.y, strict=True)):
        tolerance = allowed(curve, record, i)
        if not math.isfinite(y):
            return math.inf
        if y != wanted:
            shares.append(abs(y - wanted) / tolerance if tolerance else math.inf)
    return max(shares)


def _reason(subject: Subject, outcome: Outcome) -> str:
    before = subject.outcome
    if outcome.arrays != before.arrays:
        share = worst(subject, subject.witness.asserted, outcome)
        if share:
            return f"a curve moves by {share:.1g} of its tolerance, and its shapes hold"
        return "only a curve moves of which no more than its shape is asserted, and that holds"
    if outcome.stdout != before.stdout:
        return "only a printed line differs"
    return "nothing that the program shows differs"


def _run(declared: Declaration, wheels: Any, code: str) -> Outcome:
    return run_checked(code, declared, settle(declared, {}), LIMITS, wheels).outcome


def _request(subject: Subject, code: str, record: Record) -> dict[str, Any]:
    return {
        "code": code,
        "original_code_digest": code_digest(code),
        "declaration": subject.declared.to_json(),
        "asserted": {key: curve.to_json() for key, curve in record.items()},
        "settings": {},
        "edited": False,
        "pyodide": PYODIDE,
    }
