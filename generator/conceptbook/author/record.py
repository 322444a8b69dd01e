"""Runs witnesses and writes what they computed into `curves/`, once their author accepts it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from conceptbook_kit.declaration import Asserted, Band, Curve, Declaration, Scalar
from conceptbook_kit.judge import code_digest, judge
from conceptbook_kit.outcome import Outcome

from ..evidence.digests import run_digest
from ..load.loaded import LoadedConcept, LoadedNotebook, LoadedWitness
from .atomic import replace_file
from .difference import CurveChange, compared

SCHEMA = 1
NOT_RECORDED = frozenset({"stdout", "duration_s"})
"""Parts of a verdict that differ from run to run and decide nothing."""


class Run(Protocol):
    """What a native run gives: `witness.native.NativeRun`."""

    @property
    def outcome(self) -> Outcome: ...
    @property
    def runtime(self) -> Mapping[str, Any]: ...
    @property
    def platform(self) -> str: ...


Runner = Callable[[LoadedWitness, Mapping[str, Scalar]], Run]
"""Runs a loaded witness at settings; `{}` is the asserted one."""


@dataclass(frozen=True)
class WitnessRecord:
    """One witness: its verdict against the curves as they are written, and each change."""

    witness: str
    verdict: Mapping[str, Any] | None
    """None where the program or its declaration could not be read."""
    curves: tuple[CurveChange, ...]
    refused: str | None
    """Why nothing may be written, or None."""


@dataclass(frozen=True)
class RecordResult:
    """What a run would write, or wrote."""

    concept: str
    accepted: bool
    witnesses: tuple[WitnessRecord, ...]
    written: tuple[str, ...]
    """Files that were written, relative to the root; without `accept`, that would be."""

    @property
    def ok(self) -> bool:
        return not any(witness.refused for witness in self.witnesses)


@dataclass(frozen=True)
class _Proposal:
    record: WitnessRecord
    files: Mapping[str, bytes]
    """CSV by file name in curves/: only the curves that change."""
    entry: Mapping[str, Any] | None
    """The witness's part of record.json; None keeps the present one."""


def record(
    notebook: LoadedNotebook,
    concept: str,
    witness: str | None = None,
    *,
    run: Runner,
    accept: bool = False,
    force: bool = False,
) -> RecordResult:
    """Run one witness of a concept, or all, and write their curves if `accept`.

    A curve that still holds keeps its file byte for byte unless `force`; record.json is written
    anew each time. Nothing is written of a witness whose run does not hold, or whose curve is
    not finite; no file is ever deleted. KeyError for an unknown concept or witness.
    """
    loaded = notebook.concepts[concept]
    chosen = [witness] if witness else list(loaded.running)
    proposals = [_propose(loaded, loaded.witnesses[name], run, force) for name in chosen]
    files = {name: content for proposal in proposals for name, content in proposal.files.items()}
    if any(proposal.entry for proposal in proposals):
        # Last: it vouches for the curves.
        files["record.json"] = _record_json(loaded, proposals)
    folder = f"{loaded.folder}/curves"
    written = []
    for name, content in files.items():
        path = notebook.root / folder / name
        if accept:
            changed = replace_file(path, content)
        else:
            changed = not path.is_file() or path.read_bytes() != content
        if changed:
            written.append(f"{folder}/{name}")
    return RecordResult(
        concept, accept, tuple(proposal.record for proposal in proposals), tuple(written)
    )


def csv_text(asserted: Asserted) -> str:
    """A recorded curve as its file has it: header `x,y[,rtol][,atol]`, numbers as `repr`."""
    columns = {
        name: column
        for name in ("x", "y", "rtol", "atol")
        if (column := getattr(asserted, name)) is not None
    }
    rows = zip(*columns.values(), strict=True)
    lines = [",".join(columns), *(",".join(repr(float(v)) for v in row) for row in rows)]
    return "\n".join(lines) + "\n"


def _propose(concept: LoadedConcept, witness: LoadedWitness, run: Runner, force: bool) -> _Proposal:
    declaration, name = witness.declaration, witness.record.id
    if declaration is None:
        reason = "the program or its controls cannot be read; run `conceptbook check`"
        return _Proposal(WitnessRecord(name, None, (), reason), {}, None)
    done = run(witness, {})
    digest = run_digest(declaration, witness.code)
    same_code = concept.run_record.get("witnesses", {}).get(name, {}).get("digest") == digest
    changes, asserted = _compare(witness, declaration, done.outcome, same_code, force)
    verdict = _verdict(declaration, asserted, witness.code, done)
    refused = _refusal(verdict, changes)
    result = WitnessRecord(name, verdict, tuple(changes), refused)
    if refused:
        return _Proposal(result, {}, None)
    present = witness.asserted
    files = {
        f"{curve}.csv": csv_text(new).encode()
        for curve, new in asserted.items()
        if force or new is not present.get(curve)
    }
    return _Proposal(result, files, _entry(declaration, verdict, digest, done))


