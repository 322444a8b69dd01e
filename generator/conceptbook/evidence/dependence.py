"""Which claims would lose all of their grounds if one source fell."""

from __future__ import annotations

from collections.abc import Mapping

from .grounding import Grounds


def would_fall(source: str, grounds: Mapping[str, Grounds]) -> tuple[str, ...]:
    """Ids of the grounded claims that nothing would hold up without `source`, in given order.

    A claim falls when every ground that still stands is this source, or a claim that falls.
    """
    fallen: set[str] = set()
    while True:
        more = {
            claim
            for claim, found in grounds.items()
            if claim not in fallen and _falls(found, source, fallen)
        }
        if not more:
            return tuple(claim for claim in grounds if claim in fallen)
        fallen |= more


def _falls(found: Grounds, source: str, fallen: set[str]) -> bool:
    bases = {*found.sources, *found.claims} - set(found.fallen)
    lost = {source, *fallen}
    return found.grounded and not found.local and bool(bases & lost) and not bases - lost
