"""Source pages: what rests on a source, and what would fall with it; the audit page beside them."""

from __future__ import annotations

import re

import pytest
from conceptbook.evidence.dependence import Dependence
from conceptbook.evidence.grounding import Grounds
from conceptbook.load import LoadedNotebook


@pytest.fixture(scope="module")
def site(troubled: LoadedNotebook, render_pages) -> dict[str, str]:
    pages = render_pages(troubled, "https://example.org/repo/")
    return {path: data.decode() for path, data in pages.items() if not path.endswith(".png")}


def part(text: str, name: str) -> str:
    return re.search(rf'<section class="section" id="{name}".*?</section>', text, re.S)[0]


def test_a_source_lists_what_rests_on_it_and_what_would_fall(site) -> None:
    text = site["sources/davis-1984/index.html"]
    assert 'href="../../claims/calculus/midpoint/good/"' in part(text, "claims")
    assert 'href="../../claims/calculus/midpoint/good/"' in part(text, "falls")
    assert "second-order" in part(text, "claims")


def test_a_retracted_source_says_so_with_the_date_of_what_is_known(site) -> None:
    text = site["sources/talvila-2012/index.html"]
    assert "Retracted on 2025-08-16" in text and "As known on 2026-03-01" in text
    assert "https://doi.org/10.5555/notice" in text and "Error in Data" in text
    assert "Retracted on 2025-08-16" in site["sources/index.html"]
    assert "Retracted on 2025-08-16" in site["claims/calculus/midpoint/kinks/index.html"]


@pytest.mark.parametrize(
    ("grounds", "falls"),
    [
        ({"a": Grounds(("s",), (), (), True)}, ("a",)),
        ({"a": Grounds(("s", "t"), (), (), True)}, ()),
        ({"a": Grounds(("s", "t"), (), (), True, ("t",))}, ("a",)),
        ({"a": Grounds(("s",), ("proof:p",), (), True)}, ()),
        ({"b": Grounds((), (), ("a",), True), "a": Grounds(("s",), (), (), True)}, ("b", "a")),
        ({"a": Grounds((), (), (), False)}, ()),
    ],
    ids=["alone", "another", "another-fallen", "proof", "through-a-claim", "never-stood"],
)
def test_what_would_fall(grounds: dict[str, Grounds], falls: tuple[str, ...]) -> None:
    assert Dependence(grounds).would_fall("s") == falls


def test_the_audit_counts_what_is_missing_and_queues_what_waits(site) -> None:
    text = site["audit/index.html"]
    assert "Where the 8 claims stand" in text
    missing = part(text, "missing")
    row = re.search(r"Without a source.*?</tr>", missing, re.S)[0]
    assert '<td class="align-right">2</td>' in row
    queue = part(text, "queue")
    assert 'href="../claims/calculus/midpoint/second-order/"' in queue
    assert "midpoint/kinks/" not in queue, "no review would help a superseded claim"
