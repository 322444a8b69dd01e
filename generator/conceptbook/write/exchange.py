"""Put a finished folder in the place of another, so that no reader sees half of it."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def exchange(new: Path, old: Path) -> None:
    """Swap two folders: in one step where the system can, else in two renames.

    Between the two renames `old` is missing for a moment; `recover` mends a crash there.
    Afterwards `new` holds what `old` held, or is gone where there was nothing.
    """
    if not old.exists():
        new.rename(old)
    elif not _renameat2(new, old):
        aside = previous(old)
        old.rename(aside)
        new.rename(old)
        aside.rename(new)


def previous(site: Path) -> Path:
    """Where the old folder waits between two renames."""
    return site.with_name(f".{site.name}.previous")


def recover(new: Path, site: Path) -> None:
    """After a crash between two renames: the finished folder in place, or else the old one."""
    aside = previous(site)
    if not site.exists():
        for candidate in (new, aside):
            if candidate.exists():
                candidate.rename(site)
                break
    shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(new, ignore_errors=True)


def _renameat2(first: Path, second: Path) -> bool:
    """Linux's exchange of two names; False where system or file system has none."""
    if not sys.platform.startswith("linux"):
        return False
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return False
    names = (_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second))
    if function(*names, _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        return False
    raise OSError(code, os.strerror(code), str(second))
