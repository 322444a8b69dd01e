"""A process that has loaded numpy and the kit; forks of it are the witnesses' own, at once."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

FORKS = Path(__file__).with_name("forks.py")
POSSIBLE = sys.platform == "linux"
"""Elsewhere a fork of a process that has loaded numpy is no safe thing."""


class Fork:
    """The process of one run; `stdin` and `stdout` as those of a Popen."""

    def __init__(self, stdin: IO[bytes], stdout: IO[bytes], watcher: socket.socket) -> None:
        self.stdin, self.stdout = stdin, stdout
        self._watcher = watcher

    def status(self, seconds: float) -> int | None:
        """How it ended by itself, as Popen has it; None where it still runs."""
        self._watcher.settimeout(seconds)
        try:
            return int(self._watcher.recv(16) or b"0")
        except TimeoutError:
            return None

    def end(self) -> None:
        """Kill the process and whatever it started; they are gone when this returns."""
        with self._watcher, suppress(OSError):
            self._watcher.shutdown(socket.SHUT_WR)
            self._watcher.settimeout(None)
            while self._watcher.recv(16):
                pass


class Nursery:
    """Starts with the `with` block, which does not wait for it, and ends with it."""

    def __init__(self, python: str, kit: Path, environment: dict[str, str]) -> None:
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        fd = theirs.fileno()
        with theirs:
            self._process = subprocess.Popen(
                [python, "-I", "-S", "-B", "-X", "utf8", str(FORKS), str(fd), str(kit)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
                pass_fds=[fd],
                start_new_session=True,
            )

    def __enter__(self) -> Nursery:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._requests.close()
        self._process.kill()
        self._process.wait()

    def start(self, scratch: str) -> Fork:
        """A process with `scratch` as its folder. Raises OSError where there is no nursery left."""
        asked, stdin = os.pipe()
        stdout, answer = os.pipe()
        watcher, line = socket.socketpair()
        try:
            socket.send_fds(self._requests, [scratch.encode()], [asked, answer, line.fileno()])
        finally:
            os.close(asked)
            os.close(answer)
            line.close()
        return Fork(open(stdin, "wb"), open(stdout, "rb"), watcher)
