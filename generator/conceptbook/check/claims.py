"""Claims and their evidence."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, did_you_mean
from ..diagnostics.catalogue import evidence as rules
from ..diagnostics.catalogue import fields as field_rules
from ..diagnostics.catalogue import references as reference_rules
from ..evidence.grounding import GROUNDING_STANCES, NEEDS, grounds_of
from ..load import LoadedClaim, LoadedConcept, LoadedNotebook
from ..model.claim import SCOPED_KINDS
from .curves import is_older
from .numbers import on_grid, recorded
from .objects import SOURCES, missing

SCOPE_HINT = "say for which models, data or settings it is meant to hold"


def scopes(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Claims of a kind that needs a scope, without one."""
    for claim in notebook.claims.values():
        if claim.record.kind in SCOPED_KINDS and not claim.record.scope:
            yield rules.MISSING_SCOPE.at(
                claim.places.value("kind"),
                f'a claim of kind "{claim.record.kind}" needs a scope',
                SCOPE_HINT,
            )


def evidence_entries(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Entries told apart, located, and short in their quotations."""
    policy, longest = notebook.settings.review, notebook.settings.quotes.max_chars
    for claim in notebook.claims.values():
        first: dict[str, int] = {}
        for index, entry in enumerate(claim.record.evidence):
            span = claim.places.value("evidence", index, "id" if entry.id else "source")
            grounds = entry.stance in GROUNDING_STANCES
            if entry.key in first:
                before = claim.places.value("evidence", first[entry.key])
                yield rules.EVIDENCE_TWICE.at(
                    span,
                    f'two evidence entries are called "{entry.key}"',
                    "give the second an `id` of its own",
                    related=[(before, "first here")],
                )
            first.setdefault(entry.key, index)
            if grounds and "locator" in policy.require and not entry.locator:
                yield rules.MISSING_LOCATOR.at(
                    span,
                    f'nobody can find the place in "{entry.source}": there is no locator',
                    "give the page, figure or theorem; leave it out rather than guess",
                )
            if grounds and "quote" in policy.require and not entry.quote:
                yield rules.MISSING_QUOTE.at(
                    span,
                    f'the evidence of "{entry.source}" has no quote, and the policy asks for one',
                    "quote the words that bear on the claim",
                )
            if entry.quote and len(entry.quote) > longest:
                yield rules.QUOTE_TOO_LONG.at(
                    claim.places.value("evidence", index, "quote"),
                    f"the quotation has {len(entry.quote)} characters; at most {longest} are "
                    "allowed",
                    "shorten it to the words that bear on the claim",
                )


def local_objects(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """The curves, asserts, proofs and equations that show a claim."""
    for claim in notebook.claims.values():
        for index, entry in enumerate(claim.record.witnesses):
            span = claim.places.value("witnesses", index, "id")
            lost = missing(notebook, claim.concept, entry.object, entry.id)
            if lost:
                curve = entry.object == "curve"
                rule = reference_rules.UNKNOWN_CURVE if curve else reference_rules.UNKNOWN_OBJECT
                yield rule.at(span, lost.message, lost.hint)
            elif entry.object == "curve" and entry.at is not None:
                curve = recorded(notebook, f"{claim.concept}/{entry.id}")
                if curve and on_grid(curve, entry.at) is None:
                    nearest = min(curve.x, key=lambda x, at=entry.at: abs(x - at))
                    yield reference_rules.UNKNOWN_OBJECT.at(
                        claim.places.value("witnesses", index, "at"),
                        f'the curve "{entry.id}" has no recorded point at x = {entry.at:g}',
                        f"the nearest is x = {nearest:g}",
                    )


def grounds(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Claims that lack what their kind needs, for a reason that no other rule names."""
    found = grounds_of(notebook)
    for claim in notebook.claims.values():
        grounded = claim.record.withdrawn or found[claim.id].grounded
        if grounded or _explained(claim, notebook):
            continue
        yield rules.UNGROUNDED_CLAIM.at(
            claim.places.value("statement"),
            f"nothing grounds this claim: kind {claim.record.kind} needs "
            f"{NEEDS[claim.record.kind]}",
            "add the evidence; until then readers are shown that nothing supports it",
        )


def _explained(claim: LoadedClaim, notebook: LoadedNotebook) -> bool:
    """Whether what is missing has a fault of its own: an unknown source, an unrecorded curve."""
    concept = notebook.concepts.get(claim.concept)
    if claim.concept in notebook.broken or SOURCES in notebook.broken:
        return True
    if any(
        entry.stance in GROUNDING_STANCES and entry.source not in notebook.sources
        for entry in claim.record.evidence
    ):
        return True
    if any(name not in notebook.claims for name in claim.related("rests_on")):
        return True
    return any(
        concept is None
        or missing(notebook, claim.concept, entry.object, entry.id) is not None
        or (entry.object in ("curve", "assert") and _fails_to_run(concept, entry.id))
        for entry in claim.record.witnesses
    )


def _fails_to_run(concept: LoadedConcept, name: str) -> bool:
    """Whether the witness of a curve, or with this id, has no sound record of a present run."""
    for record in concept.record.witnesses:
        if name == record.id or name in {curve.id for curve in record.curves}:
            witness = concept.witnesses.get(record.id)
            if witness and not witness.runs:
                return False
            if witness is None or is_older(concept, witness):
                return True
            return concept.run_record["witnesses"][record.id]["verdict"]["state"] == "error"
    return False


def last_key(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """`reviews` ends the file, so that a review is added by appending."""
    for claim in notebook.claims.values():
        keys = [path[0] for path in claim.places.keys if len(path) == 1]
        if "reviews" in keys and keys[-1] != "reviews":
            yield field_rules.INCONSISTENT_FIELDS.at(
                claim.places.key("reviews"),
                '"reviews" must be the last key of the file: reviews are appended',
                f'move "{keys[-1]}" above it',
            )


def review_targets(claim: LoadedClaim) -> dict[str, None]:
    """What a review's checks may name: evidence ids, sources, object keys."""
    keys = [entry.key for entry in claim.record.evidence]
    keys += [entry.source for entry in claim.record.evidence]
    keys += [entry.key for entry in claim.record.witnesses]
    return dict.fromkeys(keys)


def similar_target(claim: LoadedClaim, name: str) -> str | None:
    known = list(review_targets(claim))
    return did_you_mean(name, known) or (f"there are {', '.join(known)}" if known else None)
