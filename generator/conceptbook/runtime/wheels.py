"""The wheels of a notebook: fetched into the cache where they lack, carried into the site."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conceptbook_kit import declaration as kit

from .. import cache
from ..diagnostics import EnvironmentLacks
from ..load import LoadedNotebook
from ..model.settings import LockedWheel
from ..wheels.archive import Wheel
from ..wheels.kept import kept
from ..wheels.pip import PipFailed, download
from .pins import integrity
from .sources import Progress

LIMIT_S = 120.0


@dataclass(frozen=True)
class SiteWheels:
    """The wheels that some witness of the site imports."""

    wheels: tuple[Wheel, ...]

    @property
    def files(self) -> dict[str, Path]:
        """Path in the site -> file; each lies in a folder of its own hash."""
        return {f"runtime/{_way(wheel)}": wheel.path for wheel in self.wheels}

    def manifest(self) -> dict[str, Any]:
        """For runtime.json: by hash; `file` is relative to the folder of the runtime's files."""
        return {
            wheel.sha256: {
                "file": f"../{_way(wheel)}",
                "sha256": wheel.sha256,
                "integrity": integrity(wheel.sha256),
                "bytes": wheel.bytes,
            }
            for wheel in self.wheels
        }


def site_wheels(notebook: LoadedNotebook) -> SiteWheels:
    """The locked wheels that some witness imports."""
    wanted = {wheel.sha256 for declared in _declarations(notebook) for wheel in declared.wheels}
    found = {w.sha256: w for w in notebook.wheels.values() if w.sha256 in wanted}
    return SiteWheels(tuple(found[sha256] for sha256 in sorted(found)))


def fetch_wheels(notebook: LoadedNotebook, progress: Progress) -> bool:
    """Fetch from PyPI the wheels that notebook.yaml names without a folder and the cache lacks.

    Whether there was any; EnvironmentLacks where one cannot be had, or is not the locked file.
    """
    lacking = [locked for locked in _of_the_index(notebook) if not _here(locked)]
    for locked in lacking:
        progress(f"{locked.wheel} from PyPI")
        _fetch(locked)
    return bool(lacking)


def _way(wheel: Wheel) -> str:
    return f"{wheel.sha256[:16]}/{wheel.file_name}"


def _declarations(notebook: LoadedNotebook) -> Iterator[kit.Declaration]:
    for concept in notebook.concepts.values():
        for witness in concept.witnesses.values():
            if witness.declaration:
                yield witness.declaration


def _of_the_index(notebook: LoadedNotebook) -> list[LockedWheel]:
    return [locked for locked in notebook.settings.runtime.packages if "/" not in locked.wheel]


def _here(locked: LockedWheel) -> bool:
    try:
        data = kept(locked.wheel, locked.sha256).read_bytes()
    except OSError:
        return False
    return hashlib.sha256(data).hexdigest() == locked.sha256


def _fetch(locked: LockedWheel) -> None:
    name, version = locked.wheel.split("-")[:2]
    with tempfile.TemporaryDirectory(prefix="conceptbook-wheel-") as folder:
        try:
            found = download(f"{name}=={version}", Path(folder), LIMIT_S)
        except PipFailed as failure:
            raise _lacks(locked, str(failure)) from failure
        data = found.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    if (found.name, sha256) != (locked.wheel, locked.sha256):
        raise _lacks(locked, f"PyPI gave {found.name} with the sha256 {sha256}")
    target = kept(locked.wheel, locked.sha256)
    try:
        cache.keep(target, data)
    except OSError as error:
        raise EnvironmentLacks(f"{target} cannot be written: {error.strerror}") from error


def _lacks(locked: LockedWheel, why: str) -> EnvironmentLacks:
    return EnvironmentLacks(
        f"the wheel {locked.wheel} could not be obtained: {why}\n"
        f"With a network, run `conceptbook runtime fetch` again; or put the file with the sha256\n"
        f"{locked.sha256} into the notebook and name it with its folder."
    )
