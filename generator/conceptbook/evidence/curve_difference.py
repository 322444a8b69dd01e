"""Recorded curves of two revisions held against each other."""

from __future__ import annotations

from collections.abc import Iterator

from conceptbook_kit.declaration import Asserted

from ..diagnostics import Diagnostic, Span
from ..diagnostics.catalogue import changes as rules
from ..load.loaded import LoadedConcept


def rerecorded(old: LoadedConcept, new: LoadedConcept) -> Iterator[Diagnostic]:
    """Each curve whose recorded numbers changed, at the first row that did."""
    before = {
        name: curve
        for witness in old.witnesses.values()
        for name, curve in witness.asserted.items()
    }
    for witness in new.witnesses.values():
        for name, curve in witness.asserted.items():
            if name in before and curve != before[name]:
                row, message = _first_change(before[name], curve)
                span = Span(f"{new.folder}/curves/{name}.csv", row + 2)
                words = f'the curve "{name}" was recorded anew: {message}'
                yield rules.CURVE_RERECORDED.at(span, words)


def _first_change(old: Asserted, new: Asserted) -> tuple[int, str]:
    rows = [_rows(old), _rows(new)]
    length = len(rows[0]), len(rows[1])
    differ = [i for i, pair in enumerate(zip(*rows, strict=False)) if pair[0] != pair[1]]
    first = differ[0] if differ else min(length)
    first = min(first, max(length[1] - 1, 0))
    if old.x != new.x:
        grown = length[0] != length[1]
        return first, f"{length[0]} points became {length[1]}" if grown else "at other x"
    moved = max((abs(a - b) for a, b in zip(old.y, new.y, strict=True)), default=0.0)
    if moved == 0:
        return first, "only tolerances changed"
    return first, f"{len(differ)} of {length[1]} points moved, by at most {moved:.3g}"


def _rows(curve: Asserted) -> list[tuple[float | None, ...]]:
    blank = (None,) * len(curve.x)
    return list(zip(curve.x, curve.y, curve.rtol or blank, curve.atol or blank, strict=True))
