"""What notebook.yaml decides about reviews, in two revisions: who the reviewers are, and the
policy."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..diagnostics.catalogue import changes as rules
from ..load.loaded import LoadedNotebook
from ..model.people import Person
from .people import person_key


def settings_changes(
    old: LoadedNotebook, new: LoadedNotebook
) -> Iterator[tuple[Diagnostic, str, str]]:
    """Each with what stood before and what stands now."""
    places = new.settings_places
    reviewed = {
        person_key(review.by, old)
        for claim in old.claims.values()
        for review in claim.record.reviews
    }
    for key, was in old.settings.people.items():
        now = new.settings.people.get(key)
        if key in reviewed and now and (name := _another(was, now)):
            before, after = getattr(was, name), getattr(now, name)
            message = f'"{key}" has reviewed claims: {name} was {before} and is {after}'
            span = places.value("people", key, name)
            yield rules.REVIEWER_CHANGED.at(span, message), before, after
    before, after = (book.settings.review.model_dump(mode="json") for book in (old, new))
    for name in before:
        if before[name] != after[name]:
            was, now = json.dumps(before[name]), json.dumps(after[name])
            message = f"the policy of reviews changed: {name} was {was} and is {now}"
            yield rules.POLICY_CHANGED.at(places.value("review", name), message), was, now


def _another(was: Person, now: Person) -> str | None:
    """The field by which somebody else stands behind the key; a name may change."""
    if was.kind != now.kind:
        return "kind"
    if was.orcid and now.orcid:
        return "orcid" if was.orcid != now.orcid else None
    if was.github and now.github and was.github.casefold() != now.github.casefold():
        return "github"
    return None
