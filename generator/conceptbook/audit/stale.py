"""What changed under each stale review, word for word, from git."""

from __future__ import annotations

from collections.abc import Iterator

from ..author.former import changed_lines, former
from ..author.history import History
from ..evidence.coverage import Coverage
from ..evidence.identity import claim_parts
from ..load import LoadedNotebook


def stale_lines(coverage: Coverage, notebook: LoadedNotebook) -> Iterator[str]:
    """For each stale review its place, the commit that it was of, and the changed lines.

    Raises EnvironmentLacks where there is no git, or no repository.
    """
    history = History.of(notebook.root)
    for item in coverage.claims:
        for state in item.status.reviews:
            if not state.stale:
                continue
            place = item.claim.places.value("reviews", state.index)
            was = former(item.claim, notebook, state.review, history)
            since = f"since {was.commit[:10]}" if was else "what it was of is in no recent commit"
            yield f"{place.path}:{place.line}: the review of {state.name}, {since}"
            if was:
                now = claim_parts(item.claim, notebook)
                yield from (f"  {line}" for line in changed_lines(was.parts, now))
