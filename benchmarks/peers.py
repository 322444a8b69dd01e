"""Peers of the runtime, from local files alone: PyScript with what it needs beside Pyodide."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from conceptbook import cache
from conceptbook.runtime.node import find
from conceptbook.runtime.obtain import obtain
from conceptbook.runtime.pins import Pin

PYSCRIPT = "0.7.31"
TARBALL = "b2ca1a0c0956aebd990a7c8524cca1eb061444a8319a7264d2f31ef30bea276a"
MICROPIP = Pin(
    "micropip-0.11.0-py3-none-any.whl",
    115_409,
    "d98e6100df5e4145c1b11d559a8620e92b98d994cc1b52381a8815cebf3e7128",
)
"""PyScript starts no Pyodide without it; as the official lock of Pyodide 0.29.0 pins it."""


class NoPeer(Exception):
    """The peer cannot be had here; the message says why."""


def lay_out_pyscript(target: Path, pyodide: Path) -> None:
    """PyScript's distribution in `target`; micropip beside the stock files in `pyodide`."""
    folder = cache.folder() / "peers"
    with tarfile.open(_tarball(folder)) as archive, tempfile.TemporaryDirectory() as unpacked:
        archive.extractall(unpacked, filter="data")
        dist = Path(unpacked, "package", "dist")
        shutil.copytree(dist, target, ignore=shutil.ignore_patterns("*.map"))
    shutil.copy(obtain(folder, pins=(MICROPIP,)).path(MICROPIP.name), pyodide)


def _tarball(folder: Path) -> Path:
    path = folder / f"pyscript-core-{PYSCRIPT}.tgz"
    if not path.is_file():
        with tempfile.TemporaryDirectory() as scratch:
            _npm("pack", "--silent", f"@pyscript/core@{PYSCRIPT}", folder=scratch)
            packed = next(Path(scratch).glob("*.tgz"), None)
            if packed is None:
                raise NoPeer("npm gave no package")
            cache.keep(path, packed.read_bytes())
    if hashlib.sha256(path.read_bytes()).hexdigest() != TARBALL:
        path.unlink()
        raise NoPeer(f"{path.name} is not the pinned file")
    return path


def _npm(*arguments: str, folder: str) -> None:
    """The npm that came with the Node of the runtime's maker, else the system's."""
    node = find()
    script = node and node.parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
    if script and script.is_file():
        command = [str(node), str(script)]
    elif shutil.which("npm"):
        command = ["npm"]
    else:
        raise NoPeer("there is no npm")
    done = subprocess.run([*command, *arguments], cwd=folder, capture_output=True, timeout=120)
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise NoPeer(said[-1] if said else "npm failed")
