"""The state of the evidence, in each of its formats."""

from __future__ import annotations

import datetime
import io
import json

import pytest
from conceptbook.audit import findings
from conceptbook.audit.data import to_json
from conceptbook.audit.human import print_human
from conceptbook.diagnostics.catalogue import RULES
from conceptbook.evidence import assess
from conceptbook.evidence.coverage import cover
from rich.console import Console

CLAIM = "claims/calculus/midpoint/second-order.yaml"
KINKS = "claims/calculus/midpoint/kinks.yaml"
GUIDANCE = "claims/calculus/midpoint/use-midpoint.yaml"
CONCEPT = "content/calculus/midpoint/concept.yaml"
ORDER = "calculus/midpoint/second-order"
TODAY = datetime.date(2026, 3, 1)


def audit(repository, today=TODAY):
    notebook = repository.load()
    coverage = cover(notebook, assess(notebook), today)
    return coverage, notebook, findings(coverage, notebook)


def human(repository):
    coverage, notebook, _ = audit(repository)
    out = io.StringIO()
    print_human(coverage, notebook, Console(file=out, highlight=False, markup=False, width=90))
    return out.getvalue()


def found(repository, rule, today=TODAY):
    return [
        f"{d.span.path.rpartition('/')[2]}:{d.span.line}"
        for d in audit(repository, today)[2]
        if d.rule.name == rule
    ]


def test_the_gaps_stand_at_their_lines(repository):
    line = repository.line
    assert found(repository, "no-source") == ["falls.yaml:1", "use-midpoint.yaml:1"]
    assert found(repository, "no-human-review") == [
        "falls.yaml:1",
        "kinks.yaml:1",
        "use-midpoint.yaml:1",
    ]
    assert found(repository, "no-witness") == ["kinks.yaml:1", "use-midpoint.yaml:1"]
    assert found(repository, "no-quote") == [
        f"kinks.yaml:{line(KINKS, 'source: talvila')}",
        f"second-order.yaml:{line(CLAIM, 'source: talvila')}",
    ]
    assert found(repository, "no-locator") == []
    repository.edit(KINKS, ", locator: p. 2", "")
    assert found(repository, "no-locator") == [f"kinks.yaml:{line(KINKS, 'source: talvila')}"]


def test_a_stale_review_says_which_parts_changed(repository):
    assert found(repository, "stale-review") == []
    repository.edit(CLAIM, "Twice", "Thrice")
    repository.edit("content/calculus/midpoint/slices.py", "# Error", "# An error")
    report = audit(repository)[2]
    stale = [d.message for d in report if d.rule.name == "stale-review"]
    assert stale == ["the review of Ben Reviewer is stale: changed since: scope, witnesses"]
    assert "stale: the review of Ben Reviewer (2026-01-31); changed since: scope, witnesses" in (
        human(repository)
    )


def test_a_review_is_due_after_the_days_of_the_policy(repository):
    repository.edit("notebook.yaml", "domains:", "review: {due_after: 28}\ndomains:")
    assert found(repository, "due-review", datetime.date(2026, 2, 28)) == []
    place = f"second-order.yaml:{repository.line(CLAIM, 'date: 2026-01-31')}"
    assert found(repository, "due-review", datetime.date(2026, 3, 1)) == [place]
    item = next(i for i in audit(repository)[0].queue if i.claim.id == ORDER)
    assert item.due == datetime.date(2026, 2, 28)


def test_conflicts_are_told_at_the_conclusion(repository):
    repository.edit(CLAIM, "conclusion: supported", "conclusion: overstated")
    place = [f"second-order.yaml:{repository.line(CLAIM, 'conclusion:')}"]
    assert found(repository, "rejected-claim") == place
    repository.edit(KINKS, "evidence:", "relations: {contradicts: [second-order]}\nevidence:")
    assert found(repository, "contested-claim") == ["kinks.yaml:1", "second-order.yaml:2"]


def test_a_retracted_source_is_told_where_it_is_cited(repository):
    repository.write(
        "claims/retractions-2026-02-01.csv",
        "OriginalPaperDOI,RetractionNature,RetractionDate,Reason\n"
        "10.5555/talvila.2012,Retraction,1/2/2026 0:00,+Error\n",
    )
    assert found(repository, "collapsed-claim") == [
        f"kinks.yaml:{repository.line(KINKS, 'source:')}",
        f"use-midpoint.yaml:{repository.line(GUIDANCE, 'relations')}",
    ]
    assert found(repository, "weakened-claim") == [
        f"second-order.yaml:{repository.line(CLAIM, 'source: talvila')}"
    ]
    text = human(repository)
    assert "retractions known up to 2026-02-01" in text
    assert "weakened: talvila-2012 retracted" in text


