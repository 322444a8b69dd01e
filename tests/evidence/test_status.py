"""Grounding, contest and badges."""

import pytest

FOLDER = "claims/calculus/midpoint"
CLAIM = f"{FOLDER}/second-order.yaml"


def make(book, name, kind, rest="", scope="Here."):
    book.write(
        f"{FOLDER}/{name}.yaml",
        f"statement: A statement.\nkind: {kind}\nscope: {scope}\n{rest}",
    )
    return f"calculus/midpoint/{name}"


SUPPORTS = "evidence: [{source: davis-1984, stance: supports, locator: p. 1}]\n"
BACKGROUND = "evidence: [{source: davis-1984, stance: background, locator: p. 1}]\n"
NO_PLACE = "evidence: [{source: davis-1984, stance: supports}]\n"


@pytest.mark.parametrize(
    ("kind", "rest", "evidence"),
    [
        ("empirical", SUPPORTS, "grounded"),
        ("empirical", SUPPORTS.replace("supports", "qualifies"), "grounded"),
        ("empirical", BACKGROUND, "unsupported"),
        ("empirical", SUPPORTS.replace("supports", "contradicts"), "unsupported"),
        ("empirical", "witnesses: [{id: midpoint}]\n", "unsupported"),
        ("theorem", SUPPORTS, "grounded"),
        ("theorem", "witnesses: [{object: proof, id: halving}]\n", "grounded"),
        ("theorem", "witnesses: [{object: equation, id: bound}]\n", "unsupported"),
        ("definition", "", "unsupported"),
        ("definition", SUPPORTS, "grounded"),
        ("computation", SUPPORTS, "unsupported"),
        ("record", SUPPORTS, "grounded"),
        ("record", NO_PLACE, "unsupported"),
        ("guidance", SUPPORTS, "grounded"),
        ("guidance", "relations: {rests_on: [kinks]}\n", "grounded"),
        ("guidance", "relations: {rests_on: [falls]}\n", "unsupported"),
        ("conjecture", SUPPORTS, "grounded"),
        ("conjecture", "", "unsupported"),
    ],
)
def test_what_a_kind_is_grounded_by(book, kind, rest, evidence):
    claim = make(book, "tried", kind, rest)
    assert book.status(claim).evidence == evidence


def test_a_convention_grounds_a_definition(book):
    claim = make(book, "tried", "definition", scope="A convention of this notebook.")
    assert book.status(claim).evidence == "grounded"


def test_guidance_that_rests_on_itself_is_not_grounded(book):
    one = make(book, "one", "guidance", "relations: {rests_on: [two]}\n")
    make(book, "two", "guidance", "relations: {rests_on: [one]}\n")
    assert book.status(one).evidence == "unsupported"
    make(book, "two", "guidance", "relations: {rests_on: [one, kinks]}\n")
    assert book.status(one).evidence == "grounded"


def test_a_withdrawn_claim_holds_nothing_up(book):
    withdrawn = "withdrawn: {date: 2026-01-01, reason: Wrong.}\nkind:"
    book.edit(f"{FOLDER}/kinks.yaml", "kind:", withdrawn)
    assert book.status("calculus/midpoint/use-midpoint").evidence == "unsupported"
    assert book.status("calculus/midpoint/kinks").badge == "withdrawn"


def test_a_computation_is_grounded_by_a_recorded_curve_that_holds(book, record):
    claim = "calculus/midpoint/falls"
    assert book.status(claim).evidence == "unsupported"
    record(book.root)
    assert book.status(claim).evidence == "grounded"
    record(book.root, holds=False)
    assert book.status(claim).evidence == "unsupported"


def test_a_record_of_other_code_grounds_nothing(book, record):
    record(book.root)
    book.edit("content/calculus/midpoint/slices.py", "# Error", "# The error")
    assert book.status("calculus/midpoint/falls").evidence == "unsupported"


def test_contradicting_evidence_contests(book):
    book.edit(CLAIM, "stance: qualifies", "stance: contradicts")
    assert book.status().flags == ("contested",)


def test_a_contradicts_relation_contests_both_sides(book):
    book.edit(CLAIM, "reviews:", "relations: {contradicts: [kinks]}\nreviews:")
    assert book.status().flags == ("contested",)
    assert book.status("calculus/midpoint/kinks").flags == ("contested",)


def test_a_superseded_claim_says_so_before_anything_else(book):
    book.edit(CLAIM, "reviews:", "relations: {supersedes: [kinks]}\nreviews:")
    status = book.status("calculus/midpoint/kinks")
    assert (status.badge, status.flags) == ("superseded", ("superseded",))


def test_a_withdrawn_claim_supersedes_and_contests_nothing(book):
    book.edit(
        CLAIM,
        "reviews:",
        "relations: {supersedes: [kinks], contradicts: [falls]}\n"
        "withdrawn: {date: 2026-01-01, reason: Wrong.}\nreviews:",
    )
    assert book.status("calculus/midpoint/kinks").flags == ()
    assert book.status("calculus/midpoint/falls").flags == ()


def test_what_contradicts_a_withdrawn_claim_is_not_contested(book):
    book.edit(CLAIM, "reviews:", "relations: {contradicts: [kinks]}\nreviews:")
    kinks = CLAIM.replace("second-order", "kinks")
    book.edit(kinks, "kind:", "withdrawn: {date: 2026-01-01, reason: Wrong.}\nkind:")
    assert book.status().flags == ()


def test_unsupported_comes_before_stale(book):
    book.edit(CLAIM, "kind: theorem", "kind: computation")
    assert (book.status().review, book.status().badge) == ("stale", "unsupported")
