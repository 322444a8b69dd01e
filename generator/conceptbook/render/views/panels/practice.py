"""Practice loop: cards with three hints in order, and the state of the claim behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ....evidence import ClaimStatus
from ....load import LoadedConcept, absolute
from ... import words
from ...prose import inline
from ...resolver import PageResolver


@dataclass(frozen=True)
class Card:
    """What is said of its claim is empty where the card names none."""

    id: str
    anchor: str
    prompt: Markup
    hints: tuple[Markup, ...]
    answer: Markup
    claim: str | None
    claim_title: str
    badge: str
    badge_words: str


def views(
    concept: LoadedConcept, statuses: Mapping[str, ClaimStatus], resolver: PageResolver
) -> tuple[Card, ...]:
    """The practice cards, each with the claim that it exercises."""
    found = []
    for index, record in enumerate(concept.record.practice):
        place = ("practice", index)
        name = record.id or str(index + 1)
        claim = absolute(record.claim, concept.id) if record.claim else None
        target = resolver.claim(claim) if claim else None
        status = statuses.get(claim) if claim else None
        found.append(
            Card(
                id=name,
                anchor=f"practice-{name}",
                prompt=inline(concept.prose, resolver, *place, "prompt"),
                hints=tuple(
                    inline(concept.prose, resolver, *place, "hints", number)
                    for number in range(len(record.hints))
                ),
                answer=inline(concept.prose, resolver, *place, "answer"),
                claim=target.href if target else None,
                claim_title=words.beginning(target.title) if target else "",
                badge=status.badge if status else "",
                badge_words=words.BADGE.get(status.badge, status.badge) if status else "",
            )
        )
    return tuple(found)
