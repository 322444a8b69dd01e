"""A concept as a Jupyter notebook that runs from top to bottom and judges its own curves."""

from __future__ import annotations

from pprint import pformat
from typing import Any

from ..diagnostics import EnvironmentLacks
from ..load import LoadedConcept, LoadedNotebook, LoadedWitness
from .markdown_export import claim_lines
from .portable import portable_line, portable_sections, references

JUDGE = """\
# Every point within its tolerance of the recorded curve, as on the concept's page.
def hold_against_record(found, recorded):
    import numpy as np

    for name, curve in recorded.items():
        x, y = np.asarray(found[curve["x"]], float), np.asarray(found[curve["y"]], float)
        at, asserted = np.array(curve["at"]), np.array(curve["is"])
        assert x.shape == at.shape and np.allclose(x, at, rtol=1e-12, atol=0), f"{{name}}: its grid"
        allowed = np.array(curve["atol"]) + np.array(curve["rtol"]) * np.abs(asserted)
        assert np.all(np.abs(y - asserted) <= allowed), f"{{name}} does not hold"
        print(f"{{name}} holds")


hold_against_record(globals(), {recorded})
"""


def write_ipynb(concept: LoadedConcept, notebook: LoadedNotebook) -> str:
    """nbformat 4.5, the same text every time. Raises EnvironmentLacks without nbformat."""
    try:
        from nbformat import v4, writes
    except ImportError as missing:
        raise EnvironmentLacks(
            "nbformat is not installed: pip install 'conceptbook[export]'"
        ) from missing
    cells: list[Any] = []

    def add(make: Any, source: str) -> None:
        cells.append(make(source, id=f"cell-{len(cells) + 1}"))

    sections = portable_sections(concept, notebook)
    demo = sections.pop("Demo", "")
    add(
        v4.new_markdown_cell,
        f"# {concept.record.title}\n\n{portable_line(concept.record.summary, notebook)}",
    )
    for heading, text in sections.items():
        add(v4.new_markdown_cell, f"## {heading}\n\n{text}")
    for witness in concept.witnesses.values():
        if not witness.runs:
            add(v4.new_markdown_cell, _listing(witness))
            continue
        add(v4.new_code_cell, witness.code.strip())
        if judged := _recorded(witness):
            add(v4.new_code_cell, JUDGE.format(recorded=judged).strip())
    if demo:
        add(v4.new_markdown_cell, f"## Demo\n\n{demo}")
    for heading, lines in (
        ("Claims", claim_lines(concept, notebook)),
        ("Works", references(concept, notebook)),
    ):
        if lines:
            add(v4.new_markdown_cell, f"## {heading}\n\n" + "\n".join(lines))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    made = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    return writes(made) + "\n"


def _listing(witness: LoadedWitness) -> str:
    """A program that cannot run everywhere, so that the cells still run from top to bottom."""
    return f"{witness.record.not_runnable}\n\n```python\n{witness.code.strip()}\n```"


def _recorded(witness: LoadedWitness) -> str | None:
    """The curves that are judged by their points, as a literal; None where there is none."""
    curves = {}
    for curve in witness.record.curves:
        asserted = witness.asserted.get(curve.id)
        if asserted is None or curve.judge != "points":
            continue
        largest = max(map(abs, asserted.y))
        atol = 1e-9 * largest if curve.atol is None else curve.atol
        curves[curve.id] = {
            "x": curve.x,
            "y": curve.y,
            "rtol": list(asserted.rtol) if asserted.rtol else curve.rtol,
            "atol": list(asserted.atol) if asserted.atol else atol,
            "at": list(asserted.x),
            "is": list(asserted.y),
        }
    return pformat(curves, width=100, compact=True, sort_dicts=False) if curves else None
