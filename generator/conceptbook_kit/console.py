"""Standard output of a witness: kept up to a limit, passed on as it comes."""

from __future__ import annotations

import io
from collections.abc import Callable
from time import perf_counter

LIMIT = 200_000
"""Characters kept; what comes after is dropped."""

PROMPT_CALLS = 200
QUIET_S = 0.05


class Console(io.TextIOBase):
    """A text stream that remembers, and calls `on_text` line by line.

    After the first lines it calls at most once in `QUIET_S` seconds, since each call may be a
    message between threads. `then` is called after each.
    """

    encoding = "utf-8"
    errors = "replace"

    def __init__(
        self,
        on_text: Callable[[str], object] | None = None,
        then: Callable[[], object] | None = None,
    ) -> None:
        self._on_text = on_text
        self._then = then
        self._kept: list[str] = []
        self._room = LIMIT
        self._pending: list[str] = []
        self._calls = 0
        self._last = 0.0
        self.truncated = False

    @property
    def text(self) -> str:
        return "".join(self._kept)

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if len(text) > self._room:
            self.truncated = True
        kept = text[: self._room]
        if kept:
            # A lone surrogate would make the verdict unencodable.
            kept = kept.encode("utf-8", "replace").decode()
            self._room -= len(kept)
            self._kept.append(kept)
            self._pending.append(kept)
            if "\n" in kept and self._may_call():
                self._pass_on()
        return len(text)

    def flush(self) -> None:
        if self._may_call():
            self._pass_on()

    def close(self) -> None:
        """A program may close its stdout; what it wrote stays readable."""
        self.pass_on()

    def pass_on(self) -> None:
        """Give `on_text` what it has not seen yet."""
        if self._pending and self._on_text is not None:
            self._on_text("".join(self._pending))
        self._pending.clear()
        self._calls += 1
        self._last = perf_counter()

    def _pass_on(self) -> None:
        self.pass_on()
        if self._then is not None:
            self._then()

    def _may_call(self) -> bool:
        return self._calls < PROMPT_CALLS or perf_counter() - self._last > QUIET_S
