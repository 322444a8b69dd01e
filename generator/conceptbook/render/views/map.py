"""The concept map: which nodes it has, and what their evidence is like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from ...evidence import ClaimStatus
from .. import words
from ..address import concept_page
from ..concept_map import Node, draw
from ..resolver import Shown
from ..site import relative
from .concept import claims_of

MOST_CONCEPTS = 150
"""Of a notebook that is shown concept by concept; a larger one is shown domain by domain."""
TROUBLE = ("collapsed", "rejected", "disputed", "unsupported", "weakened", "stale")
LEGEND = {
    "good": "every claim reviewed",
    "partly": "some claims reviewed",
    "open": "no claim reviewed",
    "trouble": "a claim with trouble in it",
    "none": "no claims",
}


def concept_map(
    shown: Shown, statuses: Mapping[str, ClaimStatus], page: str, domain: str | None = None
) -> tuple[Markup, tuple[tuple[str, str], ...]]:
    """The drawing and its legend; empty below two nodes. Many concepts are drawn by domain."""
    names = [
        name
        for name, concept in shown.concepts.items()
        if concept.record.status != "retired" and (domain is None or name.startswith(f"{domain}/"))
    ]
    if len(names) <= MOST_CONCEPTS:
        nodes = [_concept(name, shown, statuses, page) for name in names]
    else:
        nodes = [] if domain else _domains(names, shown, statuses, page)
    if len(nodes) < 2 or not any(node.needs for node in nodes):
        return Markup(""), ()
    occurring = {node.state for node in nodes}
    legend = tuple((state, said) for state, said in LEGEND.items() if state in occurring)
    return draw(nodes, "Which concept builds on which"), legend


def _concept(name: str, shown: Shown, statuses: Mapping[str, ClaimStatus], page: str) -> Node:
    concept = shown.concepts[name]
    state, said = evidence_state(claims_of(concept, shown), statuses)
    href = relative(page, concept_page(name))
    return Node(name, concept.record.title, href, state, said, concept.record.prerequisites)


def evidence_state(claims: Sequence[str], statuses: Mapping[str, ClaimStatus]) -> tuple[str, str]:
    """A state of `LEGEND`, and what it is in words."""
    counts = Counter(statuses[name].badge for name in claims)
    total = sum(counts.values())
    if not total:
        return "none", "No claims"
    for badge in TROUBLE:
        if counts[badge]:
            said = words.BADGE[badge]
            return "trouble", f"{words.count(counts[badge], 'claim')}: {said[0].lower()}{said[1:]}"
    reviewed = counts["reviewed"]
    if reviewed == total:
        return "good", f"{words.count(total, 'claim')} reviewed"
    number = f"{reviewed}" if reviewed else "none"
    return ("partly" if reviewed else "open"), f"{number} of {words.count(total, 'claim')} reviewed"


def _domains(
    names: Sequence[str], shown: Shown, statuses: Mapping[str, ClaimStatus], page: str
) -> list[Node]:
    needs: dict[str, dict[str, None]] = {}
    claims: dict[str, list[str]] = {}
    for name in names:
        domain = name.split("/")[0]
        others = [n.split("/")[0] for n in shown.concepts[name].record.prerequisites]
        needs.setdefault(domain, {}).update(dict.fromkeys(o for o in others if o != domain))
        claims.setdefault(domain, []).extend(claims_of(shown.concepts[name], shown))
    titles = {entry.id: entry.title for entry in shown.notebook.settings.domains}
    return [
        Node(
            domain,
            titles.get(domain, domain),
            relative(page, f"{domain}/index.html"),
            *evidence_state(claims[domain], statuses),
            tuple(needs[domain]),
        )
        for domain in needs
    ]
