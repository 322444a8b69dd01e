"""Runs a witness in a limited subprocess, and judges what came back."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import conceptbook_kit
from conceptbook_kit.declaration import Declaration, Scalar
from conceptbook_kit.outcome import Outcome

from ..diagnostics import EnvironmentLacks
from .channel import Channel, Closed, Flooded

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
) -> NativeRun:
    """Run the program in a fresh interpreter, in an empty scratch folder.

    Whatever the program does comes back as an Outcome; NativeUnavailable where `python` cannot
    run any (no numpy). `wheels` are the files of those that the declaration names; the program
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
        process = _start(python, scratch)
        try:
            return _converse(process, marker, json.dumps(request).encode(), limits)
        finally:
            _end(process)


def _start(python: str, scratch: str) -> subprocess.Popen[bytes]:
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    folders = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), scratch)
    try:
        return subprocess.Popen(
            [python, "-I", "-S", "-B", "-X", "utf8", str(CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=scratch,
            env={**kept, **ONE_THREAD, **folders},
            start_new_session=True,
        )
    except OSError as error:
        raise NativeUnavailable(f"{python} does not start: {error.strerror}") from error


def _converse(
    process: subprocess.Popen[bytes], marker: bytes, request: bytes, limits: NativeLimits
) -> NativeRun:
    assert process.stdin is not None and process.stdout is not None
    channel = Channel(process.stdout, marker)
    with suppress(BrokenPipeError):
        process.stdin.write(request)
        process.stdin.close()
    hello = _hello(channel, str(process.args[0]))
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


def _answer(channel: Channel, process: subprocess.Popen[bytes], limits: NativeLimits) -> Outcome:
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


def _silent(process: subprocess.Popen[bytes]) -> Outcome:
    """The outcome of a process that ended without a result."""
    try:
        status = process.wait(timeout=5)
    except subprocess.TimeoutExpired:
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


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and whatever it started."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):
            stream.close()
