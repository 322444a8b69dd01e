"""The runtime's modules compiled, its libraries in one file, and a snapshot of its memory.

Made once by Pyodide itself, under Node, and kept in the cache under the hash of all inputs.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conceptbook_kit.source import ALLOWED
from filelock import FileLock

from . import node
from .obtain import Distribution, default_cache
from .pins import NUMPY_WHEEL, PINS
from .sources import Progress
from .wheel import Wheel

MAKER = Path(__file__).parent / "maker"
MODULES, LIBRARIES = "modules.bin", "libraries.bin"
REST, SNAPSHOT = "rest.zip", "snapshot.bin"
NAMES = (LIBRARIES, MODULES, REST, SNAPSHOT)
"""`.bin` is gzip under a suffix that no host gives a Content-Encoding: unpacked by the worker."""

RESIDENT = ("numpy.fft", "numpy.linalg", "numpy.polynomial", "numpy.random", "conceptbook_kit.page")
"""Imported in the snapshot."""
IMPORTED = (*sorted(ALLOWED), *RESIDENT, "conceptbook_runtime", "hashlib", "platform")
"""What a witness may import without a second fetch."""

LIMIT_S = 600
KEPT = 3
MAKING = "making-"


class NotMade(Exception):
    """The compiled files cannot be made here; the message says why, in one line."""


@dataclass(frozen=True)
class Compiled:
    """The files of NAMES with the sha256 of each, the places of the libraries in theirs, and the
    sha256 of the memory in the snapshot.

    Held in memory: another process may drop their folder from the cache at any time.
    """

    folder: Path
    files: Mapping[str, bytes]
    sha256: Mapping[str, str]
    libraries: tuple[Mapping[str, Any], ...]
    memory: str


def compiled(
    distribution: Distribution, kit: Wheel, *, cache: Path | None = None, progress: Progress
) -> Compiled:
    """From the cache, or made now; NotMade where neither can be had."""
    place = default_cache().parent if cache is None else cache
    folder = place / f"prepared-{key(kit)}"
    found = _read(folder)
    if found is not None:
        return found
    command = node.find()
    if command is None:
        raise NotMade(f"its Node is missing (`pip install {node.WHEEL}=={node.RELEASE}` brings it)")
    try:
        place.mkdir(parents=True, exist_ok=True)
        with FileLock(place / "prepared.lock"):
            found = _read(folder)
            if found is None:
                progress("compiling the browser's Python (once, about half a minute)")
                _make(command, distribution, kit, folder)
                found = _read(folder)
                _prune(place)
    except OSError as error:
        raise NotMade(f"the cache folder {place} cannot be used: {error}") from error
    if found is None:
        raise NotMade(f"what was made in {folder} cannot be read back")
    return found


def key(kit: Wheel) -> str:
    """16 hexadecimal digits: other inputs, another key."""
    sha = hashlib.sha256()
    for pin in PINS:
        sha.update(f"{pin.sha256}  {pin.name}\n".encode())
    sha.update(f"{kit.sha256} {IMPORTED} {RESIDENT} node {node.RELEASE}\n".encode())
    for path in sorted(MAKER.iterdir()):
        if path.is_file():
            sha.update(path.name.encode() + b"\0" + path.read_bytes())
    return sha.hexdigest()[:16]


def _make(command: Path, distribution: Distribution, kit: Wheel, folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=MAKING, dir=folder.parent) as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        wheel = Path(scratch) / kit.file_name
        wheel.write_bytes(kit.data)
        order = {
            "distribution": str(distribution.root),
            "scratch": str(made),
            "numpy": NUMPY_WHEEL,
            "kit": str(wheel),
            "imports": IMPORTED,
            "resident": RESIDENT,
        }
        told = _run(command, order)
        content = {name: (made / name).read_bytes() for name in NAMES}
        final = Path(scratch) / "final"
        final.mkdir()
        for name, data in content.items():
            (final / name).write_bytes(data)
        listing = {
            "files": {
                name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
                for name, data in content.items()
            },
            "libraries": told["libraries"],
            "memory": told["memory"],
        }
        (final / "made.json").write_text(json.dumps(listing, sort_keys=True, indent=1) + "\n")
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(final, folder)


def _run(command: Path, order: Mapping[str, Any]) -> dict[str, Any]:
    try:
        done = subprocess.run(
            [str(command), str(MAKER / "make.mjs")],
            input=json.dumps(order),
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotMade(f"{command}: {error}") from error
    try:
        return json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        said = [line for line in done.stderr.splitlines() if "Error" in line]
        why = said[0].strip() if said else f"exit code {done.returncode}"
        raise NotMade(f"{command.name} could not make it: {why}") from None


def _read(folder: Path) -> Compiled | None:
    """None where anything is missing or is not what was made."""
    try:
        listing = json.loads((folder / "made.json").read_bytes())
        sha256 = {name: entry["sha256"] for name, entry in listing["files"].items()}
        if set(sha256) != set(NAMES):
            return None
        files = {name: (folder / name).read_bytes() for name in NAMES}
        if any(hashlib.sha256(data).hexdigest() != sha256[name] for name, data in files.items()):
            return None
        made = Compiled(folder, files, sha256, tuple(listing["libraries"]), str(listing["memory"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    with suppress(OSError):
        os.utime(folder)
    return made


def _prune(place: Path) -> None:
    """The folders used last stay: a kit that is worked on leaves one for each of its states.

    Called by the holder of the lock, so that what is in the making was left by a process that
    was ended.
    """
    for folder in place.glob(f"{MAKING}*/"):
        shutil.rmtree(folder, ignore_errors=True)
    folders = sorted(place.glob("prepared-*/"), key=_used)
    for folder in folders[:-KEPT]:
        shutil.rmtree(folder, ignore_errors=True)


def _used(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0
