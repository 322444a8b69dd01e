"""A plot of a witness: its recorded curves as SVG, their tolerances in words, their numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from conceptbook_kit import declaration as kit
from conceptbook_kit.plaintext import plain
from conceptbook_kit.plot import draw
from conceptbook_kit.scales import format_number
from conceptbook_kit.stage import marks, recorded
from markupsafe import Markup

from ...load import LoadedWitness
from ..prose import inline
from ..resolver import PageResolver
from .law import Laws, laws

DIGITS = 6
"""Significant digits of the tables; the CSV has them all."""

MOST_ROWS = 60
"""A longer table shows some points of the grid, evenly."""

Results = Mapping[str, Mapping[str, Any]]
"""The recorded verdict's curves by id."""


@dataclass(frozen=True)
class Table:
    """The points of curves over one grid."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    of: int | None = None
    """How many points there are, where the table does not show all."""


@dataclass(frozen=True)
class Plot:
    """One stage."""

    id: str
    title: str
    svg: Markup
    caption: Markup
    tolerance: str
    curves: tuple[str, ...]
    tables: tuple[Table, ...]
    laws: tuple[Laws, ...]


def views(
    witness: LoadedWitness, declaration: kit.Declaration, results: Results, resolver: PageResolver
) -> tuple[Plot, ...]:
    """Every plot of the witness."""
    return tuple(
        view(index, plot, witness, results, resolver)
        for index, plot in enumerate(declaration.plots)
    )


def view(
    index: int, plot: kit.Plot, witness: LoadedWitness, results: Results, resolver: PageResolver
) -> Plot:
    """The plot at a position of the witness's declaration."""
    concept = resolver.shown.concepts[resolver.concept or ""]
    place = ("witnesses", witness.index, "plots", index)
    return Plot(
        id=plot.id,
        title=plain(plot.title),
        svg=_svg(plot, witness, results),
        caption=inline(concept.prose, resolver, *place, "caption"),
        tolerance=_tolerance(plot),
        curves=tuple(curve.id for curve in plot.curves),
        tables=_tables(plot, witness),
        laws=laws(plot, place, results, concept.prose, resolver),
    )


def thumbnail(witness: LoadedWitness, name: str = "thumbnail") -> Markup:
    """The first plot's recorded curves without marks; ids begin with the name and the concept's."""
    declaration = witness.declaration
    if declaration is None or not declaration.plots:
        return Markup("")
    plot = declaration.plots[0]
    ident = f"{name}-{declaration.concept.replace('/', '-')}"
    return Markup(draw(plot, recorded(plot, witness.asserted), ident=ident))


def _svg(plot: kit.Plot, witness: LoadedWitness, results: Results) -> Markup:
    layers = []
    for layer in recorded(plot, witness.asserted):
        shapes = results.get(layer.curve_id, {}).get("shapes", ())
        layers.append(replace(layer, shapes=marks(shapes, layer.x, layer.y)))
    ident = re.sub(r"[^a-z0-9-]+", "-", f"plot-{witness.record.id}-{plot.id}".lower())
    return Markup(draw(plot, layers, ident=ident))


def _tolerance(plot: kit.Plot) -> str:
    """How closely a run must meet the record, in one sentence a kind of tolerance."""
    by_words: dict[str, list[str]] = {}
    for curve in plot.curves:
        by_words.setdefault(_allowed(curve), []).append(plain(curve.label))
    if len(by_words) == 1:
        return next(iter(by_words))
    return " ".join(f"{', '.join(labels)}: {said}" for said, labels in by_words.items())


def _allowed(curve: kit.Curve) -> str:
    if curve.judge == "shapes":
        return "Recorded picture; only its shape is asserted."
    parts = []
    if curve.rtol:
        parts.append(f"{format_number(curve.rtol)} of its recorded value")
    if curve.atol:
        parts.append(format_number(curve.atol))
    elif curve.atol is None:
        parts.append("a billionth of the largest")
    said = f"Every point of a run must lie within {' plus '.join(parts) or 'nothing'}."
    because = plain(curve.tolerance_because or "")
    return f"{said} {because}".strip()


def _tables(plot: kit.Plot, witness: LoadedWitness) -> tuple[Table, ...]:
    """One table for each grid; curves over the same x share it."""
    grids: dict[tuple[float, ...], list[kit.Curve]] = {}
    for curve in plot.curves:
        if curve.id in witness.asserted:
            grids.setdefault(witness.asserted[curve.id].x, []).append(curve)
    x_name = plain(plot.x.label)
    tables = []
    for x, curves in grids.items():
        columns = [x, *(witness.asserted[curve.id].y for curve in curves)]
        rows = list(zip(*columns, strict=True))
        shown = _evenly(rows)
        tables.append(
            Table(
                heads=(x_name, *(plain(curve.label) for curve in curves)),
                rows=tuple(tuple(format_number(cell, DIGITS) for cell in row) for row in shown),
                of=len(rows) if len(shown) < len(rows) else None,
            )
        )
    return tuple(tables)


def _evenly(rows: Sequence[tuple[float, ...]]) -> Sequence[tuple[float, ...]]:
    """Every so manieth row, and the last."""
    step = math.ceil((len(rows) - 1) / (MOST_ROWS - 1)) if len(rows) > MOST_ROWS else 1
    return [*rows[:-1:step], *rows[-1:]]
