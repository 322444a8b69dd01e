"""What a page weighs before the runtime is asked for, by gzip; fonts aside."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

MOST = {"concept": 60_000, "claim": 45_000, "source": 40_000, "other": 62_000}
NEEDED = re.compile(
    r'<(?:link rel="(?:stylesheet|modulepreload)" href|script type="module" src)="([^"]+)"'
)
IMPORTED = re.compile(r'\b(?:from|import)\s*"(\.[^"]+)"')


def pages(site: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if "modulepreload" not in text:
            continue  # frames, which are no pages
        name = path.relative_to(site).as_posix()
        of_claim = re.fullmatch(r"claims/(?!page/).+/index.html", name)
        of_source = re.fullmatch(r"sources/(?!page/).+/index.html", name)
        kind = "claim" if of_claim else "source" if of_source else "other"
        yield ("concept" if "data-concept-page=" in text else kind), path


def weights(site: Path) -> Iterator[tuple[str, str, int]]:
    """(kind, name, bytes) of each page with the styles and scripts that it fetches at once."""
    known: dict[str, int] = {}
    for kind, path in pages(site):
        text = path.read_text(encoding="utf-8")
        for needed in NEEDED.findall(text):
            if needed not in known:
                known[needed] = weight((site / needed.lstrip("/")).read_bytes())
        total = weight(text.encode()) + sum(known[needed] for needed in set(NEEDED.findall(text)))
        yield kind, path.relative_to(site).as_posix(), total


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 9))


@pytest.mark.parametrize("kind", MOST)
def test_no_page_is_heavier_than_its_kind_may_be(site: Path, kind: str) -> None:
    found = {name: total for of, name, total in weights(site) if of == kind}
    assert found
    heavy = {name: total for name, total in found.items() if total > MOST[kind]}
    assert not heavy, heavy


def test_whatever_the_entry_imports_is_fetched_beside_it(site: Path) -> None:
    home = (site / "index.html").read_text(encoding="utf-8")
    named = {Path(found).as_posix() for found in NEEDED.findall(home) if found.endswith(".js")}
    (assets,) = (site / "assets").iterdir()
    for name in named:
        module = site / name.lstrip("/")
        for target in IMPORTED.findall(module.read_text(encoding="utf-8")):
            imported = (module.parent / target).resolve()
            assert f"/{imported.relative_to(site.resolve()).as_posix()}" in named, target
            assert imported.is_relative_to(assets.resolve())
