"""Names in author files that refer to something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..diagnostics import Diagnostic, Rule, Span, did_you_mean
from ..diagnostics.catalogue import references as rules
from ..load import LoadedConcept, LoadedNotebook, absolute
from ..model.people import InlinePerson
from .objects import (
    SETTINGS,
    Missing,
    claims_by_concept,
    ids,
    missing,
    missing_claim,
    missing_concept,
    missing_source,
)


def unknown_domains(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Folders of content/ that notebook.yaml lists no domain for."""
    if SETTINGS in notebook.broken:
        return
    known = [domain.id for domain in notebook.settings.domains]
    folders = {concept.id.partition("/")[0]: concept for concept in notebook.concepts.values()}
    for domain in sorted(set(folders) - set(known)):
        yield rules.UNKNOWN_DOMAIN.at(
            Span(f"content/{domain}"),
            f'notebook.yaml lists no domain "{domain}"',
            did_you_mean(domain, known) or "add it to `domains`",
        )


def unknown_concepts(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Edges to concepts that are not there, and claims of such concepts."""
    for concept in notebook.concepts.values():
        record = concept.record
        for key in ("prerequisites", "leads_to", "related"):
            for index, name in enumerate(getattr(record, key)):
                span = concept.places.value(key, index)
                yield from _at(rules.UNKNOWN_CONCEPT, span, missing_concept(notebook, name))
        if record.superseded_by:
            lost = missing_concept(notebook, record.superseded_by)
            yield from _at(rules.UNKNOWN_CONCEPT, concept.places.value("superseded_by"), lost)
    for folder in dict.fromkeys(claim.concept for claim in notebook.claims.values()):
        if folder in notebook.concepts or folder in notebook.broken:
            continue
        lost = missing_concept(notebook, folder)
        hint = lost.hint if lost else None
        message = f'these are claims of "{folder}", and there is no such concept'
        yield rules.UNKNOWN_CONCEPT.at(
            Span(f"claims/{folder}"), message, hint or f"write content/{folder}/concept.yaml"
        )


def unknown_claims(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Claims that lists, cards, misconceptions and relations name in vain."""
    for concept in notebook.concepts.values():
        record = concept.record
        named = [(name, ("claims", index)) for index, name in enumerate(record.claims or ())]
        for key in ("practice", "misconceptions"):
            named += [
                (item.claim, (key, index, "claim"))
                for index, item in enumerate(getattr(record, key))
                if item.claim
            ]
        for name, path in named:
            lost = missing_claim(notebook, absolute(name, concept.id), concept.id)
            yield from _at(rules.UNKNOWN_CLAIM, concept.places.value(*path), lost)
    for claim in notebook.claims.values():
        for relation in ("supersedes", "contradicts", "refines", "rests_on"):
            for index, name in enumerate(claim.related(relation)):
                span = claim.places.value("relations", relation, index)
                lost = missing_claim(notebook, name, claim.concept)
                if name == claim.id:
                    lost = Missing("a claim cannot stand in a relation to itself")
                yield from _at(rules.UNKNOWN_CLAIM, span, lost)


def unlisted_claims(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Claims that no page would show."""
    claims = claims_by_concept(notebook)
    for concept in notebook.concepts.values():
        if concept.record.claims is None:
            continue
        listed = {absolute(name, concept.id) for name in concept.record.claims}
        for claim in claims.get(concept.id, ()):
            if claim.id not in listed:
                short = claim.id.rpartition("/")[2]
                yield rules.UNLISTED_CLAIM.at(
                    concept.places.key("claims"),
                    f'the claim "{short}" is not in this list, and no page would show it',
                    "add it, or drop the list to show all claims",
                    related=[(Span(claim.places.path), "the claim")],
                )


def unknown_sources(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Sources that concepts, evidence and versions name in vain."""
    for concept in notebook.concepts.values():
        for index, name in enumerate(concept.record.sources):
            span = concept.places.value("sources", index)
            yield from _at(rules.UNKNOWN_SOURCE, span, missing_source(notebook, name))
    for claim in notebook.claims.values():
        for index, entry in enumerate(claim.record.evidence):
            span = claim.places.value("evidence", index, "source")
            yield from _at(rules.UNKNOWN_SOURCE, span, missing_source(notebook, entry.source))
    for source in notebook.sources.values():
        other = source.record.custom.version_of
        if other:
            span = notebook.sources_places.value("references", source.index, "custom", "version_of")
            yield from _at(rules.UNKNOWN_SOURCE, span, missing_source(notebook, other))


def unknown_people(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Authors and reviewers that `people` does not have."""
    if SETTINGS in notebook.broken:
        return
    people = notebook.settings.people
    for ref, span in _people(notebook):
        if isinstance(ref, str) and ref not in people:
            yield rules.UNKNOWN_PERSON.at(
                span,
                f'there is no person "{ref}"',
                did_you_mean(ref, people) or "add them to `people` in notebook.yaml",
            )


def _people(notebook: LoadedNotebook) -> Iterator[tuple[str | InlinePerson, Span]]:
    for each in (*notebook.concepts.values(), *notebook.claims.values()):
        for index, ref in enumerate(each.record.authors):
            yield ref, each.places.value("authors", index)
    for claim in notebook.claims.values():
        for index, review in enumerate(claim.record.reviews):
            yield review.by, claim.places.value("reviews", index, "by")
            if review.response:
                yield review.response.by, claim.places.value("reviews", index, "response", "by")


def unknown_witnesses(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Predictions about a witness that is not there."""
    for concept in notebook.concepts.values():
        for index, prediction in enumerate(concept.record.predictions):
            span = concept.places.value("predictions", index, "witness")
            if prediction.witness:
                lost = missing(notebook, concept.id, "witness", prediction.witness)
                yield from _at(rules.UNKNOWN_WITNESS, span, lost)
            elif not concept.record.witnesses:
                span = concept.places.value("predictions", index)
                lost = Missing(
                    "a prediction needs a witness, and the concept has none",
                    "add one to `witnesses`, or take the prediction away",
                )
                yield from _at(rules.UNKNOWN_WITNESS, span, lost)


def unknown_curves(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Curves that the storyboard, the inquiry and the options name."""
    for concept in notebook.concepts.values():
        record, value = concept.record, concept.places.value
        for index, step in enumerate(record.storyboard):
            if step.light:
                span = value("storyboard", index, "light", "curve")
                yield from _curve(notebook, concept, step.light.curve, span)
        if record.inquiry:
            part = record.inquiry.on
            if curve := getattr(part, "curve", None):
                yield from _curve(notebook, concept, curve, value("inquiry", "on", "curve"))
            for index, option in enumerate(record.inquiry.options):
                if option.shape:
                    span = value("inquiry", "options", index, "shape", "curve")
                    yield from _curve(notebook, concept, option.shape.curve, span)
        yield from _prediction_curves(notebook, concept)


def _prediction_curves(notebook: LoadedNotebook, concept: LoadedConcept) -> Iterator[Diagnostic]:
    witnesses = {witness.id: witness for witness in reversed(concept.record.witnesses)}
    first = next(iter(concept.record.witnesses), None)
    for index, prediction in enumerate(concept.record.predictions):
        witness = witnesses.get(prediction.witness) if prediction.witness else first
        if witness is None:
            continue
        for number, option in enumerate(prediction.options):
            span = concept.places.value("predictions", index, "options", number, "shape", "curve")
            name = option.shape.curve
            if name not in ids(concept, "curve"):
                yield from _curve(notebook, concept, name, span)
            elif name not in {curve.id for curve in witness.curves}:
                yield rules.UNKNOWN_CURVE.at(
                    span,
                    f'the curve "{name}" is not one of the witness "{witness.id}"',
                    "name the witness of the curve, or one of its own curves",
                )


def _curve(
    notebook: LoadedNotebook, concept: LoadedConcept, curve: str, span: Span
) -> Iterator[Diagnostic]:
    yield from _at(rules.UNKNOWN_CURVE, span, missing(notebook, concept.id, "curve", curve))


def unknown_objects(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Objects of the research room's questions."""
    for concept in notebook.concepts.values():
        for index, question in enumerate(concept.record.questions):
            if question.object:
                kind, _, name = question.object.partition(":")
                span = concept.places.value("questions", index, "object")
                lost = missing(notebook, concept.id, kind, name)
                yield from _at(rules.UNKNOWN_OBJECT, span, lost)


def _at(rule: Rule, span: Span, lost: Missing | None) -> Iterable[Diagnostic]:
    return [rule.at(span, lost.message, lost.hint)] if lost else []
