"""From what a reviewer found at each place to a proposed conclusion: the worst finding wins."""

from __future__ import annotations

from collections.abc import Iterable

from .grounding import GROUNDING_STANCES

WORST_FIRST = (
    "contradicted",
    "not-supported",
    "misattributed",
    "overstated",
    "inconclusive",
    "supported-with-caveats",
    "supported",
)
GROUNDS = {
    "supports": "supported",
    "contradicts": "contradicted",
    "not-found": "not-supported",
    "background": "misattributed",
    "not-checked": "inconclusive",
}
"""What a finding means for evidence that is said to ground the claim."""


def proposed(found: Iterable[tuple[str, str]], *, caveats: bool) -> str:
    """The conclusion for (stance, finding) pairs; a proof or curve has the stance "supports".

    `caveats`: the claim has some, so that a pass is one with caveats.
    """
    worst = min((meaning(*pair) for pair in found), key=WORST_FIRST.index, default="inconclusive")
    return "supported-with-caveats" if worst == "supported" and caveats else worst


def meaning(stance: str, finding: str) -> str:
    """What one finding means for the claim."""
    if stance in GROUNDING_STANCES:
        if finding == "qualifies":
            return "supported-with-caveats" if stance == "qualifies" else "overstated"
        return GROUNDS[finding]
    if stance == "contradicts":
        return "inconclusive" if finding == "not-checked" else "supported-with-caveats"
    return "contradicted" if finding == "contradicts" else "supported"
