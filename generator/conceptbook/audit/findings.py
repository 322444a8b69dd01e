"""Coverage → diagnostics, each at the line that wants work."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Report
from ..diagnostics.catalogue import audit as rules
from ..diagnostics.catalogue import evidence as evidence_rules
from ..evidence.coverage import ClaimCoverage, Coverage
from ..evidence.grounding import GROUNDING_STANCES, NEEDS, notice_of
from ..evidence.reviews import ReviewState
from ..load import LoadedNotebook
from ..model.claim import OPEN, PASSES


def findings(coverage: Coverage, notebook: LoadedNotebook) -> Report:
    """Everything that is missing, stale, contradicted, weakened or due, claim by claim."""
    report = Report()
    for item in coverage.claims:
        report.extend(_gaps(item))
        report.extend(_grounds(item, notebook))
        report.extend(_reviews(item))
    return report


def part_words(state: ReviewState) -> str:
    """What changed since a review, in words."""
    match state.changed:
        case ("digest",):
            return "it was never pinned to what it covers"
        case ("scheme",):
            return "it is pinned in a way that this program does not know"
        case parts:
            return f"changed since: {', '.join(parts)}"


def _gaps(item: ClaimCoverage) -> Iterator[Diagnostic]:
    claim = item.claim
    statement = claim.places.value("statement")
    if "source" in item.gaps:
        yield rules.NO_SOURCE.at(statement, "no source supports or qualifies this claim")
    if "human-review" in item.gaps:
        yield rules.NO_HUMAN_REVIEW.at(statement, "no person has a current review of this claim")
    if "witness" in item.gaps:
        yield rules.NO_WITNESS.at(statement, "nothing in the notebook itself shows this claim")
    for index, entry in enumerate(claim.record.evidence):
        if entry.stance not in GROUNDING_STANCES:
            continue
        span = claim.places.value("evidence", index, "source")
        if entry.locator is None:
            yield rules.NO_LOCATOR.at(span, f'no place in "{entry.source}" is named')
        if entry.quote is None:
            yield rules.NO_QUOTE.at(span, f'no words of "{entry.source}" are quoted')


def _grounds(item: ClaimCoverage, notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    claim, status = item.claim, item.status
    if status.evidence == "unsupported":
        yield evidence_rules.UNGROUNDED_CLAIM.at(
            claim.places.value("kind"),
            f'nothing grounds this claim: kind "{claim.record.kind}" '
            f"needs {NEEDS[claim.record.kind]}",
        )
    if "contested" in status.flags:
        yield rules.CONTESTED_CLAIM.at(
            claim.places.value("statement"), "evidence or another claim contradicts this claim"
        )
    if not status.grounds.fallen:
        return
    rule = rules.COLLAPSED_CLAIM if status.grounds.collapsed else rules.WEAKENED_CLAIM
    for index, entry in enumerate(claim.record.evidence):
        notice = notice_of(entry.source, notebook)
        if notice and entry.stance in GROUNDING_STANCES:
            day = f" on {notice.date}" if notice.date else ""
            what = "was retracted" if notice.nature == "retraction" else "is of concern"
            yield rule.at(
                claim.places.value("evidence", index, "source"),
                f'"{entry.source}" {what}{day}',
                f"reasons: {notice.reason}" if notice.reason else None,
                related=[(notice.span, "the notice")],
            )
    for base in status.grounds.fallen:
        if base in notebook.claims:
            yield rule.at(
                claim.places.value("relations", "rests_on"),
                f'"{base}", which this claim rests on, has collapsed',
            )


def _reviews(item: ClaimCoverage) -> Iterator[Diagnostic]:
    claim, status = item.claim, item.status
    for state in status.reviews:
        if state.stale:
            yield rules.STALE_REVIEW.at(
                claim.places.value("reviews", state.index),
                f"the review of {state.name} is stale: {part_words(state)}",
            )
    fails = [
        state
        for state in status.reviews
        if state.counts and state.review.conclusion not in PASSES | OPEN
    ]
    if status.review in {"rejected", "disputed"} and fails:
        rule = rules.REJECTED_CLAIM if status.review == "rejected" else rules.DISPUTED_CLAIM
        yield rule.at(
            claim.places.value("reviews", fails[-1].index, "conclusion"),
            f'{fails[-1].name} concludes "{fails[-1].review.conclusion}"',
        )
    if item.overdue:
        oldest = min((s for s in status.reviews if s.counts), key=lambda s: s.review.date)
        yield rules.DUE_REVIEW.at(
            claim.places.value("reviews", oldest.index, "date"),
            f"the review of {oldest.name} was due again by {item.due}",
        )
