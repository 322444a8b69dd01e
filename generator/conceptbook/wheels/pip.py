"""Files from the package index, by pip: it is what knows the user's index and proxy."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path


class PipFailed(Exception):
    """pip did not give the wheel; the message says why, in one line."""


def download(requirement: str, folder: Path, limit_s: float) -> Path:
    """The wheel of a requirement such as `x==1.0`, without what it needs, in the folder."""
    if importlib.util.find_spec("pip") is None:
        raise PipFailed(
            f"the Python that runs this ({sys.executable}) has no pip; "
            "`python -m ensurepip` gives it one"
        )
    command = [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
        *("--no-input", "--retries", "1", "--no-deps", "--only-binary=:all:"),
        *("--ignore-requires-python", "--dest", str(folder), requirement),
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit_s)
    except subprocess.TimeoutExpired:
        raise PipFailed(f"no end within {limit_s:g} s") from None
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode != 0 or not wheels:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise PipFailed(said[-1])
    return wheels[0]
