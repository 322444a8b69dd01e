"""A sign of life at a terminal for work that may take longer than a moment; nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def working(words: str) -> Iterator[None]:
    """Shows what is being done until it is done, if somebody is looking."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{words} …"):
        yield
