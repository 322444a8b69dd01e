"""Where the reader is: what this page holds, what comes before it and after, what to try."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ....load import LoadedConcept
from ... import words
from ...prose import inline
from ...resolver import PageResolver, Shown
from .prediction import Prediction
from .storyboard import Step

SECTIONS = {"intuition": "Intuition", "math": "Math", "code": "Code", "demo": "Demo"}


@dataclass(frozen=True)
class Part:
    """One of the four sections; without an address where it is not written yet."""

    number: str
    title: str
    href: str | None
    holds: str


@dataclass(frozen=True)
class Neighbour:
    """Another concept; without an address where it is not built."""

    title: str
    href: str | None
    summary: Markup


@dataclass(frozen=True)
class Orientation:
    """Concept structure and learning map."""

    parts: tuple[Part, ...]
    ready: str
    edges: str
    attempt: Markup
    attempt_href: str


@dataclass(frozen=True)
class Bridge:
    """What a reader brings, does here and takes along, and a question that tests it."""

    carry_in: tuple[Neighbour, ...]
    work: tuple[str, ...]
    """Titles of the storyboard's steps."""
    carry_out: tuple[Neighbour, ...]
    test: Markup
    test_href: str


def orientation(concept: LoadedConcept, predictions: tuple[Prediction, ...]) -> Orientation:
    """The section cards, how many are ready, the edges, and the prediction to try first."""
    parts = tuple(_part(concept, number, name) for number, name in enumerate(SECTIONS, 1))
    there = sum(part.href is not None for part in parts)
    record = concept.record
    edges = [
        words.count(len(names), name)
        for names, name in (
            (record.prerequisites, "prerequisite"),
            (record.leads_to, "next concept"),
            (record.related, "related concept"),
        )
        if names
    ]
    first = predictions[0] if predictions else None
    return Orientation(
        parts=parts,
        ready=f"{there} of {len(parts)} sections ready",
        edges=", ".join(edges),
        attempt=first.question if first else Markup(""),
        attempt_href=f"#{first.anchor}" if first else "",
    )


def bridge(
    concept: LoadedConcept,
    shown: Shown,
    resolver: PageResolver,
    predictions: tuple[Prediction, ...],
    steps: tuple[Step, ...],
) -> Bridge | None:
    """None for a concept without neighbours. The test is another question than the map's."""
    record = concept.record
    if not record.prerequisites and not record.leads_to:
        return None
    last = predictions[-1] if len(predictions) > 1 else None
    return Bridge(
        carry_in=tuple(_neighbour(name, shown, resolver) for name in record.prerequisites),
        work=tuple(step.title for step in steps),
        carry_out=tuple(_neighbour(name, shown, resolver) for name in record.leads_to),
        test=last.question if last else Markup(""),
        test_href=f"#{last.anchor}" if last else "",
    )


def _neighbour(name: str, shown: Shown, resolver: PageResolver) -> Neighbour:
    concept = shown.concepts.get(name)
    if concept is None:
        return Neighbour(_planned(name, shown), None, Markup(""))
    summary = inline(concept.prose, PageResolver(shown, resolver.page), "summary")
    return Neighbour(concept.record.title, resolver.to_concept(name), summary)


def _planned(name: str, shown: Shown) -> str:
    domain, _, short = name.partition("/")
    for entry in shown.notebook.settings.domains:
        for planned in entry.planned if entry.id == domain else ():
            if planned.id == short:
                return planned.title
    loaded = shown.notebook.concepts.get(name)
    return loaded.record.title if loaded else name


def _part(concept: LoadedConcept, number: int, name: str) -> Part:
    written = concept.page.section(name) if concept.page else None
    programs = {"code": concept.witnesses, "demo": concept.running}
    there = written is not None or bool(programs.get(name))
    absent = "Not written yet" if concept.record.status == "draft" else "None on this page"
    return Part(
        number=f"{number:02}",
        title=SECTIONS[name],
        href=f"#{name}" if there else None,
        holds=_holds(concept, name) if there else absent,
    )


def _holds(concept: LoadedConcept, name: str) -> str:
    """What is there, counted: `6 named equations`, `2 programs, 131 lines`."""
    witnesses = concept.witnesses.values()
    if name == "code":
        lines = sum(len(witness.code.splitlines()) for witness in witnesses)
        programs = words.count(len(witnesses), "program")
        return f"{programs}, {words.count(lines, 'line')}"
    if name == "demo":
        plots = sum(len(witness.record.plots) for witness in witnesses)
        controls = sum(len(witness.record.controls) for witness in witnesses)
        return f"{words.count(plots, 'plot')}, {words.count(controls, 'control')}"
    section = concept.page.section(name) if concept.page else None
    if section is None:
        return ""
    fragment = section.fragment
    if name == "math":
        shown = sum(formula.display for formula in fragment.formulas)
        return words.count(shown, "displayed formula")
    read = words.count(len(fragment.plain.split()), "word")
    cited = {item.key for citation in fragment.citations for item in citation.items}
    return f"{read}, {words.count(len(cited), 'source')}" if cited else read
