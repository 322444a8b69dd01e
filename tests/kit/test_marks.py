"""Shape marks: labels stay on the plot and out of each other's way."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from conceptbook_kit.declaration import Axis, Curve, Plot
from conceptbook_kit.layers import WIDTH, Layer, Mark
from conceptbook_kit.plot import draw

PLOT = Plot("p", "P", Axis("x"), Axis("y"), (Curve("c", "x", "y", "c"),))


def labels(*marks: Mark) -> list[tuple[float, float, str, str]]:
    """(x, y, anchor, text) of the labels of the marks."""
    xs = tuple(float(x) for x in range(11))
    layer = Layer("c", xs, tuple(x / 10 for x in xs), shapes=list(marks))
    tree = ElementTree.fromstring(draw(PLOT, [layer], ident="t"))
    found = [e for e in tree.iter() if "cb-shape" in e.get("class", "")]
    texts = [t for group in found for t in group.iter() if t.tag.endswith("text")]
    return [
        (
            float(t.get("x", "0")),
            float(t.get("y", "0")),
            t.get("text-anchor", ""),
            "".join(t.itertext()),
        )
        for t in texts
    ]


def test_two_levels_that_lie_close_have_labels_apart() -> None:
    first, second = labels(
        Mark("level", 0, 0.50, x2=10, text="converges 0.5", ok=True),
        Mark("level", 0, 0.51, x2=10, text="converges 0.51", ok=True),
    )
    assert abs(first[1] - second[1]) >= 12


def test_a_label_beside_a_short_range_at_the_right_edge_stays_on_the_plot() -> None:
    [(x, _, anchor, text)] = labels(Mark("range", 9.5, 0, x2=10, text="does not rise", ok=False))
    assert re.match("does not rise", text)
    assert anchor == "end" or x + 7 * len(text) < WIDTH
