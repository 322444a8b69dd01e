"""What `published` promises, and the notebook's own settings."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Span
from ..diagnostics.catalogue import evidence as rules
from ..diagnostics.catalogue import fields as field_rules
from ..evidence import assess
from ..load import LoadedNotebook, absolute
from ..model.people import InlinePerson
from .objects import claims_by_concept

SHOWN_AS_THEY_ARE = frozenset({"reviewed", "withdrawn", "superseded"})


def overclaims(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Published concepts whose claims lack the reviews of the policy."""
    published = [c for c in notebook.concepts.values() if c.record.status == "published"]
    statuses = assess(notebook) if published else {}
    claims = claims_by_concept(notebook)
    for concept in published:
        listed = concept.record.claims
        shown = (
            [absolute(name, concept.id) for name in listed]
            if listed is not None
            else [claim.id for claim in claims.get(concept.id, ())]
        )
        lacking = [
            (notebook.claims[name], statuses[name].badge)
            for name in shown
            if name in statuses and statuses[name].badge not in SHOWN_AS_THEY_ARE
        ]
        if lacking:
            yield rules.OVERCLAIM.at(
                concept.places.value("status"),
                f"published, and {len(lacking)} of its {len(shown)} "
                f"claim{'s' * (len(shown) != 1)} lack{'s' * (len(lacking) == 1)} the reviews that "
                "the policy asks for",
                "review them with `conceptbook review`, or set the status to in-review",
                related=[
                    (claim.places.value("statement"), f"this claim is {badge}")
                    for claim, badge in lacking
                ],
            )


def authors(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Published concepts that nobody has signed."""
    for concept in notebook.concepts.values():
        if concept.record.status == "published" and not concept.record.authors:
            yield rules.MISSING_AUTHORS.at(
                concept.places.value("status"),
                "published, and no authors are named",
                "add `authors`: keys of `people` in notebook.yaml",
            )


def consistent_concepts(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Fields of one concept that contradict each other."""
    for concept in notebook.concepts.values():
        record = concept.record
        if record.superseded_by and record.status != "retired":
            yield field_rules.INCONSISTENT_FIELDS.at(
                concept.places.key("superseded_by"),
                f'"superseded_by" stands with status {record.status}',
                "it is for retired concepts: set status to retired, or drop the key",
            )
        if record.created and record.updated and record.updated < record.created:
            yield field_rules.INCONSISTENT_FIELDS.at(
                concept.places.value("updated"),
                f'"updated" lies before "created", {record.created}',
                "correct one of the two",
            )


def tools(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """A machine-made check says which tool made it."""
    for name, person in notebook.settings.people.items():
        if person.kind == "ai" and not person.tool:
            yield _without_tool(notebook.settings_places.value("people", name, "kind"), name)
    for claim in notebook.claims.values():
        for index, review in enumerate(claim.record.reviews):
            by = review.by
            if isinstance(by, InlinePerson) and by.kind == "ai" and not by.tool:
                span = claim.places.value("reviews", index, "by", "kind")
                yield _without_tool(span, by.name)


def _without_tool(span: Span, name: str) -> Diagnostic:
    return field_rules.INCONSISTENT_FIELDS.at(
        span,
        f'"{name}" is of kind ai and names no tool',
        "add tool: {name: …, version: …}",
    )
