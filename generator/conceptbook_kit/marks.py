"""Shapes on the plot: a ring at a peak, a bracket along a fall, a dashed line at a level."""

from __future__ import annotations

from collections.abc import Sequence

from conceptbook_kit.layers import LETTER, RIGHT, WIDTH, Frame, Mark
from conceptbook_kit.svg import line, number, words

MOST_MARKS = 5
RANGE_ROW = 16.0
LINE = 14.0


def draw(marks: Sequence[Mark], frame: Frame) -> list[str]:
    """The first few marks; more would hide the curve."""
    parts = []
    ranges: list[tuple[float, float, int]] = []
    levels: list[float] = []
    for mark in list(dict.fromkeys(marks))[:MOST_MARKS]:
        if mark.kind == "point":
            body = _point(mark, frame)
        elif mark.kind == "level":
            body = _level(mark, frame, levels)
        else:
            body = _range(mark, frame, ranges)
        if body:
            classes = "cb-shape" if mark.ok else "cb-shape cb-broken"
            parts.append(f'<g class="{classes}">{body}</g>')
    return parts


def _point(mark: Mark, frame: Frame) -> str:
    place = frame.point(mark.x, mark.y)
    if place is None or not frame.top - 5 <= place[1] <= frame.bottom + 5:
        return ""
    x, y = place
    ring = f'<circle cx="{number(x)}" cy="{number(y)}" r="6.5" fill="none"/>'
    height = max(y + 4.5, frame.top + 8)
    if x + 12 + LETTER * len(mark.text) < WIDTH - RIGHT:
        return ring + words(x + 12, height, mark.text)
    return ring + words(x - 12, height, mark.text, anchor="end")


def _level(mark: Mark, frame: Frame, taken: list[float]) -> str:
    """A dashed line with its label above it, or below where another label is in the way."""
    left, right = frame.point(mark.x, mark.y), frame.point(mark.x2, mark.y)
    if left is None or right is None or not frame.top <= left[1] <= frame.bottom:
        return ""
    dashes = f'<g stroke-dasharray="4 4">{line(*left, *right)}</g>'
    height = left[1] - 6
    if any(abs(height - other) < LINE for other in taken):
        height = left[1] + LINE
    taken.append(height)
    return dashes + words(right[0], height, mark.text, anchor="end")


def _range(mark: Mark, frame: Frame, taken: list[tuple[float, float, int]]) -> str:
    """A bracket just above the x axis, a row higher where another one is in the way."""
    left, right = frame.x.place(mark.x), frame.x.place(mark.x2 if mark.x2 is not None else mark.x)
    if left is None or right is None or right - left < 8:
        return ""
    middle, half = (left + right) / 2, LETTER * len(mark.text) / 2 + 5
    beside = right - left < 2 * half + 12
    reach = right + (2 * half if beside else 0)
    row = 0
    while any(a < reach and left < b and row == r for a, b, r in taken):
        row += 1
    taken.append((left, reach, row))
    y = frame.bottom - 10 - RANGE_ROW * row
    ends = f"M{number(left)},{number(y - 4)}v8M{number(right)},{number(y - 4)}v8"
    rule = f"M{number(left)},{number(y)}H"
    if beside:
        path = f"{ends}{rule}{number(right)}"
        if right + 6 + LETTER * len(mark.text) < WIDTH:
            text = words(right + 6, y + 4, mark.text)
        else:
            text = words(left - 6, y + 4, mark.text, anchor="end")
    else:
        path = f"{ends}{rule}{number(middle - half)}M{number(middle + half)},{number(y)}"
        path += f"H{number(right)}"
        text = words(middle, y + 4, mark.text, anchor="middle")
    return f'<path fill="none" d="{path}"/>{text}'
