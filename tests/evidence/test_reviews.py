"""Statuses as section 6 of the author files has them."""

import pytest
from conceptbook.check import check

CLAIM = "claims/calculus/midpoint/second-order.yaml"
POLICY = "notebook.yaml"


def policy(book, text):
    book.edit(POLICY, "domains:", f"review: {text}\ndomains:")


def test_a_review_without_digest_is_never_current(book):
    book.edit(
        CLAIM,
        '\n    digest: {scheme: 1, statement: "0000000000000000", kind: "0000000000000000"}',
        "",
    )
    state = book.status().reviews[0]
    assert (state.current, state.changed) == (False, ("digest",))
    assert book.status().review == "stale"


def test_a_review_under_an_unknown_scheme_is_stale(book):
    book.edit(CLAIM, "{scheme: 1,", "{scheme: 9,")
    assert book.status().reviews[0].changed == ("scheme",)


def test_a_claim_without_reviews_is_unreviewed(book):
    assert book.status("calculus/midpoint/kinks").review == "unreviewed"


def test_one_human_pass_is_reviewed_by_the_default_policy(book):
    book.pin()
    assert (book.status().review, book.status().badge) == ("reviewed", "reviewed")


def test_fewer_passes_than_the_policy_are_under_review(book):
    book.pin()
    policy(book, "{published: {reviews: 2}}")
    assert book.status().review == "under-review"
    book.review("cyd")
    assert book.status().review == "reviewed"


def test_machine_passes_do_not_count_and_are_said_to_be_all_there_is(book):
    book.review("bot")
    assert (book.status().review, book.status().ai_only) == ("under-review", True)
    book.review("cyd")
    assert (book.status().review, book.status().ai_only) == ("reviewed", False)


def test_machine_passes_count_towards_reviews_where_the_policy_says_so_but_never_as_human(book):
    policy(book, "{ai_counts: true, published: {reviews: 2}}")
    book.pin()
    book.review("bot")
    assert book.status().review == "reviewed"
    book.edit(POLICY, "reviews: 2}", "reviews: 2, human: 2}")
    assert book.status().review == "under-review"


@pytest.mark.parametrize(
    "conclusion",
    ["overstated", "misattributed", "not-supported", "contradicted", "inaccurate"],
)
def test_a_fail_alone_rejects_and_beside_a_pass_disputes(book, conclusion):
    book.review("cyd", conclusion)
    assert book.status().review == "rejected"
    book.pin()
    assert (book.status().review, book.status().badge) == ("disputed", "disputed")


@pytest.mark.parametrize("conclusion", ["inconclusive", "unverifiable"])
def test_an_open_conclusion_counts_as_neither(book, conclusion):
    book.review("cyd", conclusion)
    assert book.status().review == "unreviewed"
    book.pin()
    assert book.status().review == "reviewed"


def test_a_reviewers_newest_current_review_counts(book):
    book.review("cyd", "overstated")
    book.review("cyd")
    assert book.status().review == "reviewed"
    assert [state.counts for state in book.status().reviews] == [False, False, True]


@pytest.mark.parametrize(("again", "stale"), [("ben", False), ("cyd", True)])
def test_a_stale_review_that_its_reviewer_has_renewed_waits_for_nobody(book, again, stale):
    book.review(again)
    first, second = book.status().reviews
    assert not first.current and second.current
    assert (first.stale, second.stale) == (stale, False)


def test_a_withdrawn_review_does_not_count(book):
    book.review("cyd", extra="    withdrawn: {date: 2026-03-01, reason: I misread it.}\n")
    assert book.status().review == "stale"


def test_an_editor_settles_a_dispute_and_nobody_else_does(book):
    book.pin()
    book.review("cyd", "overstated")
    assert book.status().review == "disputed"
    book.review("bot", "supported", extra='    settles: ["2"]\n')
    assert book.status().review == "disputed"
    book.review("eve", "supported", extra='    settles: ["2"]\n')
    assert book.status().review == "reviewed"


def test_an_editors_review_that_went_stale_settles_nothing(book):
    book.review("eve", "supported", extra='    settles: ["3"]\n')
    book.edit(CLAIM, "Twice", "Thrice")
    book.review("cyd", "overstated")
    assert book.status().review == "rejected"


@pytest.mark.parametrize(
    "author", ["ben", "{name: ben reviewer, kind: human}", "{name: B., kind: human, github: Ben-R}"]
)
def test_an_authors_review_counts_for_nothing(book, author):
    book.pin()
    book.edit(CLAIM, "kind: theorem", f"kind: theorem\nauthors: [{author}]")
    assert book.status().review == "unreviewed"
    policy(book, "{independent: false}")
    assert book.status().review == "reviewed"


def test_the_concepts_authors_are_the_claims(book):
    book.review("ann")
    assert book.status().review == "unreviewed"


def test_two_orcids_are_two_people_of_one_name(book):
    book.review("{name: Cyd Reviewer, kind: human, orcid: 0000-0001-5109-3700}", "overstated")
    book.review("cyd")
    assert book.status().review == "disputed"


def test_no_review_is_edited_for_evidence_that_moves_on(book):
    stance = "source: davis-1984\n    stance: "
    book.edit(CLAIM, f"{stance}supports", f"{stance}contradicts")
    book.edit(CLAIM, "finding: supports", "finding: contradicts")
    book.pin()
    assert faults(book) == []
    book.edit(CLAIM, f"{stance}contradicts", f"{stance}supports")
    assert faults(book) == [], "its author corrects a stance"
    book.edit(CLAIM, "source: davis-1984", "source: notes-2020")
    assert faults(book) == [], "and drops a source"
    assert book.status().review == "stale"


def test_what_a_current_review_checked_is_there(book):
    book.edit(CLAIM, "evidence: davis-1984", "evidence: davis-1894")
    book.pin()
    assert faults(book) == ["CB312"]


def faults(book):
    """Codes of what is said of reviews."""
    return [d.rule.code for d in check(book.load()) if d.rule.code in {"CB312", "CB607"}]
