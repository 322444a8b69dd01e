"""What refers to a concept from elsewhere: its dependants, and texts and claims that lead to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..load import LoadedConcept, absolute
from ..markup import Fragment
from .resolver import Shown
from .views.concept import claims_of

RELATIONS = ("supersedes", "contradicts", "refines", "rests_on")


def used_by(shown: Shown) -> Mapping[str, tuple[str, ...]]:
    """Concept → the concepts that use it, in the notebook's order."""
    found: dict[str, dict[str, None]] = {}
    for name, concept in shown.concepts.items():
        if concept.record.status == "retired":
            continue
        for other in _uses(concept, shown):
            if other != name:
                found.setdefault(other, {})[name] = None
    return {name: tuple(users) for name, users in found.items()}


def _uses(concept: LoadedConcept, shown: Shown) -> Iterator[str]:
    yield from concept.record.prerequisites
    fragments = [*(concept.page.fragments if concept.page else ()), *concept.prose.values()]
    for name in claims_of(concept, shown):
        claim = shown.notebook.claims[name]
        fragments += claim.prose.values()
        for relation in RELATIONS:
            yield from (other.rpartition("/")[0] for other in claim.related(relation))
    for fragment in fragments:
        yield from _linked(fragment, concept.id)


def _linked(fragment: Fragment, concept: str) -> Iterator[str]:
    for link in fragment.links:
        if link.kind == "concept":
            yield link.target
        elif link.kind != "source":
            yield absolute(link.target, concept).rpartition("/")[0]
