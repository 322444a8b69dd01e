"""Which of the author's files changed, and when."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from watchfiles import DefaultFilter, watch

from ..load.settings import PATH as SETTINGS

FOLDERS = ("content", "claims", "static", "themes", "wheels")
LOOK_MS = 500
"""So often it is looked whether a folder came or went, and at notebook.yaml."""


def changes(root: Path) -> Iterator[list[str]]:
    """Paths of files that were written, together as long as they come in quick succession.

    Folders are watched; notebook.yaml is looked at, since an editor that writes a new file in
    its place would end the watch on the old one.
    """
    settings, folders = _stamp(root), _folders(root)
    found: set[str] = set()
    while True:
        for written in _watched(folders):
            found |= {str(Path(path).relative_to(root)) for _, path in written}
            if _stamp(root) != settings:
                settings = _stamp(root)
                found.add(SETTINGS)
            if changed := _folders(root) ^ folders:
                # Told once the new watch is on, so that nothing is missed in between.
                folders, found = _folders(root), found | {path.name for path in changed}
                break
            if found:
                yield sorted(found)
                found = set()


def _watched(folders: set[Path]) -> Iterator[set]:
    """Changes as they come, and an empty set from time to time."""
    return watch(
        *folders,
        watch_filter=DefaultFilter(),
        raise_interrupt=True,
        rust_timeout=LOOK_MS,
        yield_on_timeout=True,
    )


def _folders(root: Path) -> set[Path]:
    return {path for name in FOLDERS if (path := root / name).is_dir()}


def _stamp(root: Path) -> tuple[int, int, int] | None:
    """What differs when notebook.yaml was written; None where there is none."""
    try:
        found = (root / SETTINGS).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
