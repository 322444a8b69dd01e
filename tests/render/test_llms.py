"""llms.txt has the form of llmstxt.org, and each of its links leads to a file of the site."""

from __future__ import annotations

import re

import pytest
from conceptbook.load import LoadedNotebook

LINK = re.compile(r"- \[([^\]]+)\]\(([^)]+)\)(?:: (.+))?")


def sections(text: str) -> dict[str, list[tuple[str, str, str]]]:
    """Name, address and words of each link, by the heading above; the form is checked."""
    head, *parts = re.split(r"(?m)^## ", text)
    title, _, rest = head.partition("\n")
    assert title.startswith("# ") and not re.search(r"(?m)^#", rest)
    assert rest.startswith("\n> "), "a summary follows the title"
    found = {}
    for part in parts:
        name, _, lines = part.partition("\n")
        links = [LINK.fullmatch(line) for line in lines.strip().splitlines()]
        assert links and all(links), part
        found[name] = [link.groups(default="") for link in links if link]
    return found


def test_every_link_leads_to_a_file(bundled: LoadedNotebook, render_pages) -> None:
    pages = render_pages(bundled)
    found = sections(pages["llms.txt"].decode())
    addresses = [address for links in found.values() for _, address, _ in links]
    files = [f"{a}index.html" if a.endswith("/") else a for a in addresses]
    assert set(files) <= pages.keys()
    shown = [c.id for c in bundled.concepts.values() if c.record.status != "retired"]
    assert {f"{name}/" for name in shown} <= set(addresses)
    assert found["Data"][0][1] == "api/concepts.json"


def test_links_are_absolute_where_the_address_is_known(base: LoadedNotebook, render_pages) -> None:
    text = render_pages(base, "https://example.org/repo/")["llms.txt"].decode()
    for links in sections(text).values():
        assert all(a.startswith("https://example.org/repo/") for _, a, _ in links)


def test_no_draft_is_named(base: LoadedNotebook, render_pages) -> None:
    drafts = [c.id for c in base.concepts.values() if c.record.status == "draft"]
    text = render_pages(base, drafts=False)["llms.txt"].decode()
    assert not any(name in text for name in drafts)


def test_of_a_large_notebook_the_domains_are_listed(
    bundled: LoadedNotebook, render_pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conceptbook.render.llms.MOST_CONCEPTS", 3)
    found = sections(render_pages(bundled)["llms.txt"].decode())
    assert list(found) == ["Domains", "Data"]
    assert [a for _, a, _ in found["Domains"]] == [f"{d.id}/" for d in bundled.settings.domains]
