"""Which witnesses a built site shows, read from its pages alone."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

ELEMENT = "conceptbook-witness"


@dataclass(frozen=True)
class PageWitness:
    """A witness on a page; `page` is a path from the site's root, "scaling/double-descent/"."""

    page: str
    concept: str
    witness: str


def discover(site: Path) -> list[PageWitness]:
    """Every witness element of every page, by path, then in the order of the page."""
    found = []
    for file in sorted(site.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        if f"<{ELEMENT}" not in text:
            continue
        parser = _Elements()
        parser.feed(text)
        parser.close()
        page = file.relative_to(site).as_posix().removesuffix("index.html")
        found += [PageWitness(page, *names) for names in parser.found]
    return found


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == ELEMENT:
            given = dict(attrs)
            self.found.append((given.get("data-concept") or "", given.get("data-witness") or ""))
