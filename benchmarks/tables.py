"""The tables of README.md beside this file: each stands between its own two marks."""

from __future__ import annotations

from pathlib import Path

README = Path(__file__).with_name("README.md")


def put(name: str, text: str) -> None:
    """Puts what a benchmark has found in the place of what it found before."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = README.read_text("utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"README.md has no place for the table {name!r}")
    README.write_text(f"{before}{begin}\n{text}{end}{after}", "utf-8")
