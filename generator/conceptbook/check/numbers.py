"""Numbers in prose against the curves that they come from."""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation

from conceptbook_kit.declaration import Asserted

from ..diagnostics import Diagnostic
from ..diagnostics.catalogue import prose as rules
from ..load import LoadedNotebook, absolute
from ..markup import ObjectLink

GRID_RTOL = 1e-9
SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def number_fault(notebook: LoadedNotebook, here: str, link: ObjectLink) -> Diagnostic | None:
    """A number that is not its curve's, rounded to its own digits; None where it is.

    An empty text is no fault (the page prints the recorded number), nor is a curve that is not
    recorded (that is another rule's).
    """
    curve = recorded(notebook, absolute(link.target, here))
    if curve is None:
        return None
    x = float(link.value or "nan")
    index = on_grid(curve, x)
    if index is None:
        nearest = min(curve.x, key=lambda value: abs(value - x))
        return rules.BROKEN_LINK.at(
            link.span,
            f"the curve has no recorded point at x = {link.value}",
            f"the nearest is x = {nearest:g}",
        )
    if not link.text.strip():
        return None
    said = decimal(link.text)
    if said is None:
        return rules.DRIFTED_NUMBER.at(
            link.span,
            f'"{link.text}" is no number',
            "put the number alone into the brackets, and the words around them",
        )
    y = curve.y[index]
    if is_rounded(said, y):
        return None
    return rules.DRIFTED_NUMBER.at(
        link.span,
        f"the text says {link.text.strip()}; the curve is {y!r} at x = {link.value}",
        f"write {rounded(y, said)}",
    )


def recorded(notebook: LoadedNotebook, curve: str) -> Asserted | None:
    """The recorded curve with an absolute id, domain/concept/curve."""
    owner, _, name = curve.rpartition("/")
    concept = notebook.concepts.get(owner)
    for witness in concept.witnesses.values() if concept else ():
        if name in witness.asserted:
            return witness.asserted[name]
    return None


def on_grid(curve: Asserted, x: float) -> int | None:
    """The index of the recorded point at x."""
    for index, value in enumerate(curve.x):
        if math.isfinite(x) and abs(value - x) <= GRID_RTOL * max(abs(value), abs(x)):
            return index
    return None


def decimal(text: str) -> Decimal | None:
    """The number that a text spells: `0.089`, `−3`, `1e-6`, `1.2 × 10⁻⁶`."""
    text = text.strip().replace("\u2212", "-").translate(SUPERSCRIPTS)
    text = re.sub(r"\s*×\s*10(-?\d+)$", r"e\1", text)
    try:
        number = Decimal(text) if re.fullmatch(r"[-+\d.eE]+", text) else None
    except InvalidOperation:
        return None
    return number if number is not None and abs(number.adjusted()) < 400 else None


def is_rounded(said: Decimal, y: float) -> bool:
    """Whether `said` is y rounded to the digits of `said`; either way for a tie."""
    half = Decimal((0, (5,), int(said.as_tuple().exponent) - 1))
    return abs(Decimal(repr(y)) - said) <= half


def rounded(y: float, like: Decimal) -> str:
    """y with as many decimals as `like`; with as many digits where that would leave none."""
    exponent = int(like.as_tuple().exponent)
    exact = Decimal(repr(y))
    if not exact or exact.adjusted() < exponent:
        return f"{y:.{len(like.as_tuple().digits)}g}"
    if exact.adjusted() - exponent > 17:
        return f"{y!r}"
    return str(exact.quantize(Decimal((0, (1,), exponent)))).lower()
