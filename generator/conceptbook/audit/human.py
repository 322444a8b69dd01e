"""The audit for people: totals, what changed under reviews, what to review next."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..evidence.coverage import GAPS, ClaimCoverage, Coverage
from ..load import LoadedNotebook
from .findings import part_words

QUEUE = 20
"""How many of the queue are shown."""
STYLES = {
    "reviewed": "green",
    "stale": "yellow",
    "weakened": "yellow",
    "disputed": "yellow",
    "unsupported": "red",
    "rejected": "red",
    "collapsed": "red",
}


def print_human(coverage: Coverage, notebook: LoadedNotebook, console: Console) -> None:
    """Counts first, then each thing that asks for somebody, then the queue."""
    count = len(coverage.claims)
    badges = ", ".join(f"{n} {badge}" for badge, n in coverage.badges.most_common())
    console.print(f"{count} claim{'s' if count != 1 else ''}: {badges or 'none'}", soft_wrap=True)
    if count:
        _gaps(coverage, console)
    _attention(coverage, notebook, console)
    _queue(coverage, console)


def _gaps(coverage: Coverage, console: Console) -> None:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right")
    table.add_column()
    for gap in GAPS:
        if coverage.gaps[gap]:
            table.add_row(str(coverage.gaps[gap]), f"without {gap.replace('-', ' ')}")
    if table.row_count:
        console.print()
        console.print(table)


def _attention(coverage: Coverage, notebook: LoadedNotebook, console: Console) -> None:
    rows = [(item, words) for item in coverage.claims if (words := _troubles(item))]
    if notebook.retractions:
        console.print(f"\nretractions known up to {notebook.retractions.date}")
    if not rows:
        return
    console.print()
    for item, words in rows:
        place = item.claim.places.value("statement")
        console.print(Text(f"{place.path}:{place.line}", "bold"), soft_wrap=True)
        for word in words:
            console.print(f"  {word}", soft_wrap=True)


def _troubles(item: ClaimCoverage) -> list[str]:
    status = item.status
    troubles = [
        f"stale: the review of {state.name} ({state.review.date}); {part_words(state)}"
        for state in status.reviews
        if state.stale
    ]
    words = {
        "contested": "contested: evidence or another claim contradicts it",
        "weakened": f"weakened: {', '.join(status.grounds.fallen)} retracted or of concern",
        "collapsed": f"collapsed: {', '.join(status.grounds.fallen)} retracted or of concern",
        "superseded": "superseded by another claim",
    }
    troubles += [words[flag] for flag in status.flags]
    if status.evidence == "unsupported":
        troubles.append("unsupported: lacks what its kind needs")
    if status.review in {"rejected", "disputed"}:
        troubles.append(f"{status.review} by its reviewers")
    if item.overdue:
        troubles.append(f"a review was due again by {item.due}")
    return troubles


def _queue(coverage: Coverage, console: Console) -> None:
    queue = coverage.queue
    if not queue:
        console.print("\nno claim waits for a review")
        return
    console.print("\nto review next:")
    for item in queue[:QUEUE]:
        line = Text("  ")
        line.append(item.claim.id)
        line.append(f"  {item.status.badge}", STYLES.get(item.status.badge, ""))
        line.append(f", {item.importance}{', published' if item.published else ''}")
        console.print(line, soft_wrap=True)
    if len(queue) > QUEUE:
        console.print(f"  and {len(queue) - QUEUE} more (--format json lists all)")
    console.print("\nrun `conceptbook review --next` to begin")
