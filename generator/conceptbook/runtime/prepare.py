"""The files of a site's `runtime/<hash>/` folder: a function of the distribution and the kit."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import compiled, wheel
from .compiled import Compiled, NotMade
from .obtain import Distribution
from .pins import LOCK, NUMPY, NUMPY_WHEEL, PINS, PYODIDE, Pin, integrity
from .sources import Progress
from .wheel import Wheel, build_kit_wheel

STDLIB = "python_stdlib.zip"


@dataclass(frozen=True)
class PreparedFile:
    """One file to publish: its bytes, or the path of a file that has them; hash and length."""

    content: bytes | Path
    sha256: str
    bytes: int


@dataclass(frozen=True)
class PreparedRuntime:
    """All that the worker loads, by file name; `later` is what a boot does not wait for."""

    entries: Mapping[str, PreparedFile]
    packages: tuple[str, ...]
    later: frozenset[str] = frozenset()
    prepared: Mapping[str, Any] | None = None

    @property
    def files(self) -> dict[str, bytes | Path]:
        """What to write into the folder: bytes, or a path to copy from."""
        return {name: entry.content for name, entry in self.entries.items()}

    @property
    def digest(self) -> str:
        """16 hexadecimal digits that name the folder; they differ where any byte differs."""
        listing = "".join(f"{entry.sha256}  {name}\n" for name, entry in self.entries.items())
        return hashlib.sha256(listing.encode()).hexdigest()[:16]

    def manifest(self, wheels: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """`runtime.json`, which lies in `assets/<hash>/`; `base` is relative to its own URL.

        `wheels` are the notebook's, by their hashes.
        """
        return {
            "base": f"../../runtime/{self.digest}/",
            "pyodide": PYODIDE,
            "numpy": NUMPY,
            "files": self._listed(set(self.entries) - self.later),
            "later": self._listed(self.later),
            "lock": LOCK,
            "packages": list(self.packages),
            "prepared": self.prepared,
            "wheels": dict(wheels or {}),
        }

    def _listed(self, names: Set[str]) -> dict[str, Any]:
        return {
            name: {
                "sha256": entry.sha256,
                "integrity": integrity(entry.sha256),
                "bytes": entry.bytes,
            }
            for name, entry in self.entries.items()
            if name in names
        }


def prepare(
    distribution: Distribution, *, kit_root: Path, progress: Progress | None = None
) -> PreparedRuntime:
    """The distribution with the kit (the package folder `kit_root`), compiled where that can be.

    Where it cannot, the stock files are published, and `progress` is told why in one line.
    """
    tell = progress or (lambda _: None)
    kit = build_kit_wheel(kit_root)
    try:
        return _compiled(distribution, compiled.compiled(distribution, kit, progress=tell))
    except NotMade as reason:
        tell(f"the browser's Python is published as it comes, which starts slower: {reason}")
        return stock(distribution, kit)


def stock(distribution: Distribution, kit: Wheel) -> PreparedRuntime:
    """The files of the distribution as they are, the kit's wheel, and a lock of these alone."""
    entries = {pin.name: _pinned(distribution, pin) for pin in PINS}
    entries[kit.file_name] = _in_memory(kit.data)
    entries[LOCK] = _in_memory(_trimmed_lock(distribution.path(LOCK), kit))
    return PreparedRuntime(_sorted(entries), packages=("numpy", wheel.NAME))


def _compiled(distribution: Distribution, made: Compiled) -> PreparedRuntime:
    """Its modules and numpy's come from `made`; the rest of the distribution stays as it is."""
    entries = {
        pin.name: _pinned(distribution, pin)
        for pin in PINS
        if pin.name not in {STDLIB, NUMPY_WHEEL, LOCK}
    }
    for name in compiled.NAMES:
        entries[name] = PreparedFile(made.files[name], made.sha256[name], len(made.files[name]))
    entries[LOCK] = _in_memory(_empty_lock(distribution.path(LOCK)))
    return PreparedRuntime(
        _sorted(entries),
        packages=(),
        later=frozenset({compiled.REST, compiled.SNAPSHOT}),
        prepared={
            "modules": compiled.MODULES,
            "libraries": {"file": compiled.LIBRARIES, "members": list(made.libraries)},
            "rest": compiled.REST,
            "snapshot": {"file": compiled.SNAPSHOT, "memory": made.memory},
        },
    )


def _sorted(entries: Mapping[str, PreparedFile]) -> dict[str, PreparedFile]:
    return {name: entries[name] for name in sorted(entries)}


def _pinned(distribution: Distribution, pin: Pin) -> PreparedFile:
    return PreparedFile(distribution.path(pin.name), pin.sha256, pin.bytes)


def _empty_lock(official: Path) -> bytes:
    document = {"info": json.loads(official.read_bytes())["info"], "packages": {}}
    return (json.dumps(document, sort_keys=True, indent=1) + "\n").encode()


def _in_memory(data: bytes) -> PreparedFile:
    return PreparedFile(data, hashlib.sha256(data).hexdigest(), len(data))


def _trimmed_lock(official: Path, kit: Wheel) -> bytes:
    """The official lock with numpy and the kit alone.

    Releases of pyodide-lock differ in what they leave out of `info` and in empty `tool` keys;
    both are put back to the official form, so that every release gives the same bytes.
    """
    from pyodide_lock import PackageSpec, PyodideLockSpec  # brings pydantic, which is slow

    lock = PyodideLockSpec.from_json(official)
    lock.packages = {
        "numpy": lock.packages["numpy"],
        wheel.NAME: PackageSpec(
            name=wheel.NAME,
            version=kit.version,
            file_name=kit.file_name,
            install_dir="site",
            sha256=kit.sha256,
            package_type="package",
            imports=[wheel.PACKAGE],
            depends=list(wheel.DEPENDS),
        ),
    }
    with tempfile.TemporaryDirectory(prefix="conceptbook-lock-") as folder:
        written = Path(folder) / LOCK
        lock.to_json(written)
        trimmed = json.loads(written.read_bytes())
    info = json.loads(official.read_bytes())["info"]
    packages = {
        name: {key: value for key, value in package.items() if key != "tool"}
        for name, package in trimmed["packages"].items()
    }
    document = {"info": info, "packages": packages}
    return (json.dumps(document, sort_keys=True, indent=1) + "\n").encode()
