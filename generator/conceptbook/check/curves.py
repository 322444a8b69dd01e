"""Curves: recorded, by the present code, of names that exist, within honest tolerances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..diagnostics import Diagnostic, Span, did_you_mean
from ..diagnostics.catalogue import witnesses as rules
from ..evidence.digests import run_digest
from ..load import FieldPath, LoadedConcept, LoadedNotebook, LoadedWitness
from ..model.witness import Curve
from .programs import Program, unread_imports

WIDE_RTOL = 0.05
WIDE_SHARE = 0.05
"""Of the range of y: beyond it an absolute tolerance must be explained."""


def curves(each: Program) -> Iterator[tuple[FieldPath, Curve]]:
    """The curves of a witness, each with its path below the witness's record."""
    for p, plot in enumerate(each.witness.record.plots):
        for c, curve in enumerate(plot.curves):
            yield ("plots", p, "curves", c), curve


def not_recorded(notebook: LoadedNotebook, each: Program) -> Iterator[Diagnostic]:
    for at, curve in curves(each):
        path = f"{each.concept.folder}/curves/{curve.id}.csv"
        if curve.id in each.witness.asserted or path in notebook.broken:
            continue
        yield rules.CURVE_NOT_RECORDED.at(
            each.field(*at, "id"),
            f'the curve "{curve.id}" has no curves/{curve.id}.csv',
            f"run `conceptbook record {each.concept.id} --accept`",
        )


def older_than_code(notebook: LoadedNotebook, each: Program) -> Iterator[Diagnostic]:
    """Curves that other code, or another declaration, recorded."""
    witness, concept = each.witness, each.concept
    if not (witness.asserted and witness.declaration):
        return
    if f"{concept.folder}/curves/record.json" in notebook.broken:
        return
    run = concept.run_record.get("witnesses", {}).get(witness.record.id)
    hint = f"run `conceptbook record {concept.id}`, look at the difference, then `--accept`"
    if run is None:
        yield rules.CURVE_OLDER_THAN_CODE.at(
            each.field("id"),
            f"nothing says which code recorded the curves of {witness.record.path}",
            hint,
        )
    elif is_older(concept, witness) and not any(unread_imports(notebook, each)):
        yield rules.CURVE_OLDER_THAN_CODE.at(
            each.field("id"),
            f"the curves of {witness.record.path} were recorded by other code, or under "
            "another declaration",
            hint,
            related=[(Span(f"{concept.folder}/curves/record.json"), "recorded here")],
        )


def edited(notebook: LoadedNotebook, each: Program) -> Iterator[Diagnostic]:
    """Curves whose CSV differs from the run that record.json vouches for."""
    run = each.concept.run_record.get("witnesses", {}).get(each.witness.record.id)
    if run is None or is_older(each.concept, each.witness):
        return
    recorded = {curve["id"]: curve.get("points", ()) for curve in run["verdict"]["curves"]}
    for name, asserted in each.witness.asserted.items():
        points = [(point["x"], point["asserted"]) for point in recorded.get(name, ())]
        written = list(zip(asserted.x, asserted.y, strict=True))
        if not points or points == written:
            continue
        row = next((i for i, pair in enumerate(written) if pair not in points), len(written) - 1)
        yield rules.EDITED_CURVE.at(
            Span(f"{each.concept.folder}/curves/{name}.csv", row + 2),
            f'the recorded run of {each.witness.record.path} left other numbers in "{name}"',
            f"run `conceptbook record {each.concept.id}`, look at the difference, then `--accept`",
        )


def belied(notebook: LoadedNotebook, each: Program) -> Iterator[Diagnostic]:
    """Recorded runs that do not hold, or whose points are not what their marks say."""
    run = each.concept.run_record.get("witnesses", {}).get(each.witness.record.id)
    if run is None or is_older(each.concept, each.witness):
        return
    verdict, program = run["verdict"], each.witness.record.path
    span = Span(f"{each.concept.folder}/curves/record.json")
    hint = f"run `conceptbook record {each.concept.id}`, and mend what does not hold"
    if verdict["state"] != "holds":
        message = f'the recorded run of {program} ended as "{verdict["state"]}"'
        yield rules.RECORD_BELIED.at(span, message, hint)
        return
    for curve in verdict["curves"]:
        if any(not _is_borne_out(point) for point in curve.get("points", ())):
            message = f'the recorded run of {program} marks points of "{curve["id"]}" wrongly'
            yield rules.RECORD_BELIED.at(span, message, hint)


