"""Get the pinned Pyodide files into a folder, and never anything but the pinned bytes.

Order: the cache folder, then the sources of `sources.py` one after the other. A folder of the
user's own replaces all of that: it is checked by the same pins and never written to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import cache
from ..diagnostics import EnvironmentLacks
from .pins import PINS, PYODIDE, Pin
from .sources import CarrierWheel, Cdn, Progress, Source, SourceFailed


class RuntimeUnavailable(EnvironmentLacks):
    """The environment has no Pyodide distribution; the message says what was tried, what to do."""


@dataclass(frozen=True)
class Distribution:
    """A folder in which every pinned file was found with its pinned bytes."""

    root: Path

    def path(self, name: str) -> Path:
        """Where the file of that name lies."""
        return self.root / name


def default_cache() -> Path:
    """The folder of this Pyodide version in the user's cache, or in $CONCEPTBOOK_CACHE."""
    return cache.folder() / f"pyodide-{PYODIDE}"


def obtain(
    destination: Path | None = None,
    *,
    own: Path | None = None,
    progress: Progress | None = None,
    sources: Sequence[Source] = (Cdn(), CarrierWheel()),
    pins: Sequence[Pin] = PINS,
) -> Distribution:
    """The distribution, from `own` where it is named, else in `destination` (default: the cache).

    Files that are missing in `destination` or not the pinned bytes are fetched from the sources.
    Raises RuntimeUnavailable where they cannot be had.
    """
    if own is not None:
        return _check_own(own, pins)
    folder = default_cache() if destination is None else destination
    failures: list[str] = []
    try:
        wanted = _missing(folder, pins)
        for source in sources:
            if not wanted:
                break
            try:
                source.fetch(wanted, lambda pin, data: _keep(folder, pin, data), progress or _mute)
            except SourceFailed as failure:
                failures.append(f"{source}: {failure}")
            wanted = _missing(folder, pins)
    except OSError as error:
        raise RuntimeUnavailable(
            f"the cache folder {folder} cannot be used: {error}\n"
            f"Name another by the environment variable {cache.VARIABLE}."
        ) from error
    if wanted:
        raise RuntimeUnavailable(_nothing_works(folder, wanted, failures))
    return Distribution(folder)


def _mute(message: str) -> None:
    """The progress of whoever asked for none."""


def _fault(folder: Path, pin: Pin) -> str | None:
    try:
        data = (folder / pin.name).read_bytes()
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return pin.fault(data)


def _missing(folder: Path, pins: Sequence[Pin]) -> list[Pin]:
    return [pin for pin in pins if _fault(folder, pin) is not None]


def _keep(folder: Path, pin: Pin, data: bytes) -> None:
    """Write the file as a whole or not at all, and only if it is the pinned one."""
    fault = pin.fault(data)
    if fault is not None:
        raise SourceFailed(f"{pin.name}: {fault}")
    cache.keep(folder / pin.name, data)


def _check_own(own: Path, pins: Sequence[Pin]) -> Distribution:
    faults = {pin.name: _fault(own, pin) for pin in pins}
    wrong = [f"  {name}: {fault}" for name, fault in faults.items() if fault is not None]
    if wrong:
        raise RuntimeUnavailable(
            f"the runtime folder {own} is not Pyodide {PYODIDE} as pinned:\n"
            + "\n".join(wrong)
            + f"\nFill it with these files of {Cdn()},\n"
            "or take `runtime.path` out of notebook.yaml to let conceptbook fetch them."
        )
    return Distribution(own)


def _nothing_works(folder: Path, wanted: Sequence[Pin], failures: Sequence[str]) -> str:
    tried = "\n".join(f"  {failure}" for failure in failures) or "  nothing (no source is left)"
    files = "\n".join(f"  {pin.name}  sha256 {pin.sha256}" for pin in wanted)
    return (
        f"Pyodide {PYODIDE} could not be obtained. Tried:\n{tried}\n"
        "Do one of these:\n"
        "- with a network, run `conceptbook runtime fetch` again;\n"
        f"- put the files named below into {folder}\n"
        f"  (from {Cdn()} or a machine that has them);\n"
        "- name a folder that holds the whole distribution as `runtime.path` in notebook.yaml.\n"
        f"Missing:\n{files}"
    )
