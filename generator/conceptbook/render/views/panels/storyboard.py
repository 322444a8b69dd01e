"""Mechanism storyboard: steps that set the demo and light a part of a plot."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ....load import LoadedConcept
from ....model.concept import Light
from ...prose import inline
from ...resolver import PageResolver
from ..witness import embedded
from . import setting


@dataclass(frozen=True)
class Step:
    """`data` is what the script needs: {witness, set, light: {curve, from, to} or null}."""

    anchor: str
    title: str
    text: Markup
    ask: Markup
    setting: str
    curve: str
    """Anchor of the curve that it looks at; empty without one."""
    data: Markup


def views(concept: LoadedConcept, resolver: PageResolver) -> tuple[Step, ...]:
    """The steps, each with the setting that the demo takes for it."""
    found = []
    for index, record in enumerate(concept.record.storyboard):
        witness = _witness(concept, record.light, set(record.set))
        declaration = concept.witnesses[witness].declaration if witness else None
        found.append(
            Step(
                anchor=f"step-{index + 1}",
                title=record.title,
                text=inline(concept.prose, resolver, "storyboard", index, "text"),
                ask=inline(concept.prose, resolver, "storyboard", index, "ask"),
                setting=setting.words(declaration, record.set) if declaration else "",
                curve=f"curve-{record.light.curve}" if record.light else "",
                data=embedded(
                    {"witness": witness, "set": dict(record.set), "light": light(record.light)}
                ),
            )
        )
    return tuple(found)


def light(record: Light | None) -> dict[str, object] | None:
    """What a step lights, as the page's scripts read it."""
    if record is None:
        return None
    return {"curve": record.curve, "from": record.from_, "to": record.to}


def witness_of(concept: LoadedConcept, curve: str) -> str:
    """The id of the witness that draws a curve; empty where none does."""
    for name, witness in concept.witnesses.items():
        if any(drawn.id == curve for drawn in witness.record.curves):
            return name
    return ""


def _witness(concept: LoadedConcept, record: Light | None, names: set[str]) -> str:
    """Whose curve is lit, else whose controls are set, else the first."""
    if record is not None and (found := witness_of(concept, record.curve)):
        return found
    for name, witness in concept.running.items():
        if names and names <= {control.name for control in witness.record.controls}:
            return name
    return next(iter(concept.running), "")
