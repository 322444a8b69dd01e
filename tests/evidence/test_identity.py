"""Every field under the digest: one character makes exactly its part stale."""

import os
import subprocess
import sys

import pytest
from conceptbook.evidence.identity import claim_digest

CLAIM = "claims/calculus/midpoint/second-order.yaml"
CONCEPT = "content/calculus/midpoint/concept.yaml"
CODE = "content/calculus/midpoint/slices.py"
CURVE = "content/calculus/midpoint/curves/midpoint.csv"
PAGE = "content/calculus/midpoint/page.md"
SOURCES = "claims/sources.yaml"

PINNED = {
    "statement": "1de0dc96275d165f",
    "kind": "24b71a0957f0fde8",
    "scope": "c917cfa509b4a93d",
    "caveats": "18959d2695b461ec",
    "evidence": "2a3b5d9f14971139",
    "sources": "af4fb69ba7ebd36c",
    "witnesses": "f90457ce4843ab28",
    "proofs": "40c35db606fc47f1",
}
CHANGES = [
    (CLAIM, "by four.", "by five.", "statement"),
    (CLAIM, "kind: theorem", "kind: empirical", "kind"),
    (CLAIM, "Twice", "Thrice", "scope"),
    (CLAIM, "need not.", "need not", "caveats"),
    (CLAIM, "the other claim", "the other claims", "caveats"),
    (CLAIM, "  - The bound holds, equality need not.\n", "", "caveats"),
    (CLAIM, "stance: supports", "stance: qualifies", "evidence"),
    (CLAIM, "p. 54", "p. 55", "evidence"),
    (CLAIM, "order two", "order 2", "evidence"),
    (CLAIM, "quote_lang: en", "quote_lang: fr", "evidence"),
    (CLAIM, "zweiter", "dritter", "evidence"),
    (CLAIM, "same constant", "Same constant", "evidence"),
    (CLAIM, "Theorem 1", "Theorem 2", "evidence"),
    (CLAIM, "at: 4", "at: 8", "witnesses"),
    (CLAIM, "each step", "every step", "witnesses"),
    (CLAIM, "the example", "one example", "witnesses"),
    (CLAIM, "It falls", "It fell", "witnesses"),
    (CLAIM, "the general case", "general cases", "proofs"),
    (CLAIM, "source: talvila-2012", "source: notes-2020", "sources"),
    (CONCEPT, "x: counts\n            y: mid", "x: count\n            y: mid", "witnesses"),
    (CONCEPT, "y: midpoint_errors", "y: midpoint_error", "witnesses"),
    (CONCEPT, "low: low", "low: lowest", "witnesses"),
    (CONCEPT, "high: high", "high: highest", "witnesses"),
    (CONCEPT, "rtol: 1e-3", "rtol: 2e-3", "witnesses"),
    (CONCEPT, "atol: 1e-8", "atol: 1e-9", "witnesses"),
    (CONCEPT, "Rounding", "rounding", "witnesses"),
    (CONCEPT, "slack: 0.01", "slack: 0.02", "witnesses"),
    (CONCEPT, "from: 2", "from: 4", "witnesses"),
    (CONCEPT, "- below: {curve", "- above: {curve", "witnesses"),
    (CONCEPT, "Each halving", "Every halving", "witnesses"),
    (CONCEPT, "id: left, x: counts, y: left_", "id: left, x: counts, y: low_", "witnesses"),
    (CONCEPT, "atol: 1e-8\n", "atol: 1e-8\n            judge: shapes\n", "witnesses"),
    (CODE, "most = 8", "most = 9", "witnesses"),
    (CODE, "# Error", "# Errors", "witnesses"),
    (CODE, "> midpoint_errors[-1]", ">= midpoint_errors[-1]", "witnesses"),
    (CURVE, "0.0013020833333333333", "0.0013020833333333335", "witnesses"),
    (CURVE, "x,y\n2.0,", "x,y\n1.0,", "witnesses"),
    (PAGE, "{24 n^2}", "{12 n^2}", "proofs"),
    (PAGE, "by four.", "by 4.", "proofs"),
    (SOURCES, "10.5555/Talvila.2012", "10.5555/talvila.2013", "sources"),
    (SOURCES, "0-12-206360-0", "978-0-486-45339-2", "sources"),
    (SOURCES, 'edition: "2"', 'edition: "3"', "sources"),
    (SOURCES, "title: Notes on Quadrature", "title: Notes on Sums", "sources"),
    (SOURCES, "issued: 2020", "issued: 2021", "sources"),
    (SOURCES, "Office of Slices", "Office of Sums", "sources"),
]
SAME = {
    "white-space-in-text": (CLAIM, "Halving the width", "Halving   the\n  width"),
    "literal-block": (
        CLAIM,
        "scope: Twice differentiable functions on a closed interval.",
        "scope: |\n  Twice differentiable functions\n  on a closed interval.",
    ),
    "quoting": (CLAIM, "locator: Theorem 1", 'locator: "Theorem 1"'),
    "flow-style": (
        CLAIM,
        "  - source: talvila-2012\n    stance: qualifies\n    locator: Theorem 1",
        "  - {locator: Theorem 1, stance: qualifies, source: talvila-2012}",
    ),
    "key-order": (
        CLAIM,
        "statement: Halving the width divides the error of the midpoint rule by four.\n"
        "kind: theorem",
        "kind: theorem\nstatement: Halving the width divides the error of the midpoint rule by"
        " four.",
    ),
    "comment": (CLAIM, "# The claim", "# A claim"),
    "translator": (CLAIM, "by: Ann Author", "by: A. Author"),
    "authors": (CLAIM, "kind: theorem", "kind: theorem\nauthors: [cyd]"),
    "relations": (CLAIM, "kind: theorem", "kind: theorem\nrelations: {refines: [kinks]}"),
    "default-written-out": (CONCEPT, "rtol: 1e-3", "rtol: 1e-3\n            judge: points"),
    "number-form": (CONCEPT, "rtol: 1e-3", "rtol: 0.0010"),
    "label": (CONCEPT, "label: midpoint rule", "label: the rule"),
    "plot": (CONCEPT, "title: Error by slices", "title: Errors"),
    "control-range": (CONCEPT, "max: 64", "max: 32"),
    "concept-title": (CONCEPT, "title: Midpoint sums", "title: Sums"),
    "trailing-blanks-in-code": (CODE, "most = 8\n", "most = 8  \n"),
    "crlf-in-code": (CODE, "\n", "\r\n"),
    "crlf-in-claim": (CLAIM, "\n", "\r\n"),
    "csv-number-form": (CURVE, "2.0,", "2,"),
    "prose-beside-the-proof": (PAGE, "Slices.", "Thin slices."),
    "white-space-in-proof": (PAGE, "halving the width", "halving the\nwidth"),
    "doi-case": (SOURCES, "Talvila.2012", "TALVILA.2012"),
    "isbn-hyphens": (SOURCES, "0-12-206360-0", "0122063600"),
    "title-of-a-book-with-isbn": (SOURCES, "Methods of Numerical", "Methods of numerical"),
    "given-name": (SOURCES, "given: Erik", "given: E."),
    "person": ("notebook.yaml", "name: Ben Reviewer", "name: Benedict Reviewer"),
}
RENAMES = {
    "source-key": [
        (SOURCES, "davis-1984", "davis1984"),
        (CLAIM, "davis-1984", "davis1984"),
        (PAGE, "davis-1984", "davis1984"),
    ],
    "cited-source-key": [
        (SOURCES, "notes-2020", "office-2020"),
        (CLAIM, "@notes-2020", "@office-2020"),
    ],
    "curve": [(CONCEPT, "id: midpoint", "id: middle"), (CLAIM, "id: midpoint", "id: middle")],
    "other-curve": [(CONCEPT, "id: left", "id: west"), (CONCEPT, "curve: left", "curve: west")],
    "proof": [(PAGE, "{#halving}", "{#halved}"), (CLAIM, "id: halving", "id: halved")],
    "equation": [
        (PAGE, "(bound)", "(limit)"),
        (PAGE, "(equation:bound)", "(equation:limit)"),
        (CLAIM, "id: bound", "id: limit"),
    ],
    "linked-claim": [(CLAIM, "claim:kinks", "claim:corners")],
    "person-id": [("notebook.yaml", "ben:", "benny:"), (CLAIM, "by: ben", "by: benny")],
}


