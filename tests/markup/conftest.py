"""Helpers of the markup tests: a resolver without a notebook, fixture files, safe HTML."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conceptbook.markup import Citation, ObjectLink, Target

HERE = Path(__file__).parent
VOID = {"br", "hr", "img", "mspace", "mprescripts"}


class PlainResolver:
    """Every object exists, but those named `missing`."""

    def link(self, link: ObjectLink) -> Target | None:
        if link.target == "missing":
            return None
        return Target(f"#{link.kind}-{link.target}", f"title of {link.target}")

    def cite(self, citation: Citation) -> str:
        items = "; ".join(f"{item.prefix}|{item.key}|{item.locator}" for item in citation.items)
        return f"<cite{' data-narrative' * citation.narrative}>{escape(items)}</cite>"

    def image(self, src: str) -> str:
        return f"../{src}"

    def equation(self, name: str) -> str:
        return f"equation:a/b/{name}"


def fixtures(name: str) -> list:
    """The cases of a file: a title, then input and output, each closed by a line `.`."""
    cases = []
    lines = (HERE / "fixtures" / name).read_text(encoding="utf-8").split("\n")
    dots = [number for number, line in enumerate(lines) if line == "."]
    for first, middle, last in zip(dots[::3], dots[1::3], dots[2::3], strict=True):
        given, wanted = lines[first + 1 : middle], lines[middle + 1 : last]
        cases.append(pytest.param("\n".join(given), "\n".join(wanted), id=lines[first - 1]))
    return cases


class SafeHtml(HTMLParser):
    """Collects what no page may hold, and elements that are not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "iframe", "object", "embed", "form", "base", "link"):
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name == "style" or name.startswith("on"):
                self.faults.append(f"{name}={value}")
            if name in ("href", "src") and address.startswith(("javascript:", "data:", "file:")):
                self.faults.append(f"{name}={value}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")


def unsafe(html: str) -> list[str]:
    """What a page may not hold; empty for safe, well-formed HTML."""
    parser = SafeHtml()
    parser.feed(html)
    parser.close()
    return parser.faults + [f"<{tag}> is not closed" for tag in parser.open]
