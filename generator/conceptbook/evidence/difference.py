"""What changed under the claims from one notebook to another: two revisions of the same one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..diagnostics import Diagnostic, Rule, Span
from ..diagnostics.catalogue import changes as rules
from ..load.loaded import LoadedClaim, LoadedConcept, LoadedNotebook, absolute
from .curve_difference import rerecorded
from .digests import text
from .evidence_difference import entry_changes
from .review_difference import review_changes
from .settings_difference import settings_changes
from .status import ClaimStatus, assess
from .witness_difference import asserted_otherwise, derived_otherwise, shown_changes
from .wording import wording


@dataclass(frozen=True)
class Change:
    """One change of one kind, at its line in the new revision (of what is gone: in the old)."""

    diagnostic: Diagnostic
    subject: str
    """Id of the claim or concept."""
    before: str | None = None
    after: str | None = None


def difference(old: LoadedNotebook, new: LoadedNotebook) -> list[Change]:
    """Every change, each once, in the order of files and lines.

    Claims are paired by id, then by the aliases of claims and concepts; what could not be read
    in either revision is left out.
    """
    successor = successors(old, new)
    before, after = assess(old), assess(new)
    changes = [*_removed(old, new, successor, before), *_added(old, new, successor)]
    changes += [
        Change(found, "notebook.yaml", *words) for found, *words in settings_changes(old, new)
    ]
    for former, latter in successor.items():
        one, other = old.claims[former], new.claims[latter]
        changes += _claim_changes((one, old), (other, new))
        changes += _relations(one, other, successor)
        changes += [
            Change(diagnostic, latter, *words)
            for diagnostic, *words in review_changes(
                (one, old, before[former]), (other, new, after[latter])
            )
        ]
    named = _named(new)
    for one, other in _concept_pairs(old, new):
        changes += [Change(d, other.id) for d in rerecorded(one, other)]
        changes += [Change(d, other.id) for d in asserted_otherwise(one, other)]
        changes += [
            Change(diagnostic, other.id, *words)
            for diagnostic, *words in derived_otherwise(
                (one, old), (other, new), named.get(other.id, ())
            )
        ]
        changes += _updated(one, other)
    return sorted(changes, key=lambda c: (c.diagnostic.span, c.diagnostic.rule.code))


def successors(old: LoadedNotebook, new: LoadedNotebook) -> dict[str, str]:
    """Old id → new id of every claim that is still there."""
    former = {
        absolute(alias, claim.concept): claim.id
        for claim in new.claims.values()
        for alias in claim.record.aliases
    }
    moved = _moved_concepts(new)
    found = {}
    for claim in old.claims.values():
        short = claim.id.removeprefix(f"{claim.concept}/")
        candidates = (
            claim.id,
            former.get(claim.id),
            f"{moved.get(claim.concept, claim.concept)}/{short}",
        )
        name = next((name for name in candidates if name in new.claims), None)
        if name:
            found[claim.id] = name
    return found


def _moved_concepts(new: LoadedNotebook) -> dict[str, str]:
    return {
        alias: concept.id for concept in new.concepts.values() for alias in concept.record.aliases
    }


def _concept_pairs(
    old: LoadedNotebook, new: LoadedNotebook
) -> Iterator[tuple[LoadedConcept, LoadedConcept]]:
    moved = _moved_concepts(new)
    for concept in old.concepts.values():
        other = new.concepts.get(concept.id) or new.concepts.get(moved.get(concept.id, ""))
        if other:
            yield concept, other


def _removed(
    old: LoadedNotebook,
    new: LoadedNotebook,
    successor: Mapping[str, str],
    statuses: Mapping[str, ClaimStatus],
) -> Iterator[Change]:
    for claim in old.claims.values():
        if claim.id not in successor and claim.id not in new.broken:
            span = claim.places.value("statement")
            message = f'the claim "{claim.id}" is gone'
            yield Change(
                rules.CLAIM_REMOVED.at(span, message), claim.id, text(claim.record.statement)
            )
            for state in statuses[claim.id].reviews:
                message = (
                    f"the review of {state.name} of {state.review.date} is gone with its claim"
                )
                span = claim.places.value("reviews", state.index)
                yield Change(
                    rules.REVIEW_REMOVED.at(span, message), claim.id, state.review.conclusion
                )


def _added(
    old: LoadedNotebook, new: LoadedNotebook, successor: Mapping[str, str]
) -> Iterator[Change]:
    former = {name: before for before, name in successor.items()}
    for claim in new.claims.values():
        span = claim.places.value("statement")
        words = text(claim.record.statement)
        if claim.id not in former and claim.id not in old.broken:
            message = f'the claim "{claim.id}" is new'
            yield Change(rules.CLAIM_ADDED.at(span, message), claim.id, None, words)
        elif claim.id in former and former[claim.id] != claim.id:
            message = f'the claim was "{former[claim.id]}"'
            yield Change(
                rules.CLAIM_RENAMED.at(span, message), claim.id, former[claim.id], claim.id
            )


Sided = tuple[LoadedClaim, LoadedNotebook]


def _claim_changes(old: Sided, new: Sided) -> Iterator[Change]:
    (before, old_book), (after, new_book) = old, new

    def change(rule: Rule, span: Span, message: str, *words: str | None) -> Change:
        return Change(rule.at(span, message), after.id, *words)

    one, other = before.record, after.record
    said, says = (wording(r.statement, b.sources) for r, b in ((one, old_book), (other, new_book)))
    statement = after.places.value("statement")
    if said != says:
        yield change(rules.CLAIM_REWORDED, statement, "the claim was reworded", said, says)
    if one.kind != other.kind:
        message = f'the kind was "{one.kind}" and is "{other.kind}"'
        span = after.places.value("kind")
        yield change(rules.KIND_CHANGED, span, message, one.kind, other.kind)
    if (one.withdrawn is None) != (other.withdrawn is None):
        message = "the claim was withdrawn" if other.withdrawn else "the claim stands again"
        span = after.places.key("withdrawn") if other.withdrawn else statement
        yield change(rules.CLAIM_WITHDRAWN, span, message)
    yield from _scope(old, new, change)
    yield from _caveats(old, new, change)
    yield from (
        change(rule, span, message, *words)
        for found in (entry_changes, shown_changes)
        for rule, span, message, *words in found(old, new)
    )


def _scope(old: Sided, new: Sided, change: Callable[..., Change]) -> Iterator[Change]:
    before, after = (
        wording(claim.record.scope, book.sources) if claim.record.scope else ""
        for claim, book in (old, new)
    )
    if before == after:
        return
    places = new[0].places
    span = places.value("scope") if after else places.value("statement")
    words = (before or None, after or None)
    short, long = _bare(before), _bare(after)
    if not before:
        yield change(rules.SCOPE_NARROWED, span, "the claim has a scope now", *words)
    elif not after:
        yield change(rules.SCOPE_BROADENED, span, "the claim has no scope any more", *words)
    elif short in long:
        yield change(rules.SCOPE_NARROWED, span, "the scope has words that it had not", *words)
    elif long in short:
        yield change(rules.SCOPE_BROADENED, span, "the scope lost words that it had", *words)
    else:
        yield change(rules.SCOPE_CHANGED, span, "the scope changed", *words)


def _bare(scope: str) -> str:
    return scope.rstrip(".").casefold()


def _caveats(old: Sided, new: Sided, change: Callable[..., Change]) -> Iterator[Change]:
    before = [wording(caveat, old[1].sources) for caveat in old[0].record.caveats]
    after = [wording(caveat, new[1].sources) for caveat in new[0].record.caveats]
    places = new[0].places
    gone = list(before)
    for index, caveat in enumerate(after):
        if caveat in gone:
            gone.remove(caveat)
        else:
            span = places.value("caveats", index)
            yield change(rules.CAVEAT_ADDED, span, "a caveat was added", None, caveat)
    span = places.key("caveats") if after else places.value("statement")
    for caveat in gone:
        message = f'a caveat was dropped: "{caveat}"'
        yield change(rules.CAVEAT_DROPPED, span, message, caveat)


def _relations(
    old: LoadedClaim, new: LoadedClaim, successor: Mapping[str, str]
) -> Iterator[Change]:
    for name in type(new.record.relations).model_fields:
        before = [successor.get(other, other) for other in old.related(name)]
        after = new.related(name)
        verb = name.replace("_", " ")
        moves = [f'now {verb} "{other}"' for other in after if other not in before]
        moves += [f'no longer {verb} "{other}"' for other in before if other not in after]
        if moves:
            at = ("relations", name)
            span = new.places.value(*at) if after else new.places.value("statement")
            message = f"the claim {', '.join(moves)}"
            yield Change(
                rules.RELATIONS_CHANGED.at(span, message),
                new.id,
                ", ".join(before) or None,
                ", ".join(after) or None,
            )


def _named(notebook: LoadedNotebook) -> dict[str, set[str]]:
    """Concept → the keys of its objects that claims name."""
    found: dict[str, set[str]] = {}
    for claim in notebook.claims.values():
        found.setdefault(claim.concept, set()).update(w.key for w in claim.record.witnesses)
    return found


def _updated(old: LoadedConcept, new: LoadedConcept) -> Iterator[Change]:
    date = new.record.updated
    if date is None or old.record.updated != date or _words_of(old) == _words_of(new):
        return
    span = new.places.value("updated")
    message = f"the text of the concept changed, and `updated` is still {date}"
    yield Change(rules.UPDATED_NOT_MOVED.at(span, message), new.id)


def _words_of(concept: LoadedConcept) -> list[str]:
    page = text(concept.page.text) if concept.page else ""
    return [page, concept.record.title, *(text(f.plain) for f in concept.prose.values())]
