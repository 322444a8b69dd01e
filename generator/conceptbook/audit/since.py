"""The claim-level difference between a revision and the files of now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..author.history import History, is_person
from ..diagnostics import Diagnostic, Report
from ..diagnostics.catalogue import changes as rules
from ..diagnostics.data import to_json as report_json
from ..evidence.difference import Change, difference
from ..evidence.people import person_of
from ..load import LoadedNotebook

SCHEMA = 1


@dataclass(frozen=True)
class Since:
    """What changed since a revision."""

    revision: str
    """As it was named."""
    commit: str
    changes: tuple[Change, ...]

    @property
    def report(self) -> Report:
        return Report([change.diagnostic for change in self.changes])

    def to_json(self) -> dict[str, Any]:
        """`schema` counts up when a key changes its meaning or goes."""
        return {
            "schema": SCHEMA,
            "since": self.revision,
            "commit": self.commit,
            "changes": [
                {
                    "subject": change.subject,
                    "before": change.before,
                    "after": change.after,
                    **report_json(Report([change.diagnostic]))["diagnostics"][0],
                }
                for change in self.changes
            ],
        }


def since(revision: str, notebook: LoadedNotebook) -> Since:
    """Raises EnvironmentLacks without git, UnknownRevision where there is no such notebook."""
    history = History.of(notebook.root)
    with history.notebook(revision) as before:
        changes = difference(before, notebook)
    changes += [
        Change(found, change.subject)
        for change in changes
        if change.diagnostic.rule in (rules.REVIEW_ADDED, rules.REVIEW_WITHDRAWN)
        and (found := _by_another(change, notebook, history))
    ]
    changes.sort(key=lambda c: (c.diagnostic.span, c.diagnostic.rule.code))
    return Since(revision, history.commit(revision), tuple(changes))


def _by_another(change: Change, notebook: LoadedNotebook, history: History) -> Diagnostic | None:
    """A review, or its withdrawal, that its person did not commit: nobody else can say that they
    wrote it."""
    claim, place = notebook.claims[change.subject], change.diagnostic.span
    places, withdrawal = claim.places, change.diagnostic.rule is rules.REVIEW_WITHDRAWN
    index = next(
        i
        for i in range(len(claim.record.reviews))
        if place in (places.value("reviews", i), places.key("reviews", i, "withdrawn"))
    )
    person = person_of(claim.record.reviews[index].by, notebook)
    if person is None or person.kind != "human":
        return None
    span = place if withdrawal else places.value("reviews", index, "by")
    committer = history.committer(span.path, span.line)
    if committer is None or is_person(person, committer):
        return None
    what = "the withdrawal of the review" if withdrawal else "the review"
    return rules.REVIEW_BY_ANOTHER.at(
        span,
        f"{what} of {person.name} was committed by {committer.name} in {committer.commit[:10]}",
    )
