"""The glossary of notation, on as many pages as it takes."""

from __future__ import annotations

import re

ROW = re.compile(r"<tr><td>(?P<symbol>.*?)</td><td>(?P<means>.*?)</td><td>(?P<where>.*?)</td></tr>")


def test_a_meaning_stands_once_with_every_concept_that_gives_it(html: dict[str, str]) -> None:
    glossary = "".join(text for path, text in html.items() if path.startswith("glossary/"))
    rows = [found.group("symbol", "means") for found in ROW.finditer(glossary)]
    assert len(rows) == len(set(rows))
    listed = "".join(re.findall(r'<dl class="notation">.*?</dl>', "".join(html.values()), re.S))
    assert glossary.count('#notation"') == listed.count("<dt")
