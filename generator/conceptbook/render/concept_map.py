"""The prerequisite graph as a layered drawing: each node a link, coloured by class alone."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, HEIGHT = 176, 66
GAP_X, GAP_Y = 52, 18
MARGIN = 4
LINE = 22
"""Characters of a title that fit on one line of a node."""
SWEEPS = 6


@dataclass(frozen=True)
class Node:
    """A concept, or a domain where there are too many concepts."""

    id: str
    title: str
    href: str
    state: str
    """Of its evidence: `good`, `partly`, `open`, `trouble` or `none`."""
    words: str
    """The same in words."""
    needs: tuple[str, ...]


Place = tuple[float, float]
"""The middle of a node."""


def draw(nodes: Sequence[Node], title: str) -> Markup:
    """SVG of the nodes from left to right, each right of what it needs."""
    known = {node.id for node in nodes}
    needs = {node.id: [n for n in node.needs if n in known] for node in nodes}
    layers = layered(needs)
    needs = _without_implied(needs, layers)
    columns = arranged(needs, layers)
    places, width, height = _places(columns)
    edges = "".join(
        _edge(source, places[source], node, places[node])
        for node, sources in needs.items()
        for source in sources
    )
    boxes = "".join(_box(node, places[node.id]) for node in nodes)
    return Markup(
        f'<svg class="map" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="group" aria-label="{escape(title)}">'
        f'<g class="map-edges" aria-hidden="true">{edges}</g>{boxes}</svg>'
    )


def layered(needs: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The length of the longest way to each node; edges that close a circle count for nothing."""
    depth: dict[str, int] = {}
    entered: set[str] = set()

    for start in needs:
        stack = [start]
        while stack:
            node = stack[-1]
            entered.add(node)
            waiting = [n for n in needs[node] if n not in depth and n not in entered]
            if waiting:
                stack.append(waiting[0])
                continue
            stack.pop()
            depth.setdefault(node, 1 + max((depth.get(n, -1) for n in needs[node]), default=-1))
    return depth


def _without_implied(
    needs: Mapping[str, Sequence[str]], layers: Mapping[str, int]
) -> dict[str, list[str]]:
    """Leaves out an edge where a longer way says the same, and those that close a circle."""
    above: dict[str, set[str]] = {}
    kept: dict[str, list[str]] = {node: [] for node in needs}
    for node in sorted(needs, key=lambda n: layers[n]):
        direct = [n for n in needs[node] if layers[n] < layers[node]]
        implied = {far for near in direct for far in above[near]}
        kept[node] = [n for n in direct if n not in implied]
        above[node] = {*direct, *implied}
    return kept


def arranged(
    needs: Mapping[str, Sequence[str]], layers: Mapping[str, int]
) -> list[list[str | None]]:
    """Columns of nodes, each near the middle of its neighbours in the column beside it."""
    columns: list[list[str]] = [[] for _ in range(max(layers.values(), default=-1) + 1)]
    for node in needs:
        columns[layers[node]].append(node)
    after: dict[str, list[str]] = {node: [] for node in needs}
    for node, sources in needs.items():
        for source in sources:
            after[source].append(node)
    for sweep in range(SWEEPS):
        neighbours = needs if sweep % 2 == 0 else after
        for column in columns if sweep % 2 == 0 else reversed(columns):
            height = {
                node: index / max(1, len(other) - 1) if len(other) > 1 else 0.5
                for other in columns
                for index, node in enumerate(other)
            }
            column.sort(key=lambda node: _middle(node, neighbours, height))
    return [list(column) for column in columns]


def _middle(
    node: str, neighbours: Mapping[str, Sequence[str]], height: Mapping[str, float]
) -> float:
    beside = [height[other] for other in neighbours[node]]
    return sum(beside) / len(beside) if beside else height[node]


def _places(columns: Sequence[Sequence[str | None]]) -> tuple[dict[str, Place], float, float]:
    most = max((len(column) for column in columns), default=0)
    height = most * HEIGHT + max(0, most - 1) * GAP_Y + 2 * MARGIN
    width = len(columns) * WIDTH + max(0, len(columns) - 1) * GAP_X + 2 * MARGIN
    places = {}
    for number, column in enumerate(columns):
        own = len(column) * HEIGHT + max(0, len(column) - 1) * GAP_Y
        top = (height - own) / 2
        for index, node in enumerate(column):
            if node is not None:
                x = MARGIN + number * (WIDTH + GAP_X) + WIDTH / 2
                places[node] = (x, top + index * (HEIGHT + GAP_Y) + HEIGHT / 2)
    return places, width, height


def _edge(source: str, start: Place, target: str, end: Place) -> str:
    x1, y1, x2, y2 = start[0] + WIDTH / 2, start[1], end[0] - WIDTH / 2, end[1]
    bend = GAP_X * 0.6
    return (
        f'<path data-from="{source}" data-to="{target}" fill="none" '
        f'd="M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}"/>'
    )


def _box(node: Node, place: Place) -> str:
    left, top = place[0] - WIDTH / 2, place[1] - HEIGHT / 2
    lines = textwrap.wrap(node.title, LINE, max_lines=2, placeholder=" …")
    first = place[1] - 2 - 8.5 * (len(lines) - 1)
    text = "".join(
        f'<tspan x="{left + 14:g}" y="{first + 17 * index - 3:g}">{escape(line)}</tspan>'
        for index, line in enumerate(lines)
    )
    below = f'x="{left + 14:g}" y="{place[1] + 24:g}"'
    said = f'<text class="map-words" {below}>{escape(node.words)}</text>'
    return (
        f'<a class="map-node map-{node.state}" data-node="{node.id}" href="{escape(node.href)}">'
        f"<title>{escape(node.title)}: {escape(node.words)}</title>"
        f'<rect x="{left:g}" y="{top:g}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
        f'<path class="map-state" d="M{left + 3:g} {top + 10:g}v{HEIGHT - 20:g}"/>'
        f'<text class="map-title">{text}</text>{said}</a>'
    )
