"""Where a Chromium for witnesses lies: named by the user, installed by Playwright, or the system's.

Playwright is not imported: only its documented cache folder is looked into.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from ..diagnostics import EnvironmentLacks

VARIABLE = "CONCEPTBOOK_CHROMIUM"

# Ubuntu's `chromium-browser` is left out: without its snap it only prints how to get one.
_COMMANDS = ("chromium", "google-chrome", "google-chrome-stable")
_APPLICATIONS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
# Relative to `<cache>/chromium-<revision>/`, as Playwright's registry unpacks them.
_UNPACKED = (
    "chrome-linux*/chrome",
    "chrome-mac*/*.app/Contents/MacOS/*",
    "chrome-win*/chrome.exe",
)


class BrowserUnavailable(EnvironmentLacks):
    """The environment has no Chromium; the message says what to do."""


def require() -> Path:
    """The Chromium of `find()`; BrowserUnavailable where there is none."""
    found = find()
    if found is None:
        raise BrowserUnavailable(
            "no Chromium was found. Do one of these:\n"
            "- run `python -m playwright install chromium`;\n"
            "- install your system's chromium or google-chrome "
            "(Debian: `apt-get install chromium`);\n"
            f"- set {VARIABLE} to the path of a Chromium or Chrome."
        )
    return found


def find() -> Path | None:
    """The Chromium to use, or None.

    Order: $CONCEPTBOOK_CHROMIUM, the newest that Playwright installed, the system's.
    BrowserUnavailable where the variable names something that cannot be run.
    """
    named = os.environ.get(VARIABLE)
    if named:
        if not _runnable(Path(named)):
            raise BrowserUnavailable(f"{VARIABLE} is {named}, which is no file that can be run.")
        return Path(named)
    return next(filter(_runnable, _candidates()), None)


def _candidates() -> Iterator[Path]:
    for folder in sorted(_playwright_cache().glob("chromium-*"), key=_revision, reverse=True):
        if (folder / "INSTALLATION_COMPLETE").exists():
            for pattern in _UNPACKED:
                yield from sorted(folder.glob(pattern))
    for command in _COMMANDS:
        path = shutil.which(command)
        if path is not None:
            yield Path(path)
    if sys.platform == "darwin":
        yield from _APPLICATIONS


def _revision(folder: Path) -> int:
    digits = re.search(r"\d+$", folder.name)
    return int(digits.group()) if digits else 0


def _runnable(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)


def _playwright_cache() -> Path:
    """https://playwright.dev/python/docs/browsers#managing-browser-binaries."""
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if named == "0":
        package = find_spec("playwright")
        origin = package.origin if package else None
        return Path(origin or ".").parent / "driver" / "package" / ".local-browsers"
    if named:
        return Path(named)
    home = Path.home()
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "ms-playwright"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "ms-playwright"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "ms-playwright"