def _is_borne_out(point: Mapping[str, Any]) -> bool:
    """Whether a judged point is within its tolerance exactly where it is marked so."""
    y, asserted, allowed = point.get("y"), point.get("asserted"), point.get("allowed")
    if not all(isinstance(value, int | float) for value in (y, asserted, allowed)):
        return not point.get("ok")
    return (abs(y - asserted) <= allowed) == bool(point.get("ok"))


def is_older(concept: LoadedConcept, witness: LoadedWitness) -> bool:
    """Whether no record of a run of the present code and declaration exists."""
    run = concept.run_record.get("witnesses", {}).get(witness.record.id)
    if run is None or witness.declaration is None:
        return True
    return run["digest"] != run_digest(witness.declaration, witness.code)


def unbound_names(notebook: LoadedNotebook, each: Program) -> Iterator[Diagnostic]:
    """Names of sequences that the program does not bind at top level."""
    if each.tree is None:
        return
    for at, curve in curves(each):
        named = [(curve.x, (*at, "x")), (curve.y, (*at, "y"))]
        if curve.band:
            named += [(curve.band.low, (*at, "band", "low"))]
            named += [(curve.band.high, (*at, "band", "high"))]
        for name, path in named:
            if name not in each.names:
                yield unbound(each, name, each.field(*path))


def unbound(each: Program, name: str, span: Span) -> Diagnostic:
    """The diagnostic for a name that the program does not bind."""
    return rules.UNBOUND_NAME.at(
        span,
        f'{each.witness.record.path} binds no "{name}" at top level',
        did_you_mean(name, each.names),
    )


def tolerances(notebook: LoadedNotebook, each: Program) -> Iterator[Diagnostic]:
    """Wide tolerances give their reason."""
    for at, curve in curves(each):
        if curve.tolerance_because is None and (found := _wide(each, curve)):
            key, message = found
            yield rules.UNEXPLAINED_TOLERANCE.at(
                each.field(*at, key), message, "give the reason in `tolerance_because`"
            )


def _wide(each: Program, curve: Curve) -> tuple[str, str] | None:
    asserted = each.witness.asserted.get(curve.id)
    in_file = max(asserted.rtol, default=0.0) if asserted and asserted.rtol else 0.0
    if curve.rtol > WIDE_RTOL:
        return "rtol", f'the rtol of "{curve.id}", {curve.rtol:g}, is above 5 %'
    if in_file > WIDE_RTOL:
        return "id", f'the CSV of "{curve.id}" has an rtol of {in_file:g}, above 5 %'
    spread = max(asserted.y) - min(asserted.y) if asserted else 0.0
    if not spread:
        return None
    column = max(asserted.atol, default=0.0) if asserted.atol else 0.0
    share = f"above 5 % of its range, {spread:.3g}"
    if curve.atol is not None and curve.atol > WIDE_SHARE * spread:
        return "atol", f'the atol of "{curve.id}", {curve.atol:g}, is {share}'
    if column > WIDE_SHARE * spread:
        return "id", f'the CSV of "{curve.id}" has an atol of {column:g}, {share}'
    return None


def shapes_wanted(notebook: LoadedNotebook, each: Program) -> Iterator[Diagnostic]:
    """Curves that are judged by shapes and declare none."""
    for at, curve in curves(each):
        if curve.judge == "shapes" and not curve.shapes:
            yield rules.SHAPE_WANTED.at(
                each.field(*at, "judge"),
                f'the curve "{curve.id}" is judged by shapes and declares none',
                "declare a shape, or judge by points",
            )
