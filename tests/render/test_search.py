"""The search index: a function of the pages, of marked pages alone."""

from __future__ import annotations

import threading

from conceptbook.render import search

PAGES = [
    (
        f"a/p{number}/index.html",
        f'<html lang="en"><body><main data-pagefind-body '
        f'data-pagefind-meta="kind:Concept"><h1>Page {number}</h1><p>words about ridge {number}'
        f"</p></main></body></html>".encode(),
    )
    for number in range(5)
]
UNMARKED = ("b/index.html", b'<html lang="en"><body><main><h1>Hidden</h1></main></body></html>')


def built(pages: list[tuple[str, bytes]]) -> dict[str, bytes]:
    with search.index(True) as index:
        for path, content in pages:
            index.add(path, content)
        return dict(index.files())


def test_it_is_the_same_twice_and_leaves_out_unmarked_pages() -> None:
    files = built(PAGES)
    assert built([*PAGES, UNMARKED]) == files
    assert sum("/fragment/" in name for name in files) == len(PAGES)
    assert "search/pagefind/pagefind.js" in files
    assert not any("-ui" in name or "worker" in name for name in files)


def test_without_pagefind_there_is_no_index() -> None:
    with search.index(False) as index:
        index.add(*PAGES[0])
        assert list(index.files()) == []


def test_a_file_whose_bytes_come_late_is_taken_whole(tmp_path):
    file = tmp_path / "pagefind-entry.json"
    file.touch()
    late = threading.Timer(0.05, file.write_bytes, [b"{}"])
    late.start()
    assert search._whole(file) == b"{}"
    late.join()
