"""Runs every witness of a notebook, natively and in the browser, and says which hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conceptbook_kit.declaration import Scalar
from conceptbook_kit.settings import settle

from ..load.loaded import LoadedNotebook, LoadedWitness
from .native import NativeRun
from .nursery import Nursery
from .parity import against_record, between, worst
from .predictions import check_predictions, owner
from .row import PLACES, LeftOut, Place, Row
from .sides import beside
from .trial import declared, judge_native, native_limits, run_checked, wheel_files

if TYPE_CHECKING:
    from .discover import PageWitness


@dataclass(frozen=True)
class VerifyReport:
    """The rows, by concept in the notebook's order, witness and place."""

    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def ok(self) -> bool:
        return all(row.ok for row in self.rows)

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": 1,
            "ok": self.ok,
            "rows": [row.to_json() for row in self.rows],
            "left_out": [asdict(one) for one in self.left_out],
            "sides": [curve.to_json() for curve in beside(self.rows)],
        }


Progress = Callable[[Row, int, int], object]
"""Called after each row: the row, how many are done, how many there will be."""


def verify(
    notebook: LoadedNotebook,
    *,
    executor: Executor,
    places: Collection[Place] = PLACES,
    concepts: Collection[str] | None = None,
    site: Path | None = None,
    base_path: str = "/",
    progress: Progress | None = None,
    nursery: Nursery | None = None,
) -> VerifyReport:
    """Run the witnesses of the notebook, or of some concepts.

    `executor` drives the native subprocesses: threads, or other machines; with a `nursery` only
    threads, since it is of this machine. `site` is the built
    site that the browser opens, under `base_path`. NativeUnavailable or BrowserUnavailable where
    the environment lacks what a place needs.
    """
    chosen = [name for name in notebook.concepts if concepts is None or name in concepts]
    names = [(concept, name) for concept in chosen for name in notebook.concepts[concept].running]
    rows: dict[tuple[str, str, Place], Row] = {}
    total = len(names) * len(set(places))

    def add(row: Row) -> None:
        rows[row.concept, row.witness, row.place] = row
        if progress:
            progress(row, len(rows), total)

    if "native" in places:
        for row in _native(notebook, names, _Runs(notebook, executor, nursery)):
            add(row)
    if "browser" in places:
        if site is None:
            raise ValueError("the browser needs a built site")
        for row in _browser(notebook, names, site, base_path):
            add(_beside(notebook, row, rows.get((row.concept, row.witness, "native"))))
    order = [(*name, place) for name in names for place in PLACES]
    left_out = (
        LeftOut(concept, name, " ".join(witness.record.not_runnable.split()))
        for concept in chosen
        for name, witness in notebook.concepts[concept].witnesses.items()
        if witness.record.not_runnable
    )
    return VerifyReport(tuple(rows[key] for key in order if key in rows), tuple(left_out))


class _Runs:
    """Native runs, each distinct one submitted once."""

    def __init__(
        self, notebook: LoadedNotebook, executor: Executor, nursery: Nursery | None
    ) -> None:
        self._executor = executor
        self._nursery = nursery
        self._notebook = notebook
        self._limits = native_limits(notebook)
        self._futures: dict[str, Future[NativeRun]] = {}

    def submit(
        self, concept: str, witness: LoadedWitness, settings: Mapping[str, Scalar]
    ) -> Future[NativeRun]:
        declaration = declared(witness)
        settled = settle(declaration, settings)
        key = json.dumps([concept, witness.record.id, settled], sort_keys=True)
        if key not in self._futures:
            self._futures[key] = self._executor.submit(
                run_checked,
                witness.code,
                declaration,
                settled,
                self._limits,
                wheel_files(self._notebook, declaration),
                self._nursery,
            )
        return self._futures[key]

    def cancel(self) -> None:
        for future in self._futures.values():
            future.cancel()


def _native(notebook: LoadedNotebook, names: list[tuple[str, str]], runs: _Runs) -> Iterator[Row]:
    try:
        for concept, name in names:
            loaded = notebook.concepts[concept]
            runs.submit(concept, loaded.witnesses[name], {})
            for prediction in loaded.record.predictions:
                if owner(loaded, prediction) == name:
                    runs.submit(concept, loaded.witnesses[name], prediction.set)
        for concept, name in names:
            yield _native_row(notebook, concept, name, runs)
    finally:
        runs.cancel()


def _native_row(notebook: LoadedNotebook, concept: str, name: str, runs: _Runs) -> Row:
    loaded = notebook.concepts[concept]
    witness = loaded.witnesses[name]
    run = runs.submit(concept, witness, {}).result()
    verdict = judge_native(witness, run, {}, concept)
    predictions = check_predictions(
        loaded,
        lambda asked, settings: runs.submit(concept, asked, settings).result().outcome,
        name,
    )
    parity = worst(against_record(declared(witness), witness.asserted, verdict))
    wheels = _wheels(witness)
    return Row(
        concept, name, "native", verdict, run.guards, predictions, parity=parity, wheels=wheels
    )


def _browser(
    notebook: LoadedNotebook, names: list[tuple[str, str]], site: Path, base_path: str
) -> Iterator[Row]:
    # Playwright takes half a second to import, and a native run does not need it.
    from .browser import BrowserRunner

    shown = _shown(site)
    with BrowserRunner(site, base_path) as runner:
        for concept, name in names:
            place = shown.get((concept, name))
            if place is None:
                fault = "no page of the site shows this witness"
                yield Row(concept, name, "browser", None, faults=(fault,))
                continue
            run = runner.run(place.page, name)
            witness = notebook.concepts[concept].witnesses[name]
            parity = None
            if run.verdict:
                parity = worst(against_record(declared(witness), witness.asserted, run.verdict))
            yield Row(
                concept,
                name,
                "browser",
                run.verdict,
                faults=run.faults,
                parity=parity,
                wheels=_wheels(witness),
            )


def _wheels(witness: LoadedWitness) -> tuple[str, ...]:
    return tuple(wheel.file for wheel in declared(witness).wheels)


def _shown(site: Path) -> dict[tuple[str, str], PageWitness]:
    """The page to run each witness on: its concept's own before any other that shows it."""
    from .discover import discover

    shown: dict[tuple[str, str], PageWitness] = {}
    for place in discover(site):
        key = place.concept, place.witness
        if key not in shown or place.page == f"{place.concept}/":
            shown[key] = place
    return shown


def _beside(notebook: LoadedNotebook, row: Row, native: Row | None) -> Row:
    """The browser's row with how far it is from the native one."""
    if native is None or native.verdict is None or row.verdict is None:
        return row
    witness = notebook.concepts[row.concept].witnesses[row.witness]
    parities = between(declared(witness), witness.asserted, native.verdict, row.verdict)
    agreement = worst(parities)
    faults = row.faults
    if agreement and not agreement.ok and row.state == native.state == "holds":
        faults = (*faults, f"the curve {agreement.curve} differs from the native run")
    return replace(row, agreement=agreement, faults=faults)
