"""Runs a witness in a limited subprocess, and judges what came back."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import conceptbook_kit
from conceptbook_kit.declaration import Declaration, Scalar
from conceptbook_kit.outcome import Outcome

from ..diagnostics import EnvironmentLacks
from .channel import Channel, Closed, Flooded
from .nursery import POSSIBLE, Fork, Nursery

CHILD = Path(__file__).with_name("child.py")
KIT = Path(conceptbook_kit.__file__).parent
STARTUP_S = 60
"""For Python and numpy to start, on a machine that is busy with other things."""

KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
ONE_THREAD = dict.fromkeys(
    """BLIS_NUM_THREADS MKL_NUM_THREADS OMP_NUM_THREADS OPENBLAS_NUM_THREADS
    VECLIB_MAXIMUM_THREADS""".split(),
    "1",
)
"""Sums in another order give other last digits."""


class NativeUnavailable(EnvironmentLacks):
    """The interpreter cannot run witnesses; the message says why."""


@dataclass(frozen=True)
class NativeLimits:
    """Seconds of wall clock for the program itself; memory over that of Python and numpy."""

    seconds: float = 30.0
    memory_mb: int = 1024


@dataclass(frozen=True)
class NativeRun:
    """An outcome, and what held it.

    `guards`: network (a namespace without any), memory, cpu, files (number and size), processes
    (none may start), audit (sockets, programs, threads and writes outside the scratch folder are
    refused). Windows has none but audit and the clock.
    """

    outcome: Outcome
    guards: tuple[str, ...]
    runtime: Mapping[str, Any]
    """As in a Verdict: kind, python, numpy, pyodide."""
    platform: str
    """Such as linux-x86_64."""


def run_native(
    code: str,
    declaration: Declaration,
    settings: Mapping[str, Scalar],
    *,
    limits: NativeLimits = NativeLimits(),
    python: str = sys.executable,
    wheels: Sequence[Path] = (),
    nursery: Nursery | None = None,
) -> NativeRun:
    """Run the program in a process of its own, in an empty scratch folder.

    It is a fresh interpreter, or a fork of the `nursery`'s, which has run no program. Whatever
    the program does comes back as an Outcome; NativeUnavailable where `python` cannot run any (no
    numpy). `wheels` are the files of those that the declaration names; the program
    can import these, numpy and the standard library. A program that knows its interpreter well
    can forge its own result, as it can type any number into its own curves; it cannot disturb
    another's.
    """
    marker = secrets.token_bytes(16)
    request = {
        "marker": marker.hex(),
        "kit": str(KIT),
        "wheels": [str(path.resolve()) for path in wheels],
        "code": code,
        "declaration": declaration.to_json(),
        "settings": dict(settings),
        "seconds": limits.seconds,
        "memory_mb": limits.memory_mb,
    }
    with tempfile.TemporaryDirectory(prefix="witness-", ignore_cleanup_errors=True) as scratch:
        try:
            process = nursery.start(scratch) if nursery else Fresh(python, scratch)
        except OSError as error:
            raise NativeUnavailable(f"{python} does not start: {error.strerror}") from error
        try:
            return _converse(process, marker, json.dumps(request).encode(), limits, python)
        finally:
            process.end()
            for stream in (process.stdin, process.stdout):
                with suppress(OSError):
                    stream.close()


@contextmanager
def nursery() -> Iterator[Nursery | None]:
    """Of this interpreter; None where every run needs a process from the start."""
    if not POSSIBLE:
        yield None
        return
    with Nursery(sys.executable, KIT, _environment()) as started:
        yield started


class Fresh:
    """The process of one run, started from nothing."""

    def __init__(self, python: str, scratch: str) -> None:
        folders = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), scratch)
        self._process = subprocess.Popen(
            [python, "-I", "-S", "-B", "-X", "utf8", str(CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=scratch,
            env={**_environment(), **folders},
            start_new_session=True,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self.stdin, self.stdout = self._process.stdin, self._process.stdout

    def status(self, seconds: float) -> int | None:
        """How it ended by itself, as Popen has it; None where it still runs."""
        try:
            return self._process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return None

    def end(self) -> None:
        """Kill the process and whatever it started."""
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.wait()


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return {**kept, **ONE_THREAD}


def _converse(
    process: Fresh | Fork, marker: bytes, request: bytes, limits: NativeLimits, python: str
) -> NativeRun:
    channel = Channel(process.stdout, marker)
    with suppress(BrokenPipeError):
        process.stdin.write(request)
        process.stdin.close()
    hello = _hello(channel, python)
    started = monotonic()
    outcome = _answer(channel, process, limits)
    if outcome.error and outcome.error["kind"] == "timeout":
        outcome.duration_s = monotonic() - started
    return NativeRun(
        outcome, tuple(hello["guards"]), _runtime(hello["ready"]), hello["ready"]["platform"]
    )


def _hello(channel: Channel, python: str) -> dict[str, Any]:
    try:
        hello = channel.next(STARTUP_S)
    except TimeoutError:
        raise NativeUnavailable(f"{python} and numpy took over {STARTUP_S} s to start") from None
    except (Closed, Flooded):
        raise NativeUnavailable(f"{python} ended before it could run anything") from None
    if "failure" in hello:
        raise NativeUnavailable(f"{python} cannot run witnesses: {hello['failure']}")
    return hello


def _answer(channel: Channel, process: Fresh | Fork, limits: NativeLimits) -> Outcome:
    try:
        message = channel.next(limits.seconds)
    except TimeoutError:
        return Outcome.empty("timeout", f"the program ran for {limits.seconds:g} s and was stopped")
    except Flooded:
        return Outcome.empty("exception", "the program wrote without end into the runner's pipe")
    except Closed:
        return _silent(process)
    if "failure" in message:
        return Outcome.empty("exception", f"the runner broke: {message['failure']}")
    try:
        return Outcome.from_json(message["outcome"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return Outcome.empty("exception", "the program left a result that cannot be read")


def _silent(process: Fresh | Fork) -> Outcome:
    """The outcome of a process that ended without a result."""
    status = process.status(5)
    if status is None:
        return Outcome.empty("exception", "the program closed the channel of its result")
    if status >= 0:
        return Outcome.empty("exception", f"the program ended its interpreter (status {status})")
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    if name == "SIGXCPU":
        return Outcome.empty("timeout", "the program used up its processor time")
    return Outcome.empty("exception", f"the interpreter was ended by {name}")


def _runtime(ready: Mapping[str, str]) -> dict[str, Any]:
    return {
        "kind": "native",
        "python": ready.get("python"),
        "numpy": ready.get("numpy"),
        "pyodide": None,
    }
