"""The digest: which part each field is under, and what is under none."""

import os
import subprocess
import sys

import pytest
from conceptbook.evidence.identity import claim_digest, source_identity
from conceptbook.model import Source

CLAIM = "claims/calculus/midpoint/second-order.yaml"
PAGE = "content/calculus/midpoint/page.md"
PINNED = {
    "statement": "1de0dc96275d165f",
    "kind": "24b71a0957f0fde8",
    "scope": "c917cfa509b4a93d",
    "caveats": "18959d2695b461ec",
    "evidence": "2a3b5d9f14971139",
    "sources": "af4fb69ba7ebd36c",
    "witnesses": "75d60b05176135f0",
    "proofs": "40c35db606fc47f1",
}

FIRST_SCHEME = {**PINNED, "witnesses": "f90457ce4843ab28"}
PROOF = "halving the width divides the error by four.\n"


def test_the_example_digests_stay(book):
    assert book.digest() == PINNED
    notebook = book.load()
    claim = notebook.claims["calculus/midpoint/second-order"]
    assert claim_digest(claim, notebook, scheme=1) == FIRST_SCHEME


def test_a_review_of_the_first_scheme_is_held_against_it(book):
    parts = ", ".join(f'{name}: "{value}"' for name, value in FIRST_SCHEME.items())
    zeros = 'scheme: 1, statement: "0000000000000000", kind: "0000000000000000"'
    book.edit(CLAIM, zeros, f"scheme: 1, {parts}")
    book.edit("content/calculus/midpoint/concept.yaml", "label: midpoint", "label: left")
    assert book.status().reviews[0].current
    book.edit("content/calculus/midpoint/concept.yaml", "rtol: 1e-3", "rtol: 1e-2")
    assert book.status().reviews[0].changed == ("witnesses",)


@pytest.mark.parametrize(
    ("path", "given", "old", "new", "part"),
    [
        (CLAIM, ("[the other claim]", "[]"), "(claim:kinks)", "(claim:use-midpoint)", "caveats"),
        (
            CLAIM,
            ("(claim:kinks)", "(source:davis-1984)"),
            "davis-1984)",
            "talvila-2012)",
            "sources",
        ),
        (PAGE, (PROOF, f"{PROOF[:-1]}[^a]\n"), "even n", "odd n", "proofs"),
        (PAGE, (PROOF, PROOF), "::: proof", "::: example", "proofs"),
        (PAGE, (PROOF, f"{PROOF}\n$$ a = b $$ (inner)\n"), "(inner)", "(outer)", None),
        (PAGE, (PROOF, f"{PROOF[:-1]}[^a]\n"), "[^a]", "[^b]", None),
    ],
    ids=["title", "work", "footnote", "example", "name-of-equation", "name-of-footnote"],
)
def test_what_readers_read_counts_and_a_name_does_not(book, path, given, old, new, part):
    book.edit(path, *given)
    if "[^a]" in given[1]:
        book.edit(PAGE, "Slices.", "Slices.\n\n[^a]: For even n.")
    before = book.digest()
    book.edit(path, old, new)
    now = book.digest()
    assert [name for name in before if now[name] != before[name]] == ([part] if part else [])


def test_advice_is_pinned_to_what_the_claims_under_it_say(book):
    before = book.digest("calculus/midpoint/use-midpoint")
    book.edit("claims/calculus/midpoint/kinks.yaml", "only of first", "not of second")
    now = book.digest("calculus/midpoint/use-midpoint")
    assert [name for name in before if now[name] != before[name]] == ["evidence"]


def test_an_example_proves_nothing(book):
    book.edit(CLAIM, "stance: supports", "stance: background")
    book.edit(CLAIM, "stance: qualifies", "stance: background")
    assert book.status().evidence == "grounded"
    book.edit(PAGE, "::: proof", "::: example")
    assert book.status().evidence == "unsupported"


def test_one_change_is_seen_in_exactly_its_part(book, covered):
    book.edit(covered.path, covered.old, covered.new)
    now = book.digest()
    assert [name for name in PINNED if now.get(name) != PINNED[name]] == [covered.part]


def test_what_is_not_under_the_digest_leaves_it(book, uncovered):
    uncovered(book)
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
    assert claim_digest(notebook.claims["calculus/midpoint/kinks"], notebook, scheme=9) is None


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


WORK = {
    "id": "a",
    "type": "webpage",
    "title": "A page",
    "DOI": "10.5555/A",
    "ISBN": "0-12-206360-0",
    "edition": "2",
    "archive": "arXiv",
    "archive_location": "1706.03762v5",
    "version": "5",
    "URL": "https://example.org/a",
    "custom": {"archived": {"url": "https://archive.example.org/a", "date": "2026-01-01"}},
    "author": [{"family": "Kovács", "given": "Ágnes"}],
    "issued": "2020",
}


@pytest.mark.parametrize(
    ("without", "identity", "changed"),
    [
        ((), {"doi": "10.5555/a"}, {"DOI": "10.5555/B"}),
        (("DOI",), {"isbn": "0122063600", "edition": "2"}, {"edition": "3"}),
        (
            ("DOI", "ISBN"),
            {"arxiv": "1706.03762v5", "version": "5"},
            {"archive_location": "1706.03762v6"},
        ),
        (
            ("DOI", "ISBN", "archive", "archive_location"),
            {"url": "https://example.org/a", "archived": "2026-01-01"},
            {"custom": {"archived": {"url": "https://e.org/a", "date": "2026-01-02"}}},
        ),
        (
            ("DOI", "ISBN", "archive", "archive_location", "URL"),
            {"type": "webpage", "authors": ["Kovács"], "year": 2020, "title": "A page"},
            {"type": "book"},
        ),
    ],
)
def test_a_work_is_named_by_the_first_permanent_name_that_it_has(without, identity, changed):
    fields = {name: value for name, value in WORK.items() if name not in without}
    assert source_identity(Source.model_validate(fields)) == identity
    assert source_identity(Source.model_validate({**fields, **changed})) != identity
    assert source_identity(Source.model_validate({**fields, "id": "b", "note": "n"})) == identity
