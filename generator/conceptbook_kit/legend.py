"""The legend above a plot, where more than one thing is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from conceptbook_kit.declaration import Curve, Plot
from conceptbook_kit.layers import LETTER, RIGHT, SERIES, WIDTH, Layer, Role
from conceptbook_kit.plaintext import plain
from conceptbook_kit.svg import circle, number, rectangle, words

ROW = 22.0
SWATCH = 29.0
ROOM = 1.27
"""Themes set larger text on narrow screens; the legend leaves them this much."""


class Item(NamedTuple):
    """One entry: the classes and the form of its swatch, its text."""

    classes: str
    mark: str
    text: str


def items(plot: Plot, layers: Sequence[Layer]) -> list[Item]:
    """The curves where there are several, and the roles where there are several."""
    roles = {layer.role for layer in layers}
    top: Role = "live" if "live" in roles else "asserted"
    found = []
    if len(plot.curves) > 1:
        found = [_item(curve, i, top, plain(curve.label)) for i, curve in enumerate(plot.curves)]
    elif "live" in roles and len(roles) > 1:
        found.append(_item(plot.curves[0], 0, "live", "this run"))
    if "provisional" in roles:
        found.append(_item(plot.curves[0], 0, "provisional", "this run, so far"))
    if "asserted" in roles and len(roles) > 1:
        found.append(_item(plot.curves[0], 0, "asserted", "recorded"))
    if "ghost" in roles:
        found.append(_item(plot.curves[0], 0, "ghost", "earlier runs"))
    return found


def rows(found: Sequence[Item]) -> list[list[tuple[float, Item]]]:
    """The entries with their x, in as many rows as the width asks for."""
    placed: list[list[tuple[float, Item]]] = []
    x = WIDTH
    for item in found:
        width = SWATCH + ROOM * LETTER * len(item.text) + 14
        if x + width > WIDTH - RIGHT:
            placed.append([])
            x = 4.0
        placed[-1].append((x, item))
        x += width
    return placed


def draw(placed: Sequence[Sequence[tuple[float, Item]]]) -> list[str]:
    """The rows at the top of the plot."""
    if not placed:
        return []
    parts = ['<g class="cb-legend">']
    for index, row in enumerate(placed):
        y = 16 + ROW * index
        for x, item in row:
            parts.append(f'<g class="{item.classes}">{_swatch(item, x, y - 4.5)}</g>')
            parts.append(words(x + SWATCH, y, item.text))
    parts.append("</g>")
    return parts


def _item(curve: Curve, index: int, role: Role, text: str) -> Item:
    return Item(f"cb-series cb-s{index % SERIES + 1} cb-{role}", curve.mark, text)


def _swatch(item: Item, x: float, y: float) -> str:
    if item.mark == "points":
        return circle((x + 11, y), 3.5)
    if item.mark == "bars":
        box = rectangle(x + 5, y - 6, 12, 12)
        return f'<rect class="cb-bar" {box}/>'
    return f'<path class="cb-line" fill="none" d="M{number(x)},{number(y)}h22"/>'
