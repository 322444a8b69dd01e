"""Small pieces of SVG; coordinates with at most two decimals, text escaped."""

from __future__ import annotations

from html import escape

from conceptbook_kit.plaintext import plain


def label(text: str) -> str:
    """A label of the author's as escaped plain text."""
    return escape(plain(text))


def words(x: float, y: float, text: str, *, anchor: str | None = None) -> str:
    """A text with its baseline at (x, y)."""
    at = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{number(x)}" y="{number(y)}"{at}>{escape(text)}</text>'


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line."""
    return f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"/>'


def circle(point: tuple[float, float], radius: float) -> str:
    """A data point."""
    x, y = number(point[0]), number(point[1])
    return f'<circle class="cb-point" cx="{x}" cy="{y}" r="{radius:g}"/>'


def rectangle(x: float, y: float, width: float, height: float) -> str:
    """The attributes of a box."""
    return f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'


def number(value: float) -> str:
    """At most two decimals, no trailing zeros, no minus zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
