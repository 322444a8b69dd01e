"""What holds on every page of every site."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from conceptbook.render.site import POLICY

VOID = frozenset("meta link input br hr img wbr col area base source track embed".split())
SELF_CLOSING = frozenset("path rect line circle use stop".split())


class Tree(HTMLParser):
    """Checks that elements nest and close, and collects what links and what is linked."""

    def __init__(self, path: str, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.references: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open, f"{path}: never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        assert len(values) == len(attrs), f"{self.path}: an attribute stands twice in <{tag}>"
        assert "style" not in values, f"{self.path}: <{tag} style>"
        assert not [name for name in values if name.startswith("on")], f"{self.path}: <{tag} on…>"
        if values.get("id"):
            self.ids.append(values["id"] or "")
        if tag == "a" and values.get("href"):
            self.links.append(values["href"] or "")
        self.loads += [v for k, v in values.items() if k == "src" and v]
        for name in ("for", "aria-labelledby", "aria-describedby"):
            self.references += (values.get(name) or "").split()
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, (
            f"{self.path}: </{tag}> closes {self.open[-3:]} at {self.getpos()}"
        )
        self.open.pop()


@pytest.fixture(scope="module")
def trees(html: dict[str, str]) -> dict[str, Tree]:
    return {path: Tree(path, text) for path, text in html.items()}


def test_elements_nest_and_ids_are_unique(trees: dict[str, Tree]) -> None:
    for path, tree in trees.items():
        assert sorted(set(tree.ids)) == sorted(tree.ids), f"an id stands twice on {path}"


def test_what_refers_by_id_finds_it(trees: dict[str, Tree]) -> None:
    for path, tree in trees.items():
        lost = set(tree.references) - set(tree.ids)
        assert not lost, f"{path}: {lost}"


def test_the_policy_is_first_and_the_same_everywhere(html: dict[str, str]) -> None:
    meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    for path, text in html.items():
        head = text[text.index("<head>") :]
        assert head.split("\n")[1:3] == ['<meta charset="utf-8">', meta], path
        assert text.count("Content-Security-Policy") == 1, path


def test_no_inline_style_or_script(html: dict[str, str]) -> None:
    for path, text in html.items():
        assert "<style" not in text, path
        scripts = re.findall(r"<script\b([^>]*)>(.*?)</script>", text, re.S)
        for attributes, content in scripts:
            data = re.search(r'type="application/(ld\+)?json"', attributes)
            assert data or not content.strip(), f"{path}: a script of its own"
        assert "javascript:" not in text, path


def test_every_link_inside_the_site_leads_somewhere(
    trees: dict[str, Tree], pages: dict[str, bytes]
) -> None:
    for path, tree in trees.items():
        for link in tree.links + tree.loads:
            parts = urlsplit(link)
            if parts.scheme or link.startswith("/assets/"):
                continue
            folder = "/" if link.startswith("/") else f"/{posixpath.dirname(path)}/"
            there = posixpath.normpath(posixpath.join(folder, parts.path)).strip("/")
            target = path
            if parts.path:
                target = f"{there}/index.html".lstrip("/") if parts.path.endswith("/") else there
            assert target in pages, f"{path}: {link}"
            if parts.fragment:
                assert unquote(parts.fragment) in trees[target].ids, f"{path}: {link}"


def test_no_template_leaves_a_trace(html: dict[str, str]) -> None:
    for path, text in html.items():
        for trace in ("{{", "{%", "None</", "&lt;math", "&lt;a href", "broken-link"):
            outside = re.sub(r"<(script|code)\b.*?</\1>", "", text, flags=re.S)
            assert trace not in outside, f"{path}: {trace}"
