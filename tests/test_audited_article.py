"""What the audit of the article says of itself is what its claims and reviews hold."""

from __future__ import annotations

import re
from collections import Counter

from conceptbook.load import LoadedNotebook

CONCEPT = "audits/training-dynamics-article"
HOLDS = {"supported", "supported-with-caveats"}


def test_the_page_counts_as_its_claims_do(bundled: LoadedNotebook) -> None:
    page = " ".join(bundled.concepts[CONCEPT].page.text.split())
    claims = [c.record for c in bundled.claims.values() if c.concept == CONCEPT]
    newest = [claim.reviews[-1] for claim in claims]
    conclusions = Counter(review.conclusion for review in newest)
    opened = Counter(check.access for review in newest for check in review.checks)
    table = dict(re.findall(r"\| ([a-z, ]+) \| (\d+) \|", page))
    assert {name.replace(", ", "-").replace(" ", "-"): int(n) for name, n in table.items()} == (
        conclusions
    )

    def kept(kind: str) -> int:
        pairs = zip(claims, newest, strict=True)
        return sum(claim.kind == kind and review.conclusion in HOLDS for claim, review in pairs)

    kinds = Counter(claim.kind for claim in claims)
    holding = sum(conclusions[each] for each in HOLDS)
    for sentence in (
        f"one claim of its own: {len(claims)} in all",
        f"Of its {len(claims)} claims {holding} hold",
        f"fault, {conclusions['overstated']} times",
        f"({opened['abstract']} of the {opened.total()} checks that count)",
        f"by somebody else ({opened['secondary']}) or the passage itself ({opened['excerpt']})",
        f"of {kinds['record']} claims on dates, names, sizes and listings {kept('record')} hold",
        f"Of {kinds['guidance']} pieces of advice {kept('guidance')} do",
    ):
        assert sentence in page, sentence
