"""A history with one commit of each kind of change: each is told once, at its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import pytest
from conceptbook.audit.since import since
from conceptbook.diagnostics.catalogue import RULES
from conceptbook.evidence.difference import Change
from conceptbook.evidence.identity import claim_digest

HOME = "claims/calculus/midpoint"
REVIEWED = f"{HOME}/second-order.yaml"
PAGE = "content/calculus/midpoint/page.md"
CONCEPT = "content/calculus/midpoint/concept.yaml"
CODES = {rule.name: code for code, rule in RULES.items()}
SINCE = {rule.name for code, rule in RULES.items() if "CB720" <= code <= "CB754"}
CLAIM = """\
statement: The rule named {0} is exact at a kink.
kind: empirical
scope: Functions with one kink.
caveats:
  - Not for two.
evidence:
  - source: talvila-2012
    stance: supports
    locator: p. 2
    quote: at a kink
  - source: davis-1984
    stance: background
"""
REVIEW = """\
  - by: ben
    date: 2026-02-01
    conclusion: supported
    checks:
      - {{evidence: talvila-2012, access: full-text, finding: supports}}
    summary: Read the places again and came to the {0} conclusion.
    digest: {{scheme: 2, {1}}}
"""
BEN = "Ben Reviewer <ben@example.org>"


@dataclass(frozen=True)
class Step:
    """A commit: what it does to files, what is told of it, on the line with which words."""

    make: Callable
    path: str
    words: str
    also: str | None = None
    """A second rule that the same commit breaks."""
    there: tuple[str, str] | None = None
    """Where that is told, if not at the same line: in a file before."""


def own(rule: str) -> str:
    return f"{HOME}/c-{rule}.yaml"


def edit(rule: str, old: str, new: str, words: str) -> Step:
    return Step(lambda r: r.edit(own(rule), old, new), own(rule), words)


def pinned(repository, claim: str, said: str) -> str:
    notebook = repository.load()
    parts = claim_digest(notebook.claims[claim.removeprefix("claims/")[:-5]], notebook)
    return REVIEW.format(said, ", ".join(f'{name}: "{value}"' for name, value in parts.items()))


def add_review(repository, path: str, said: str = "same") -> None:
    text = repository.text(path)
    begin = "" if "reviews:" in text else "reviews:\n"
    repository.write(path, text + begin + pinned(repository, path, said))


def rename(repository) -> None:
    new = repository.root / HOME / "c-called-otherwise.yaml"
    (repository.root / own("claim-renamed")).rename(new)
    repository.edit(str(new), "kind:", "aliases: [c-claim-renamed]\nkind:")


def remove_a_review(repository) -> None:
    text = repository.text(own("review-removed"))
    first, second = text.index("  - by: ben"), text.rindex("  - by: ben")
    repository.write(own("review-removed"), text[:first] + text[second:])


STEPS = {
    "claim-added": Step(
        lambda r: r.write(own("claim-added"), CLAIM.format("new")), own("claim-added"), "statement:"
    ),
    "claim-removed": Step(
        lambda r: (r.root / own("claim-removed")).unlink(), own("claim-removed"), "1"
    ),
    "claim-renamed": Step(rename, f"{HOME}/c-called-otherwise.yaml", "statement:"),
    "claim-withdrawn": edit(
        "claim-withdrawn", "kind:", "withdrawn: {date: 2026-02-02, reason: No.}\nkind:", "withdrawn"
    ),
    "claim-reworded": edit("claim-reworded", "is exact", "is nearly exact", "statement:"),
    "kind-changed": edit("kind-changed", "empirical", "conjecture", "kind:"),
    "scope-narrowed": edit("scope-narrowed", "one kink.", "one kink, on a line.", "scope:"),
    "scope-broadened": edit("scope-broadened", "Functions with one kink.", "Functions.", "scope:"),
    "scope-changed": edit("scope-changed", "one kink", "two kinks", "scope:"),
    "caveat-dropped": edit("caveat-dropped", "caveats:\n  - Not for two.\n", "", "statement:"),
    "caveat-added": edit("caveat-added", "evidence:", "  - Nor for three.\nevidence:", "  - Nor"),
    "source-dropped": edit(
        "source-dropped", "  - source: davis-1984\n    stance: background\n", "", "evidence:"
    ),
    "source-added": edit(
        "source-added",
        "evidence:",
        "evidence:\n  - {source: notes-2020, stance: background}",
        "source: notes",
    ),
    "stance-changed": edit("stance-changed", "supports", "qualifies", "stance: qualifies"),
    "locator-lost": edit("locator-lost", "    locator: p. 2\n", "", "source: talvila"),
    "locator-changed": edit("locator-changed", "p. 2", "p. 3", "locator:"),
    "quote-changed": edit("quote-changed", "quote: at a", "quote: at one", "quote:"),
    "evidence-reworded": edit(
        "evidence-reworded",
        "  - source: davis",
        "    note: So it says.\n  - source: davis",
        "note:",
    ),
    "witness-dropped": edit("witness-dropped", "witnesses: [{id: left}]\n", "", "statement:"),
    "witness-added": edit(
        "witness-added", "evidence:", "witnesses: [{id: left}]\nevidence:", "witnesses:"
    ),
    "review-added": Step(
        lambda r: add_review(r, own("review-added")),
        own("review-added"),
        "by: ben",
        also="review-by-another",
    ),
    "review-invalidated": Step(
        lambda r: r.edit("content/calculus/midpoint/slices.py", "# Error", "# The error"),
        REVIEWED,
        "id: first",
    ),
    "review-altered": edit("review-altered", "the same", "another", "by: ben"),
    "review-removed": Step(remove_a_review, own("review-removed"), "reviews:"),
    "review-withdrawn": Step(
        lambda r: r.edit(
            own("review-withdrawn"),
            "    summary:",
            "    withdrawn: {date: 2026-02-03, reason: No.}\n    summary:",
        ),
        own("review-withdrawn"),
        "    withdrawn",
        also="review-by-another",
    ),
    "reviewer-changed": Step(
        lambda r: r.edit("notebook.yaml", "github: ben-r", "github: carl"),
        "notebook.yaml",
        "  ben:",
    ),
    "policy-changed": Step(
        lambda r: r.edit("notebook.yaml", "people:", "review: {ai_counts: true}\npeople:"),
        "notebook.yaml",
        "review:",
    ),
    "curve-re-recorded": Step(
        lambda r: r.edit("content/calculus/midpoint/curves/left.csv", "4.0,0.125", "4.0,0.126"),
        "content/calculus/midpoint/curves/left.csv",
        "4.0,",
    ),
    "assertion-changed": Step(
        lambda r: r.edit(CONCEPT, "left_errors}", "left_errors, rtol: 0.01}"),
        CONCEPT,
        "id: left",
    ),
    "relations-changed": edit(
        "relations-changed", "evidence:", "relations: {refines: [kinks]}\nevidence:", "relations:"
    ),
    "proof-rewritten": Step(
        lambda r: r.edit(PAGE, "four.\n:::", "four. Done.\n:::"),
        PAGE,
        "::: proof",
        also="updated-not-moved",
        there=(CONCEPT, "updated:"),
    ),
}


def places(changes: Iterable[Change]) -> list[tuple[str, str, int]]:
    return [
        (change.diagnostic.rule.name, change.diagnostic.span.path, change.diagnostic.span.line)
        for change in changes
    ]


def expected(repository, rule: str) -> Iterator[tuple[str, str, int]]:
    step = STEPS[rule]
    if step.there:
        yield step.also, step.there[0], repository.line(*step.there)
    line = int(step.words) if step.words.isdigit() else repository.line(step.path, step.words)
    beside = [rule, *([step.also] if step.also and not step.there else [])]
    for name in sorted(beside, key=CODES.__getitem__):
        yield name, step.path, line


@pytest.fixture
def history(repository):
    """A claim of its own for each kind of change, reviewed where the change is of a review."""
    for rule in STEPS:
        if rule != "claim-added":
            repository.write(own(rule), CLAIM.format(rule))
    repository.edit(own("witness-dropped"), "evidence:", "witnesses: [{id: left}]\nevidence:")
    add_review(repository, own("review-altered"))
    add_review(repository, own("review-withdrawn"))
    add_review(repository, own("review-removed"), "first")
    add_review(repository, own("review-removed"), "second")
    repository.commit("begin", author=BEN)
    return repository


def test_each_kind_of_change_has_its_commit():
    assert {*STEPS, *(step.also for step in STEPS.values() if step.also)} == SINCE


def test_each_commit_is_told_once_at_its_line_and_so_is_the_whole_history(history, example):
    first = history.git("rev-parse", "HEAD")
    shown: set[str] = set()
    for rule, step in STEPS.items():
        step.make(history)
        history.commit(rule)
        changes = since("HEAD~1", history.load()).changes
        assert places(changes) == list(expected(history, rule)), rule
        for change in changes:
            if change.diagnostic.rule.code not in shown:
                shown.add(change.diagnostic.rule.code)
                named = re.sub(r"in [0-9a-f]{10}$", "in 0123456789", change.diagnostic.message)
                example(replace(change.diagnostic, message=named), history.root)
    every = [place for rule in STEPS for place in expected(history, rule)]
    assert sorted(places(since(first, history.load()).changes)) == sorted(every)
