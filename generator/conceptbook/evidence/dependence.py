"""Which claims would lose all of their grounds if one source fell."""

from __future__ import annotations

from collections.abc import Mapping

from .grounding import Grounds


class Dependence:
    """The grounds that still stand, read from below: what rests on a source, or on a claim."""

    def __init__(self, grounds: Mapping[str, Grounds]) -> None:
        """`grounds` are those of every claim that stands, by its id."""
        self._bases = {
            claim: {*found.sources, *found.claims} - set(found.fallen)
            for claim, found in grounds.items()
            if found.grounded and not found.local
        }
        self._place = {claim: place for place, claim in enumerate(grounds)}
        self._resting: dict[str, list[str]] = {}
        for claim, bases in self._bases.items():
            for base in bases:
                self._resting.setdefault(base, []).append(claim)

    def would_fall(self, source: str) -> tuple[str, ...]:
        """Ids of the grounded claims that nothing would hold up without `source`, in given order.

        A claim falls when every ground that still stands is this source, or a claim that falls.
        """
        lost, waiting = {source}, [source]
        while waiting:
            for claim in self._resting.get(waiting.pop(), ()):
                if claim not in lost and self._bases[claim] <= lost:
                    lost.add(claim)
                    waiting.append(claim)
        return tuple(sorted(lost - {source}, key=self._place.__getitem__))
