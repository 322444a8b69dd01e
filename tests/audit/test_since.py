"""Each kind of change, committed, is reported once and at its line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from conceptbook.audit.markdown import to_markdown
from conceptbook.audit.since import since
from conceptbook.author.history import Committer, UnknownRevision, is_person
from conceptbook.diagnostics import EnvironmentLacks
from conceptbook.model.people import Person

CLAIM = "claims/calculus/midpoint/second-order.yaml"
KINKS = "claims/calculus/midpoint/kinks.yaml"
FALLS = "claims/calculus/midpoint/falls.yaml"
CONCEPT = "content/calculus/midpoint/concept.yaml"
SETTINGS = "notebook.yaml"
CSV = "content/calculus/midpoint/curves/left.csv"
WITHDRAWN = "    withdrawn: {date: 2026-02-03, reason: I misread it.}\n"
REVIEW = """\
  - by: {by}
    date: 2026-02-01
    conclusion: supported
    checks:
      - {{evidence: davis-1984, access: full-text, finding: supports}}
    summary: Read the same places again and came to the same conclusion.
    {digest}
"""


@dataclass
class Kind:
    """A change: how it is made, and the rules with the words of their lines it must give."""

    name: str
    make: Callable
    expected: dict[str, tuple[str, str]]


def edit(path, old, new):
    return lambda repository: repository.edit(path, old, new)


def add_review(repository, by="cyd"):
    text = repository.text(CLAIM)
    repository.write(CLAIM, text + REVIEW.format(by=by, digest=repository.pinned()))


def rename(repository):
    corners = "claims/calculus/midpoint/corners.yaml"
    (repository.root / KINKS).rename(repository.root / corners)
    repository.edit(corners, "kind: emp", "aliases: [kinks]\nkind: emp")
    repository.edit("claims/calculus/midpoint/use-midpoint.yaml", "[kinks]", "[corners]")


KINDS = [
    Kind(
        "added",
        lambda r: r.write("claims/calculus/midpoint/new.yaml", r.text(FALLS)),
        {"claim-added": ("claims/calculus/midpoint/new.yaml", "statement:")},
    ),
    Kind("removed", lambda r: (r.root / FALLS).unlink(), {"claim-removed": (FALLS, "1")}),
    Kind(
        "renamed",
        rename,
        {"claim-renamed": ("claims/calculus/midpoint/corners.yaml", "statement:")},
    ),
    Kind(
        "withdrawn",
        edit(FALLS, "kind:", "withdrawn: {date: 2026-02-02, reason: Wrong.}\nkind:"),
        {"claim-withdrawn": (FALLS, "withdrawn:")},
    ),
    Kind("reworded", edit(KINKS, "only", "merely"), {"claim-reworded": (KINKS, "statement:")}),
    Kind("kind", edit(KINKS, "empirical", "conjecture"), {"kind-changed": (KINKS, "kind:")}),
    Kind(
        "scope-narrowed",
        edit(KINKS, "one kink.", "one kink, of one variable."),
        {"scope-narrowed": (KINKS, "scope:")},
    ),
    Kind(
        "scope-broadened",
        edit(KINKS, "Functions with one kink.", "Functions."),
        {"scope-broadened": (KINKS, "scope:")},
    ),
    Kind(
        "scope-changed",
        edit(KINKS, "one kink.", "many kinks."),
        {"scope-changed": (KINKS, "scope:")},
    ),
    Kind(
        "scope-dropped",
        edit(
            "claims/calculus/midpoint/falls.yaml",
            "kind: computation\nscope: The witness at its default setting.",
            "kind: record",
        ),
        {"kind-changed": (FALLS, "kind:"), "scope-broadened": (FALLS, "statement:")},
    ),
    Kind(
        "caveat-added",
        edit(KINKS, "evidence:", "caveats: [Not for two.]\nevidence:"),
        {"caveat-added": (KINKS, "caveats:")},
    ),
    Kind(
        "caveat-dropped",
        edit(CLAIM, "  - The bound holds, equality need not.\n", ""),
        {"caveat-dropped": (CLAIM, "caveats:"), "review-invalidated": (CLAIM, "id: first")},
    ),
    Kind(
        "source-added",
        edit(KINKS, "evidence:", "evidence:\n  - {source: davis-1984, stance: background}"),
        {"source-added": (KINKS, "source: davis")},
    ),
    Kind(
        "source-dropped",
        edit(
            CLAIM,
            "  - source: talvila-2012\n    stance: qualifies\n    locator: Theorem 1\n",
            "",
        ),
        {"source-dropped": (CLAIM, "evidence:"), "review-invalidated": (CLAIM, "id: first")},
    ),
    Kind(
        "stance",
        edit(KINKS, "stance: supports", "stance: qualifies"),
        {"stance-changed": (KINKS, "stance:")},
    ),
    Kind(
        "locator-lost",
        edit(KINKS, ", locator: p. 2", ""),
        {"locator-lost": (KINKS, "source: talvila")},
    ),
    Kind(
        "locator-changed",
        edit(KINKS, "p. 2", "p. 3"),
        {"locator-changed": (KINKS, "locator:")},
    ),
    Kind(
        "quote",
        edit(CLAIM, "is of order two", "is of second order"),
        {"quote-changed": (CLAIM, "quote:"), "review-invalidated": (CLAIM, "id: first")},
    ),
    Kind(
        "note",
        edit(CLAIM, "The same constant", "A constant"),
        {"evidence-reworded": (CLAIM, "note:"), "review-invalidated": (CLAIM, "id: first")},
    ),
    Kind("shows", edit(FALLS, "It falls.", "It rises."), {"evidence-reworded": (FALLS, "  - {id")}),
    Kind(
        "witness-dropped",
        edit(FALLS, "witnesses:\n  - {id: midpoint, shows: It falls.}\n", ""),
        {"witness-dropped": (FALLS, "statement:")},
    ),
    Kind(
        "witness-added",
        edit(FALLS, "witnesses:", "witnesses:\n  - {id: left}"),
        {"witness-added": (FALLS, "  - {id: left}")},
    ),
    Kind(
        "tolerance",
        edit(CONCEPT, "rtol: 1e-3", "rtol: 1e-2"),
        {
            "assertion-changed": (CONCEPT, "          - id: midpoint"),
            "review-invalidated": (CLAIM, "id: first"),
        },
    ),
    Kind(
        "proof",
        lambda r: (
            edit("content/calculus/midpoint/page.md", "by four.", "by five.")(r),
            edit(CONCEPT, "updated: 2026-01-01", "updated: 2026-02-01")(r),
        ),
        {
            "proof-rewritten": ("content/calculus/midpoint/page.md", "::: proof"),
            "review-invalidated": (CLAIM, "id: first"),
        },
    ),
    Kind(
        "relations",
        edit("claims/calculus/midpoint/use-midpoint.yaml", "[kinks]", "[falls]"),
        {"relations-changed": ("claims/calculus/midpoint/use-midpoint.yaml", "relations:")},
    ),
    Kind(
        "code",
        edit("content/calculus/midpoint/slices.py", "# Error", "# The error"),
        {"review-invalidated": (CLAIM, "id: first")},
    ),
    Kind(
        "review-added",
        add_review,
        {"review-added": (CLAIM, "by: cyd"), "review-by-another": (CLAIM, "by: cyd")},
    ),
    Kind(
        "review-by-its-reviewer",
        lambda r: add_review(r, "ann"),
        {"review-added": (CLAIM, "by: ann")},
    ),
    Kind(
        "review-by-a-tool",
        lambda r: add_review(r, "bot"),
        {"review-added": (CLAIM, "by: bot")},
    ),
    Kind(
        "review-altered",
        edit(CLAIM, "Compared the constant", "Compared a constant"),
        {"review-altered": (CLAIM, "id: first")},
    ),
    Kind(
        "review-under-another-name",
        edit(CLAIM, "by: ben", "by: cyd"),
        {"review-altered": (CLAIM, "id: first")},
    ),
    Kind(
        "review-repinned",
        lambda r: (
            edit(CLAIM, "Twice", "Thrice")(r),
            r.write(
                CLAIM, r.text(CLAIM).replace(r.text(CLAIM).splitlines()[-1].strip(), r.pinned())
            ),
        ),
        {"review-altered": (CLAIM, "id: first"), "scope-changed": (CLAIM, "scope:")},
    ),
    Kind(
        "review-removed",
        lambda r: r.write(CLAIM, r.text(CLAIM).partition("reviews:")[0]),
        {"review-removed": (CLAIM, "statement:")},
    ),
    Kind(
        "review-withdrawn-by-another",
        edit(CLAIM, "    summary: Compared", f"{WITHDRAWN}    summary: Compared"),
        {
            "review-withdrawn": (CLAIM, "    withdrawn:"),
            "review-by-another": (CLAIM, "    withdrawn:"),
        },
    ),
    Kind(
        "reviewed-claim-removed",
        lambda r: (r.root / CLAIM).unlink(),
        {"claim-removed": (CLAIM, "2"), "review-removed": (CLAIM, "25")},
    ),
    Kind(
        "another-person-behind-the-key",
        edit(SETTINGS, "github: ben-r", "github: carl"),
        {"reviewer-changed": (SETTINGS, "  ben:")},
    ),
    Kind(
        "policy",
        edit(SETTINGS, "people:", "review: {ai_counts: true}\npeople:"),
        {"policy-changed": (SETTINGS, "review:")},
    ),
    Kind(
        "person-made-a-tool",
        edit(SETTINGS, "github: ben-r", "kind: ai, tool: {name: b, version: '1'}"),
        {"reviewer-changed": (SETTINGS, "  ben:")},
    ),
    Kind(
        "curve",
        edit(CSV, "4.0,0.125", "4.0,0.126"),
        {"curve-re-recorded": (CSV, "4.0,")},
    ),
    Kind(
        "updated",
        edit("content/calculus/midpoint/page.md", "Slices.", "Thin slices."),
        {"updated-not-moved": (CONCEPT, "updated:")},
    ),
]
NOTHING = {
    "a-response-is-no-alteration": edit(
        CLAIM,
        "    summary: Compared",
        "    response: {by: ann, date: 2026-02-02, text: Thanks.}\n    summary: Compared",
    ),
    "white-space": edit(CLAIM, "Compared the constant", "Compared  the\n      constant"),
    "renamed-person": lambda r: (
        r.edit("notebook.yaml", "ben:", "benny:"),
        r.edit(CLAIM, "by: ben", "by: benny"),
    ),
    "a-persons-name": edit("notebook.yaml", "Ben Reviewer", "Benedict Reviewer"),
    "renamed-source": lambda r: [
        r.edit(path, "davis-1984", "davis1984")
        for path in (CLAIM, "claims/sources.yaml", "content/calculus/midpoint/page.md")
    ],
    "renamed-curve": lambda r: (
        r.edit(CONCEPT, "- id: midpoint", "- id: middle"),
        r.edit(CLAIM, "object: curve, id: midpoint", "object: curve, id: middle"),
        r.edit(FALLS, "{id: midpoint", "{id: middle"),
        (r.root / CSV).with_name("midpoint.csv").rename((r.root / CSV).with_name("middle.csv")),
    ),
    "renamed-other-curve": lambda r: (
        r.edit(CONCEPT, "curve: left", "curve: west"),
        r.edit(CONCEPT, "id: left", "id: west"),
        (r.root / CSV).rename((r.root / CSV).with_name("west.csv")),
    ),
    "comment": edit(CLAIM, "# The claim", "# A claim"),
    "moved-text-and-date": lambda r: (
        r.edit("content/calculus/midpoint/page.md", "Slices.", "Thin slices."),
        r.edit(CONCEPT, "updated: 2026-01-01", "updated: 2026-02-01"),
    ),
}


def found(repository, revision):
    return [
        (c.diagnostic.rule.name, c.diagnostic.span.path, c.diagnostic.span.line)
        for c in since(revision, repository.load()).changes
    ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_is_reported_once_and_at_its_line(repository, kind):
    first = repository.git("rev-parse", "HEAD")
    kind.make(repository)
    repository.commit(kind.name)
    expected = [
        (rule, path, int(words) if words.isdigit() else repository.line(path, words))
        for rule, (path, words) in kind.expected.items()
    ]
    assert sorted(found(repository, first)) == sorted(expected)
    assert found(repository, "HEAD") == []


@pytest.mark.parametrize("name", NOTHING)
def test_what_is_no_change_is_not_reported(repository, name):
    NOTHING[name](repository)
    repository.commit(name)
    reported = [item for item in found(repository, "HEAD~1") if item[0] != "updated-not-moved"]
    assert reported == []


@pytest.mark.parametrize(
    "later",
    [
        lambda r: r.edit(CLAIM, "text: Thanks.", "text: No."),
        lambda r: r.edit(CLAIM, "    response: {by: ann, date: 2026-02-02, text: Thanks.}\n", ""),
        lambda r: r.edit(CLAIM, "reason: I misread it.", "reason: They asked me to."),
    ],
    ids=["response-altered", "response-removed", "withdrawal-altered"],
)
def test_a_response_or_withdrawal_is_not_rewritten_either(repository, later):
    NOTHING["a-response-is-no-alteration"](repository)
    repository.edit(CLAIM, "    summary: Compared", f"{WITHDRAWN}    summary: Compared")
    repository.commit("answered")
    later(repository)
    place = ("review-altered", CLAIM, repository.line(CLAIM, "id: first"))
    assert found(repository, "HEAD") == [place]


def test_a_review_that_is_not_committed_yet_is_nobodys(repository):
    add_review(repository)
    assert [name for name, _, _ in found(repository, "HEAD")] == ["review-added"]


def test_a_notebook_below_the_repositorys_root(repository, tmp_path):
    outer = tmp_path / "outer"
    outer.mkdir()
    repository.root.rename(outer / "book")
    repository.root = outer / "book"
    (outer / "book" / ".git").rename(outer / ".git")
    repository.commit("moved")
    repository.edit(KINKS, "only", "merely")
    assert found(repository, "HEAD") == [("claim-reworded", KINKS, 1)]


def test_concepts_that_moved_keep_their_claims(repository):
    for top in ("content", "claims"):
        folder = repository.root / top / "calculus"
        (folder / "midpoint").rename(folder / "middle")
    moved = "content/calculus/middle/concept.yaml"
    repository.edit(moved, "authors:", "aliases: [calculus/midpoint]\nauthors:")
    repository.commit("moved")
    assert {name for name, _, _ in found(repository, "HEAD~1")} == {"claim-renamed"}


@pytest.mark.parametrize("revision", ["no-such", "--output=/tmp/x", "HEAD~9"])
def test_an_unknown_revision_is_named(repository, revision):
    with pytest.raises(UnknownRevision, match="knows no revision"):
        since(revision, repository.load())


def test_a_revision_without_a_notebook(repository):
    empty = repository.git("commit-tree", "-m", "x", repository.git("mktree"))
    with pytest.raises(UnknownRevision, match="no notebook"):
        since(empty, repository.load())


def test_a_link_that_led_out_of_the_notebook_is_no_part_of_it(repository):
    (repository.root / "claims/out").symlink_to("/etc")
    repository.commit("a link")
    (repository.root / "claims/out").unlink()
    assert since("HEAD", repository.load()).changes == ()


def test_a_shallow_clone_says_how_to_get_the_rest(repository, tmp_path):
    repository.write("notes.txt", "n")
    repository.commit("second")
    shallow = tmp_path / "shallow"
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.root}", str(shallow))
    with pytest.raises(UnknownRevision, match="git fetch --unshallow"):
        since("HEAD~1", replace(repository, root=shallow).load())


def test_without_a_repository_it_says_what_to_run(repository):
    subprocess.run(["rm", "-rf", str(repository.root / ".git")], check=True)
    with pytest.raises(EnvironmentLacks, match="git init"):
        since("HEAD", repository.load())


def test_without_git_it_says_so(repository, monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(EnvironmentLacks, match="not installed"):
        since("HEAD", repository.load())


@pytest.mark.parametrize(
    ("name", "mail", "same"),
    [
        ("ben reviewer", "x@example.org", True),
        ("Other", "ben@example.org", True),
        ("ben-r", "x@example.org", True),
        ("Other", "123+Ben-R@users.noreply.github.com", True),
        ("Other", "ben-r@users.noreply.github.com", True),
        ("Other", "ben-r@example.org", False),
    ],
)
def test_who_is_the_reviewer(name, mail, same):
    person = Person(name="Ben Reviewer", github="ben-r", email="ben@example.org")
    assert is_person(person, Committer(name, mail, "abc")) is same


def test_the_data_has_the_words_before_and_after(repository):
    repository.edit(KINKS, "only", "merely")
    data = json.loads(json.dumps(since("HEAD", repository.load()).to_json()))
    change = data["changes"][0]
    assert (data["schema"], change["code"], change["line"]) == (1, "CB724", 1)
    assert "only" in change["before"] and "merely" in change["after"]


def test_the_comment_shows_words_and_nothing_else(repository):
    repository.edit(KINKS, "only of first", r"@everyone [x](https://e.org/x) \<b\> of `first`")
    text = to_markdown(since("HEAD", repository.load()))
    assert text.startswith("### Claims since `HEAD`\n\n1 note\n\n**calculus/midpoint/kinks**")
    assert "  - before: The midpoint rule is only of first order at a kink." in text
    assert "@everyone" not in text and r"\<b" in text and r"\[x\]\(" in text


def test_a_comment_is_cut_before_github_refuses_it(repository):
    for number in range(400):
        words = "word " * 40
        repository.write(
            f"claims/calculus/midpoint/c{number}.yaml",
            f"statement: Statement {number} {words}.\nkind: record\n",
        )
    repository.commit("many")
    for number in range(400):
        repository.edit(f"claims/calculus/midpoint/c{number}.yaml", "Statement", "Sentence")
    text = to_markdown(since("HEAD", repository.load()))
    assert len(text) < 65_536 and "more changes" in text.splitlines()[-1]