def _compare(
    witness: LoadedWitness,
    declaration: Declaration,
    outcome: Outcome,
    same_code: bool,
    force: bool,
) -> tuple[list[CurveChange], dict[str, Asserted]]:
    """Each curve's change, and the curves as they are to be recorded."""
    judged = judge(
        _by_points(declaration),
        witness.asserted,
        outcome,
        settings={},
        code_digest="",
        runtime={},
    )
    changes, asserted = [], {}
    for curve, entry in zip(declaration.curves, judged["curves"], strict=True):
        present = witness.asserted.get(curve.id)
        new, fault = _computed(curve, outcome, present)
        if new is None:
            changes.append(CurveChange(curve.id, "missing", 0, detail=fault))
            continue
        kept = present is not None and _holds(curve, entry, same_code)
        change = compared(curve.id, entry, recorded=present is not None, kept=kept)
        if fault:
            change = replace(change, detail=f"{change.detail}; {fault}")
        changes.append(change)
        asserted[curve.id] = present if present is not None and kept and not force else new
    return changes, asserted


def _by_points(declaration: Declaration) -> Declaration:
    """The declaration with every curve judged by its points and nothing else."""
    plots = tuple(
        replace(plot, curves=tuple(replace(c, judge="points", shapes=()) for c in plot.curves))
        for plot in declaration.plots
    )
    return replace(declaration, plots=plots)


def _holds(curve: Curve, entry: Mapping[str, Any], same_code: bool) -> bool:
    if entry["ok"]:
        return True
    # A picture whose shape alone is asserted may differ from machine to machine; it is drawn
    # again when the program has changed, or its grid.
    same_grid = bool(entry["points"]) and all(p["y"] is not None for p in entry["points"])
    return curve.judge == "shapes" and same_code and same_grid


def _computed(
    curve: Curve, outcome: Outcome, present: Asserted | None
) -> tuple[Asserted | None, str | None]:
    """The curve as the run has it, with the record's own tolerance columns on an equal grid."""
    x, y = outcome.arrays.get(curve.x), outcome.arrays.get(curve.y)
    if x is None or y is None:
        name = curve.x if x is None else curve.y
        return None, outcome.array_faults.get(name, f"the run left no {name!r}")
    if len(x) != len(y):
        return None, f"{curve.y} has {len(y)} points, {curve.x} has {len(x)}"
    if not x:
        return None, "it has no point"
    if not all(map(math.isfinite, [*x, *y])):
        return None, "it holds a number that is not finite"
    new = Asserted(tuple(x), tuple(y))
    if present is None or (present.rtol is None and present.atol is None):
        return new, None
    if new.x != present.x:
        return new, "its tolerance columns go with the old grid"
    return replace(new, rtol=present.rtol, atol=present.atol), None


def _verdict(
    declaration: Declaration, asserted: Mapping[str, Asserted], code: str, done: Run
) -> dict[str, Any]:
    return judge(
        declaration,
        asserted,
        done.outcome,
        settings={},
        code_digest=code_digest(code),
        runtime=done.runtime,
    )


def _refusal(verdict: Mapping[str, Any], changes: list[CurveChange]) -> str | None:
    if verdict["state"] == "error":
        error = verdict["error"]
        line = f"line {error['line']}: " if error["line"] else ""
        return f"{line}{error['message']}"
    missing = [
        f"{change.curve}: {change.detail}" for change in changes if change.state == "missing"
    ]
    return "; ".join(missing or _failing(verdict)) or None


def _failing(verdict: Mapping[str, Any]) -> list[str]:
    """What the run asserts and does not keep: a page must not show it as borne out."""
    if verdict["state"] != "fails":
        return []
    asserts = verdict["asserts"]
    met = asserts["ok"] is not False
    found = [] if met else [f"line {asserts['line']}: {asserts['message'] or 'an assert'} fails"]
    for curve in verdict["curves"]:
        laws = [law for law in curve["shapes"] if not law["ok"]]
        found += [f"{curve['id']}: {law['kind']} does not hold: {law['detail']}" for law in laws]
        if not laws and not curve["ok"]:
            found.append(f"{curve['id']}: {curve['detail'] or 'it does not hold'}")
    return found


def _entry(
    declaration: Declaration, verdict: Mapping[str, Any], digest: str, done: Run
) -> dict[str, Any]:
    bands = {
        curve.id: _band(curve.band, done.outcome) for curve in declaration.curves if curve.band
    }
    return {
        "digest": digest,
        "platform": done.platform,
        "verdict": {key: value for key, value in verdict.items() if key not in NOT_RECORDED},
        **({"bands": bands} if bands else {}),
    }


def _band(band: Band, outcome: Outcome) -> dict[str, list[float | None]]:
    """The spread to draw around a recorded curve; it is not judged."""
    return {
        end: [v if math.isfinite(v) else None for v in outcome.arrays.get(name, [])]
        for end, name in (("low", band.low), ("high", band.high))
    }


def _record_json(concept: LoadedConcept, proposals: list[_Proposal]) -> bytes:
    """record.json with the new entries; entries of witnesses that are no more fall away."""
    entries = {
        name: entry
        for name, entry in concept.run_record.get("witnesses", {}).items()
        if name in concept.running
    }
    entries |= {p.record.witness: p.entry for p in proposals if p.entry is not None}
    content = {"schema": SCHEMA, "witnesses": entries}
    text = json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode()
