"""The reading path of a concept: all that it needs, in order, and all that needs it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ...check.graph import order
from ...load import LoadedConcept
from ..address import path_page
from ..prose import inline
from ..resolver import PageResolver, Shown
from .concept import read_minutes
from .source import Link


@dataclass(frozen=True)
class Step:
    title: str
    href: str
    summary: Markup
    minutes: int
    why: str
    """Which later step of the path needs it."""


@dataclass(frozen=True)
class ReadingPath:
    title: str
    description: str
    concept: str
    href: str
    steps: tuple[Step, ...]
    minutes: int
    used_by: tuple[Link, ...]


def needed(concept: LoadedConcept, shown: Shown) -> list[str]:
    """All prerequisites, also of prerequisites, each after its own; without the concept."""
    found: dict[str, LoadedConcept] = {}
    waiting = [concept.id]
    while waiting:
        name = waiting.pop()
        if name in shown.concepts and name not in found:
            found[name] = shown.concepts[name]
            waiting += found[name].record.prerequisites
    return [name for name in order(found) if name != concept.id]


def view(concept: LoadedConcept, shown: Shown, used_by: tuple[str, ...]) -> ReadingPath:
    """What to read before a concept; `used_by` are those that come after."""
    page = path_page(concept.id)
    resolver = PageResolver(shown, page)
    names = needed(concept, shown)
    title = concept.record.title
    return ReadingPath(
        title=f"Before {title}",
        description=f"What to read before {title}, in order.",
        concept=title,
        href=resolver.to_concept(concept.id),
        steps=tuple(_step(name, [*names, concept.id], shown, resolver) for name in names),
        minutes=sum(read_minutes(shown.concepts[name]) for name in names),
        used_by=tuple(
            Link(shown.concepts[name].record.title, resolver.to_concept(name)) for name in used_by
        ),
    )


def _step(name: str, path: list[str], shown: Shown, resolver: PageResolver) -> Step:
    concept = shown.concepts[name]
    dependants = [
        shown.concepts[other].record.title
        for other in path
        if name in shown.concepts[other].record.prerequisites
    ]
    return Step(
        concept.record.title,
        resolver.to_concept(name),
        inline(concept.prose, resolver, "summary"),
        read_minutes(concept),
        ", ".join(dependants),
    )