RETRACTED = (
    "OriginalPaperDOI,RetractionNature,RetractionDate,Reason\n"
    "10.5555/talvila.2012,Retraction,1/2/2026 0:00,+Error\n"
)
OTHER_REVIEW = """\
  - by: cyd
    date: 2026-02-01
    conclusion: overstated
    summary: Read the same places and found that they say less than this.
    {0}
"""
STATES = {
    "no-source": lambda r: None,
    "no-quote": lambda r: None,
    "no-human-review": lambda r: None,
    "no-witness": lambda r: None,
    "no-locator": lambda r: r.edit(KINKS, ", locator: p. 2", ""),
    "stale-review": lambda r: r.edit(CLAIM, "Twice", "Thrice"),
    "contested-claim": lambda r: r.edit(
        KINKS, "evidence:", "relations: {contradicts: [second-order]}\nevidence:"
    ),
    "weakened-claim": lambda r: r.write("claims/retractions-2026-02-01.csv", RETRACTED),
    "collapsed-claim": lambda r: r.write("claims/retractions-2026-02-01.csv", RETRACTED),
    "rejected-claim": lambda r: r.edit(CLAIM, "conclusion: supported", "conclusion: overstated"),
    "disputed-claim": lambda r: r.write(CLAIM, r.text(CLAIM) + OTHER_REVIEW.format(r.pinned())),
    "due-review": lambda r: r.edit(
        "notebook.yaml", "domains:", "review: {due_after: 28}\ndomains:"
    ),
}


@pytest.mark.parametrize("rule", STATES)
def test_each_finding_has_its_example(repository, rule, example):
    STATES[rule](repository)
    report = audit(repository)[2]
    example(next(d for d in report if d.rule.name == rule), repository.root)


def test_each_finding_of_the_state_is_tried():
    told = {rule.name for code, rule in RULES.items() if "CB701" <= code <= "CB716"}
    assert told == set(STATES)


def test_a_withdrawn_claim_is_not_counted(repository):
    repository.edit(KINKS, "kind:", "withdrawn: {date: 2026-02-02, reason: Wrong.}\nkind:")
    assert [item.claim.id for item in audit(repository)[0].claims] == [
        "calculus/midpoint/falls",
        ORDER,
        "calculus/midpoint/use-midpoint",
    ]


def queue(repository):
    return [item.claim.id.rpartition("/")[2] for item in audit(repository)[0].queue]


def test_the_queue_by_what_rests_on_a_claim_and_what_has_evidence(repository):
    assert queue(repository) == ["kinks", "use-midpoint", "falls"]
    repository.edit(CLAIM, "Twice", "Thrice")
    assert queue(repository) == ["kinks", "second-order", "use-midpoint", "falls"]


def test_published_and_essential_concepts_come_first(repository):
    other = repository.root / "content/calculus/other"
    other.mkdir()
    concept = "content/calculus/other/concept.yaml"
    repository.write(concept, "title: O\nsummary: S.\nimportance: essential\n")
    (repository.root / "claims/calculus/other").mkdir()
    repository.write("claims/calculus/other/late.yaml", repository.text(KINKS))
    assert queue(repository)[0] == "late"
    repository.edit(concept, "essential", "supplementary")
    assert queue(repository)[0] == "kinks"
    repository.edit(concept, "title: O", "title: O\nstatus: published\nauthors: [ann]")
    assert queue(repository)[0] == "late"


def test_the_queue_of_a_person_leaves_out_what_they_wrote_or_reviewed(repository):
    repository.edit("notebook.yaml", "domains:", "review: {published: {reviews: 2}}\ndomains:")
    coverage, notebook, _ = audit(repository)
    assert ORDER in [item.claim.id for item in coverage.queue]
    assert ORDER not in [item.claim.id for item in coverage.queue_for("ben", notebook)]
    assert coverage.queue_for("ann", notebook) == ()
    assert coverage.queue_for("cyd", notebook) == coverage.queue
    repository.edit("notebook.yaml", "{published: {reviews: 2}}", "{due_after: 1}")
    coverage, notebook, _ = audit(repository)
    assert ORDER in [item.claim.id for item in coverage.queue_for("ben", notebook)], "due again"


def test_json_has_totals_claims_queue_and_findings(repository):
    data = json.loads(json.dumps(to_json(*audit(repository))))
    assert data["schema"] == 1
    assert data["today"] == "2026-03-01"
    assert data["totals"]["claims"] == 4
    assert data["totals"]["badges"] == {"reviewed": 1, "unreviewed": 2, "unsupported": 1}
    assert data["totals"]["without"] == {
        "source": 2,
        "locator": 0,
        "quote": 2,
        "human-review": 3,
        "witness": 2,
    }
    claim = next(claim for claim in data["claims"] if claim["id"] == ORDER)
    assert claim["badge"] == "reviewed"
    assert claim["reviews"][0]["current"] is True
    assert data["queue"] == [f"calculus/midpoint/{n}" for n in ("kinks", "use-midpoint", "falls")]
    assert {"code", "line", "path"} <= set(data["findings"][0])


def test_what_people_read(repository):
    text = human(repository)
    assert text.startswith("4 claims: 2 unreviewed, 1 ")
    assert "3  without human review" in text
    assert "  calculus/midpoint/kinks  unreviewed, important" in text
    assert text.endswith("run `conceptbook review --next` to begin\n")


@pytest.mark.parametrize("part", ["statement", "scope"])
def test_reverting_restores(repository, part):
    before = repository.text(CLAIM)
    words = {"statement": "Halving", "scope": "Twice"}[part]
    repository.edit(CLAIM, words, words.upper())
    assert found(repository, "stale-review")
    repository.write(CLAIM, before)
    assert found(repository, "stale-review") == []
