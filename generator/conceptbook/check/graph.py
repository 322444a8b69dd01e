"""The graph of prerequisites: circles, and the order in which to read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from ..diagnostics import Diagnostic, Span
from ..diagnostics.catalogue import references as rules
from ..load import LoadedConcept, LoadedNotebook

Edges = Mapping[str, list[str]]


def prerequisite_cycles(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Circles of prerequisites, each once, with all of its edges."""
    for circle in cycles(notebook.concepts):
        edges = list(zip(circle, [*circle[1:], circle[0]], strict=True))
        spans = [_edge(notebook.concepts[source], target) for source, target in edges]
        yield rules.PREREQUISITE_CYCLE.at(
            spans[0],
            f"prerequisites form a circle: {' → '.join([*circle, circle[0]])}",
            "take one of these edges away; `related` may point both ways",
            related=[
                (span, f"{source} → {target}")
                for span, (source, target) in zip(spans[1:], edges[1:], strict=True)
            ],
        )


def order(concepts: Mapping[str, LoadedConcept]) -> list[str]:
    """The ids, each after its prerequisites; else in the given order. Circles are cut."""
    done: dict[str, None] = {}
    for start in concepts:
        stack = [(start, iter(_targets(concepts, start)))]
        entered = {start}
        while stack:
            concept, targets = stack[-1]
            following = next((t for t in targets if t not in done and t not in entered), None)
            if following is None:
                done[concept] = None
                stack.pop()
            else:
                entered.add(following)
                stack.append((following, iter(_targets(concepts, following))))
    return list(done)


def cycles(concepts: Mapping[str, LoadedConcept]) -> list[list[str]]:
    """One shortest circle for each group of concepts that reach each other."""
    after = {name: _targets(concepts, name) for name in concepts}
    before: dict[str, list[str]] = {name: [] for name in concepts}
    for name, targets in after.items():
        for target in targets:
            before[target].append(name)
    found: list[list[str]] = []
    seen: set[str] = set()
    for name in _without_beginning(after, before):
        circle = None if name in seen else _shortest_circle(after, name)
        if circle:
            seen |= _reachable(before, name) & _reachable(after, name)
            found.append(circle)
    return found


def _without_beginning(after: Edges, before: Edges) -> list[str]:
    """The concepts that lie on a circle, or need one that does."""
    waiting = {name: len(targets) for name, targets in after.items()}
    free = [name for name, count in waiting.items() if not count]
    while free:
        done = free.pop()
        del waiting[done]
        for dependant in before[done]:
            waiting[dependant] -= 1
            if not waiting[dependant]:
                free.append(dependant)
    return [name for name in after if name in waiting]


def _shortest_circle(after: Edges, start: str) -> list[str] | None:
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        name = queue.popleft()
        for target in after[name]:
            if target == start:
                path = [name]
                while path[-1] != start:
                    path.append(came_from[path[-1]])
                return path[::-1]
            if target not in came_from:
                came_from[target] = name
                queue.append(target)
    return None


def _reachable(edges: Edges, start: str) -> set[str]:
    found, stack = {start}, [start]
    while stack:
        fresh = set(edges[stack.pop()]) - found
        found |= fresh
        stack += fresh
    return found


def _targets(concepts: Mapping[str, LoadedConcept], concept: str) -> list[str]:
    """Prerequisites that exist, each once."""
    names = dict.fromkeys(concepts[concept].record.prerequisites)
    return [name for name in names if name in concepts]


def _edge(concept: LoadedConcept, target: str) -> Span:
    index = concept.record.prerequisites.index(target)
    return concept.places.value("prerequisites", index)
