"""Open questions of the author's, each tied to an object."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from ....load import FieldPath, LoadedConcept, absolute
from ....model.concept import Question as Record
from ...prose import inline
from ...resolver import PageResolver


@dataclass(frozen=True)
class Evidence:
    """An object to look at, or words."""

    text: Markup
    href: str | None


@dataclass(frozen=True)
class Question:
    """An open question of the author's, tied to an object."""

    anchor: str
    key: str
    title: str
    href: str | None
    text: Markup
    evidence: tuple[Evidence, ...]
    resolved: tuple[Markup, ...]


def question(
    index: int, record: Record, concept: LoadedConcept, resolver: PageResolver
) -> Question:
    """An open question by its position, with its object and the evidence to inspect."""
    place = ("questions", index)
    kind, _, name = (record.object or f"concept:{concept.id}").partition(":")
    key = f"{kind}:{name if kind in ('source', 'concept') else absolute(name, concept.id)}"
    found = _target(kind, name, concept, resolver)
    return Question(
        anchor=f"question-{index + 1}",
        key=key,
        title=found[0],
        href=found[1],
        text=inline(concept.prose, resolver, *place, "text"),
        evidence=tuple(
            _looked_at(
                text, inline(concept.prose, resolver, *place, "evidence", i), concept, resolver
            )
            for i, text in enumerate(record.evidence)
        ),
        resolved=tuple(
            inline(concept.prose, resolver, *place, "resolved_when", i)
            for i in range(len(record.resolved_when))
        ),
    )


def _looked_at(
    text: str, place: FieldPath, concept: LoadedConcept, resolver: PageResolver
) -> Evidence:
    kind, colon, name = text.strip().partition(":")
    if colon and name and " " not in text.strip():
        title, href = _target(kind, name, concept, resolver)
        return Evidence(escape(title), href)
    return Evidence(inline(concept.prose, resolver, *place) or escape(text.strip()), None)


def _target(
    kind: str, name: str, concept: LoadedConcept, resolver: PageResolver
) -> tuple[str, str | None]:
    """An object's title and address; its name alone where it is not on this site."""
    match kind:
        case "concept":
            if name == concept.id:
                return "This concept", "#main"
            other = resolver.shown.concepts.get(name)
            return (other.record.title, resolver.to_concept(name)) if other else (name, None)
        case "source":
            return resolver.shown.labels.get(name, name), resolver.source_href(name)
        case "claim":
            found = resolver.claim(absolute(name, concept.id))
        case _:
            home, _, short = absolute(name, concept.id).rpartition("/")
            found = resolver.local(home, kind, short)
    if found is None:
        return name, None
    return found.title[:1].upper() + found.title[1:], found.href