def test_the_example_digests_stay(book):
    assert book.digest() == PINNED


@pytest.mark.parametrize(
    ("path", "old", "new", "part"), CHANGES, ids=[f"{c[3]}:{c[1][:20]}" for c in CHANGES]
)
def test_one_change_makes_exactly_its_part_stale_and_reverting_restores(book, path, old, new, part):
    book.pin()
    assert book.status().reviews[0].changed == ()
    before = (book.root / path).read_text(encoding="utf-8")
    book.edit(path, old, new)
    state = book.status().reviews[0]
    assert (state.changed, state.current) == ((part,), False)
    book.write(path, before)
    assert book.status().reviews[0].current


@pytest.mark.parametrize("name", SAME)
def test_what_is_not_under_the_digest_makes_nothing_stale(book, name):
    path, old, new = SAME[name]
    book.edit(path, old, new)
    assert book.digest() == PINNED


@pytest.mark.parametrize("name", RENAMES)
def test_a_rename_makes_nothing_stale(book, name):
    for path, old, new in RENAMES[name]:
        book.edit(path, old, new)
    curves = book.root / "content/calculus/midpoint/curves"
    if name == "curve":
        (curves / "midpoint.csv").rename(curves / "middle.csv")
    if name == "other-curve":
        (curves / "left.csv").rename(curves / "west.csv")
    assert book.digest() == PINNED


