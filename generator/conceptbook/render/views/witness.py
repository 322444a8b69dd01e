"""A witness: listing, controls, plots, laws, and what was recorded of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conceptbook_kit import declaration as kit
from conceptbook_kit.judge import code_digest
from conceptbook_kit.plaintext import plain
from markupsafe import Markup

from ...load import LoadedConcept, LoadedWitness
from ...markup.highlight import highlight
from .. import words
from ..data_file import DataFile, data_file
from ..prose import inline
from ..resolver import PageResolver
from . import plot as plots
from .plot import Plot


@dataclass(frozen=True)
class Control:
    """One input; `kind` is range, number or choice."""

    id: str
    name: str
    label: str
    help: str
    kind: str
    value: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Witness:
    """One program with its demo."""

    id: str
    concept: str
    title: str
    file: str
    lines: int
    code: Markup
    promised: Markup
    """The JSON of the declaration and the program's digest."""
    record: DataFile
    """The recorded curves, and what the recorded run computed, in a file beside the page."""
    controls: tuple[Control, ...]
    plots: tuple[Plot, ...]
    run: str | None
    """What was recorded of it."""
    wheels: str
    """The locked wheels that it imports, "mpmath 1.3.0"; empty for most."""

    @property
    def tolerance(self) -> str | None:
        """How closely a run must meet the record, where that is the same for every plot."""
        said = {plot.tolerance for plot in self.plots}
        return said.pop() if len(said) == 1 else None

    @property
    def record_file(self) -> str:
        """Where the record is, from the page."""
        return self.record.path

    @property
    def has_laws(self) -> bool:
        return any(plot.laws for plot in self.plots)

    @property
    def names_repeat(self) -> bool:
        """Curves of several plots go by one name, so that a law must name its plot too."""
        names = [group.curve for plot in self.plots for group in plot.laws]
        return len(names) > len(set(names))


@dataclass(frozen=True)
class Listing:
    """A program that is shown and never run."""

    id: str
    title: str
    file: str
    lines: int
    code: Markup
    why: Markup


def listing(concept: LoadedConcept, witness: LoadedWitness, resolver: PageResolver) -> Listing:
    """The program and why it is not run."""
    record = witness.record
    return Listing(
        id=record.id,
        title=plain(record.title or concept.record.title),
        file=record.path,
        lines=witness.code.count("\n"),
        code=Markup(highlight(witness.code)),
        why=inline(concept.prose, resolver, "witnesses", witness.index, "not_runnable"),
    )


def view(concept: LoadedConcept, witness: LoadedWitness, resolver: PageResolver) -> Witness | None:
    """None where the program cannot be read, which `check` has said."""
    declaration = witness.declaration
    if declaration is None:
        return None
    verdict = recorded_verdict(concept, witness)
    results = {curve["id"]: curve for curve in verdict.get("curves", ())}
    return Witness(
        id=witness.record.id,
        concept=concept.id,
        title=plain(declaration.title),
        file=witness.record.path,
        lines=witness.code.count("\n"),
        code=Markup(highlight(witness.code)),
        promised=embedded(
            {"declaration": declaration.to_json(), "code": code_digest(witness.code)}
        ),
        record=_record(witness, results),
        controls=tuple(_control(declaration, control) for control in declaration.controls),
        plots=plots.views(witness, declaration, results, resolver),
        run=_run(verdict),
        wheels=words.listed([" ".join(w.file.split("-")[:2]) for w in declaration.wheels]),
    )


def _record(witness: LoadedWitness, results: Mapping[str, Any]) -> DataFile:
    data = {
        "asserted": {key: curve.to_json() for key, curve in witness.asserted.items()},
        "native": {key: results.get(key, {}).get("y", []) for key in witness.asserted},
    }
    return data_file(f"witness-{witness.record.id}", data)


def recorded_verdict(concept: LoadedConcept, witness: LoadedWitness) -> Mapping[str, Any]:
    """The Verdict of the last recorded run, of whatever code; empty where there is none."""
    entry = concept.run_record.get("witnesses", {}).get(witness.record.id, {})
    return entry.get("verdict", {})


def ran_on(verdict: Mapping[str, Any]) -> list[str]:
    """What a recorded run ran on: ["Python 3.13.2", "numpy 2.2.5"], as far as it says."""
    runtime = verdict.get("runtime", {})
    named = (("Python", "python"), ("numpy", "numpy"))
    return [f"{name} {runtime[key]}" for name, key in named if runtime.get(key)]


def embedded(data: Any) -> Markup:
    """JSON that may stand inside a script element: no character of it means anything to HTML."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _control(declaration: kit.Declaration, control: kit.Control) -> Control:
    return Control(
        id=f"control-{declaration.witness}-{control.name}",
        name=control.name,
        label=plain(control.label),
        help=plain(control.help or ""),
        kind=_kind(control),
        value=_shown(control.default, control.unit),
        options=tuple(_shown(value, None) for value in control.choices or _booleans(control)),
    )


def _kind(control: kit.Control) -> str:
    if control.choices or isinstance(control.default, bool):
        return "choice"
    return "range" if control.min is not None and control.max is not None else "number"


def _booleans(control: kit.Control) -> tuple[bool, ...]:
    return (False, True) if isinstance(control.default, bool) else ()


def _shown(value: kit.Scalar, unit: str | None) -> str:
    text = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    return f"{text} {unit}" if unit else text


def _run(verdict: Mapping[str, Any]) -> str | None:
    """The recorded run in a sentence, without its date, which no build knows."""
    if not verdict:
        return None
    curves = verdict.get("curves", ())
    shapes = sum(len(curve.get("shapes", ())) for curve in curves)
    parts = [words.count(len(curves), "curve")] if curves else []
    parts += [words.count(shapes, "law")] if shapes else []
    what = " and ".join(parts) or "its assertions"
    held = "held" if verdict.get("ok") else "did not hold"
    versions = ran_on(verdict)
    by = f" ({', '.join(versions)})" if versions else ""
    return f"In the recorded run, {what} {held}{by}."
