"""The search index: Pagefind over the pages of concepts and claims, one page after another."""

from __future__ import annotations

import asyncio
import importlib.util
import tempfile
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Any

FOLDER = "search/pagefind"
MARK = b"data-pagefind-body"
WIDGETS = (
    "pagefind-ui",
    "pagefind-modular",
    "pagefind-component",
    "pagefind-highlight",
    "pagefind-worker",
)
"""Comes with an index; the search page needs none of it."""
UNSEARCHED = ("annotation", "script", "pre", "svg", "table", "nav", "button")
PATIENCE_S = 20
"""What is no prose: the TeX behind formulas, programs, drawings and their numbers, controls."""


def available() -> bool:
    """Pagefind with its program is installed."""
    return all(importlib.util.find_spec(name) for name in ("pagefind", "pagefind_bin"))


class NoIndex:
    """Where Pagefind is not installed: a site without a search page."""

    def add(self, path: str, content: bytes) -> None:
        """Nothing takes the page."""

    def files(self) -> Iterator[tuple[str, bytes]]:
        return iter(())


def index(searched: bool) -> AbstractContextManager[SearchIndex | NoIndex]:
    """What takes the pages: an index, or, where the site is not searched, nothing at all."""
    return SearchIndex() if searched else nullcontext(NoIndex())


class _Prompt(asyncio.SelectorEventLoop):
    """Pagefind's client rests a tenth of a second before each answer; here it does not."""

    def call_later(self, delay: float, *rest: Any, **named: Any) -> asyncio.TimerHandle:
        return super().call_later(0 if delay < 1 else delay, *rest, **named)


class SearchIndex:
    """Takes pages as they are made; `files` gives the index, a function of these pages.

    Pagefind reads one page while the next is made: its client has a thread and a loop of its own.
    """

    def __enter__(self) -> SearchIndex:
        # Pagefind is imported where it is used: a check needs none of it.
        from pagefind.index import PagefindIndex

        self._loop = _Prompt()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._folder = tempfile.TemporaryDirectory()
        self._index = PagefindIndex(config=self._config())
        self._last = self._ask(self._index.__aenter__())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._last.result()
            self._ask(self._index.__aexit__(kind, error, trace)).result()
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()
            self._folder.cleanup()

    def add(self, path: str, content: bytes) -> None:
        """A page by its path below the site; those without the mark are left out."""
        if MARK in content:
            self._last.result()
            page = self._index.add_html_file(content=content.decode(), source_path=path)
            self._last = self._ask(page)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Each file of the index by its path below the site, in order."""
        self._last.result()
        self._ask(self._index.write_files()).result()
        root = Path(self._folder.name)
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and not name.startswith(WIDGETS):
                yield f"{FOLDER}/{name}", _whole(path)

    def _config(self) -> Any:
        return {"output_path": self._folder.name, "exclude_selectors": list(UNSEARCHED)}

    def _ask(self, question: Coroutine[Any, Any, Any]) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(question, self._loop)


def _whole(path: Path) -> bytes:
    """The bytes of a file that Pagefind has written: it answers before its last write has come to
    the disk, and none of its files is empty."""
    end = time.monotonic() + PATIENCE_S
    while not (content := path.read_bytes()):
        if time.monotonic() > end:
            raise TimeoutError(f"Pagefind left {path.name} empty")
        time.sleep(0.01)
    return content