def test_a_renamed_claim_and_concept_keep_their_digest(book):
    (book.root / "content/calculus/midpoint").rename(book.root / "content/calculus/middle")
    (book.root / "claims/calculus/midpoint").rename(book.root / "claims/calculus/middle")
    claims = book.root / "claims/calculus/middle"
    (claims / "second-order.yaml").rename(claims / "order-two.yaml")
    assert book.digest("calculus/middle/order-two") == PINNED


def test_composed_and_decomposed_letters_are_the_same(book):
    book.edit(CLAIM, "The same constant.", "K\u00f6nig\u2019s constant.")
    composed = book.digest()
    book.edit(CLAIM, "K\u00f6nig", "Ko\u0308nig")
    assert book.digest() == composed


def test_another_cited_work_is_seen_in_the_sources(book):
    book.edit(CLAIM, "@notes-2020", "@talvila-2012")
    now = book.digest()
    assert [name for name in PINNED if now[name] != PINNED[name]] == ["sources"]


def test_an_unknown_scheme_has_no_digest(book):
    notebook = book.load()
    assert claim_digest(notebook.claims["calculus/midpoint/kinks"], notebook, scheme=2) is None


def test_a_part_that_the_claim_lacks_is_absent(book):
    assert set(book.digest("calculus/midpoint/kinks")) == {
        "statement",
        "kind",
        "scope",
        "evidence",
        "sources",
    }


def test_the_digest_needs_no_hash_seed(book):
    code = (
        "import sys; from pathlib import Path; from conceptbook.load import load;"
        "from conceptbook.evidence.identity import claim_digest;"
        "n, _ = load(Path(sys.argv[1]));"
        "print(claim_digest(n.claims['calculus/midpoint/second-order'], n))"
    )
    path = os.pathsep.join(sys.path)
    for seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", code, book.root],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": path},
        )
        assert ran.stdout.strip() == str(PINNED)
