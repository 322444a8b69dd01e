"""The digest: which part each field is under, and what is under none."""

import os
import subprocess
import sys

import pytest
from conceptbook.evidence.identity import claim_digest, source_identity
from conceptbook.model import Source

CLAIM = "claims/calculus/midpoint/second-order.yaml"
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


def test_the_example_digests_stay(book):
    assert book.digest() == PINNED


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
