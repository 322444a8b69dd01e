"""The parent's end of a witness's pipe: frames, whatever else is written between them."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

LIMIT = 64 * 1024 * 1024
"""Bytes of one run; twenty thousand points of a hundred sequences are 40 MB."""

LENGTH = 8


class Closed(Exception):
    """The other end is closed, and no frame is left."""


class Flooded(Exception):
    """More came than any result needs."""


class Channel:
    """Messages from a pipe, read by a thread so that a silent child cannot hold up the parent.

    A frame is `marker`, the length of the body in 8 bytes, and a body of JSON; anything else is
    skipped.
    """

    def __init__(self, stream: IO[bytes], marker: bytes) -> None:
        self._stream = stream
        self._marker = marker
        self._buffer = bytearray()
        self._messages: queue.SimpleQueue[dict[str, Any] | Exception] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def next(self, seconds: float) -> dict[str, Any]:
        """The next message; TimeoutError, Closed or Flooded where there is none."""
        try:
            message = self._messages.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(message, Exception):
            raise message
        return message

    def _read(self) -> None:
        total = 0
        try:
            while chunk := self._stream.read1(65536):  # type: ignore[attr-defined]
                total += len(chunk)
                if total > LIMIT:
                    self._messages.put(Flooded())
                    return
                self._buffer += chunk
                for message in self._frames():
                    self._messages.put(message)
        except (OSError, ValueError):
            # The parent has closed the pipe.
            pass
        self._messages.put(Closed())

    def _frames(self) -> Iterator[dict[str, Any]]:
        """Take every whole frame out of the buffer, and drop what cannot begin one."""
        buffer, head = self._buffer, len(self._marker) + LENGTH
        while (at := buffer.find(self._marker)) >= 0:
            del buffer[:at]
            size = int.from_bytes(buffer[head - LENGTH : head], "big")
            if len(buffer) < head or len(buffer) < head + size <= LIMIT:
                return
            body = bytes(buffer[head : head + size])
            del buffer[: head + size if head + size <= LIMIT else 1]
            with suppress(ValueError):
                message = json.loads(body)
                if isinstance(message, dict):
                    yield message
        del buffer[: max(0, len(buffer) - len(self._marker))]
