"""The panels of a concept's page, each from the concept's own data; absent where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ....evidence import ClaimStatus
from ....load import LoadedConcept
from ...resolver import PageResolver, Shown
from . import inquiry, orientation, practice, prediction, research, storyboard
from .inquiry import Inquiry
from .orientation import Bridge, Orientation
from .practice import Card
from .prediction import Prediction
from .research import Research
from .storyboard import Step


@dataclass(frozen=True)
class Panels:
    orientation: Orientation
    bridge: Bridge | None
    predictions: tuple[Prediction, ...]
    storyboard: tuple[Step, ...]
    inquiry: Inquiry | None
    practice: tuple[Card, ...]
    research: Research


def view(
    concept: LoadedConcept,
    claims: tuple[str, ...],
    sources: tuple[str, ...],
    statuses: Mapping[str, ClaimStatus],
    shown: Shown,
    resolver: PageResolver,
) -> Panels:
    """`claims` and `sources` are those that stand on the page."""
    predictions = prediction.views(concept, resolver)
    steps = storyboard.views(concept, resolver)
    return Panels(
        orientation=orientation.orientation(concept, predictions),
        bridge=orientation.bridge(concept, shown, resolver, predictions, steps),
        predictions=predictions,
        storyboard=steps,
        inquiry=inquiry.view(concept, resolver),
        practice=practice.views(concept, statuses, resolver),
        research=research.view(concept, claims, sources, statuses, resolver),
    )
