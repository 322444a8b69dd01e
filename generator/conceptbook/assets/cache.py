"""A folder of results that are functions of their input: only ever an optimisation."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def remembered(folder: Path, inputs: list[bytes], suffix: str, make: Callable[[], bytes]) -> bytes:
    """`make()`, or what it gave for the same inputs before; nothing fails where nothing is kept."""
    sha = hashlib.sha256()
    for item in inputs:
        sha.update(hashlib.sha256(item).digest())
    path = folder / f"{sha.hexdigest()[:32]}{suffix}"
    with contextlib.suppress(OSError):
        return path.read_bytes()
    content = make()
    with contextlib.suppress(OSError):
        _keep(path, content)
    return content


def _keep(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(part, path)
