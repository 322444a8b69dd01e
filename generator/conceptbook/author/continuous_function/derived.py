"""Keys of the other notebook that this one computes or leaves to a theme: one note for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...diagnostics import Diagnostic, Span
from ...diagnostics.catalogue import imports as rules
from .tree import TheirConcept, Tree

OF_CONCEPTS = {
    "has_visualization": "the picture is a component of the other program",
    "has_interactive_demo": "the demo is a component of the other program; the words stay",
    "has_code_example": "whether there is a program is seen from the files",
    "estimated_read_time": "the reading time is counted from the words",
}
OF_DOMAINS = {
    "icon": "a domain has no picture here",
    "color": "colours belong to the theme",
}


def derived(tree: Tree, concepts: Iterable[TheirConcept]) -> Iterator[Diagnostic]:
    """A note for each key or domain that comes over in another form, or not at all."""
    chosen = list(concepts)
    for key, why in OF_CONCEPTS.items():
        spans = [c.places.key(key) for c in chosen if getattr(c.record, key)]
        yield from _note(key, spans, "concept", why)
    published = [c.places.value("status") for c in chosen if c.record.status == "published"]
    if published:
        message = f'"published" is now "in-review"{_others(published, "concept")}'
        hint = "publish a concept once its claims are reviewed as they stand"
        yield rules.CARRIED_OTHERWISE.at(published[0], message, hint)
    filled = {concept.domain for concept in chosen}
    for domain in tree.domains:
        if domain.id not in filled:
            message = f'the domain "{domain.id}" is left out: it has no concept'
            yield rules.NOT_CARRIED_OVER.at(domain.places.value("title"), message)
    for key, why in OF_DOMAINS.items():
        spans = [d.places.key(key) for d in tree.domains if getattr(d.record, key)]
        yield from _note(key, spans, "domain", why)


def _note(key: str, spans: list[Span], noun: str, why: str) -> Iterator[Diagnostic]:
    if spans:
        message = f'"{key}" is left out{_others(spans, noun)}: {why}'
        yield rules.NOT_CARRIED_OVER.at(spans[0], message)


def _others(spans: list[Span], noun: str) -> str:
    return f" (so in {len(spans)} {noun}s)" if len(spans) > 1 else ""
