"""A long list on several pages, each a plain list with links: no script is needed to read all."""

from __future__ import annotations

import posixpath
import re

import pytest
from conceptbook.load import LoadedNotebook
from conceptbook.render import paging
from conceptbook.render.paging import pagers


def numbers(pager) -> list[str]:
    return [f"{'…' * link.gap}{link.number}{'*' * link.current}" for link in pager.pages.links]


def test_a_page_names_the_first_the_last_and_those_around_it(monkeypatch) -> None:
    monkeypatch.setattr(paging, "LENGTH", 10)
    pages = list(pagers("claims", range(115)))
    assert [len(page.items) for page in pages] == [10] * 11 + [5]
    assert numbers(pages[0]) == ["1*", "2", "3", "…12"]
    assert numbers(pages[5]) == ["1", "…4", "5", "6*", "7", "8", "…12"]
    assert numbers(pages[11]) == ["1", "…10", "11", "12*"]
    assert numbers(pages[3]) == ["1", "2", "3", "4*", "5", "6", "…12"]
    assert (pages[0].pages.root, pages[5].pages.root) == ("./", "../../")


def test_a_short_list_has_no_links(monkeypatch) -> None:
    [only] = pagers("claims", range(3))
    assert only.pages is None
    [empty] = pagers("claims", ())
    assert (empty.items, empty.pages) == ((), None)


@pytest.mark.parametrize("folder", ["claims", "sources"])
def test_links_alone_lead_to_every_row_once(
    troubled: LoadedNotebook, render_pages, monkeypatch, folder: str
) -> None:
    monkeypatch.setattr(paging, "LENGTH", 1)
    site = render_pages(troubled)
    todo, seen, rows = [f"{folder}/"], set(), []
    while todo:
        page = todo.pop()
        if page in seen:
            continue
        seen.add(page)
        text = site[f"{page}index.html"].decode()
        pager = text.partition('class="pager"')[2].partition("</nav>")[0]
        found = re.findall(r'row-statement"><a href="([^"]+)"', text)
        rows += [posixpath.normpath(posixpath.join(page, href)) for href in found]
        todo += [
            posixpath.normpath(posixpath.join(page, href)) + "/"
            for href in re.findall(r'href="([^"]+)"', pager)
        ]
    standing = [c.id for c in troubled.claims.values() if c.record.withdrawn is None]
    expected = {"claims": standing, "sources": list(troubled.sources)}[folder]
    assert sorted(rows) == sorted(f"{folder}/{name}" for name in expected)
