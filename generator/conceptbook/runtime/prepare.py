"""The files of a site's `runtime/<hash>/` folder: a function of the distribution and the kit."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import wheel
from .obtain import Distribution
from .pins import LOCK, NUMPY, PINS, PYODIDE, integrity
from .wheel import Wheel, build_kit_wheel


@dataclass(frozen=True)
class PreparedFile:
    """One file to publish: its bytes, or the path of a file that has them; hash and length."""

    content: bytes | Path
    sha256: str
    bytes: int


@dataclass(frozen=True)
class PreparedRuntime:
    """All that the worker loads, by file name."""

    entries: Mapping[str, PreparedFile]

    @property
    def files(self) -> dict[str, bytes | Path]:
        """What to write into the folder: bytes, or a path to copy from."""
        return {name: entry.content for name, entry in self.entries.items()}

    @property
    def digest(self) -> str:
        """16 hexadecimal digits that name the folder; they differ where any byte differs."""
        listing = "".join(f"{entry.sha256}  {name}\n" for name, entry in self.entries.items())
        return hashlib.sha256(listing.encode()).hexdigest()[:16]

    def manifest(self) -> dict[str, object]:
        """`runtime.json`, which lies in `assets/<hash>/`; `base` is relative to its own URL."""
        return {
            "base": f"../../runtime/{self.digest}/",
            "pyodide": PYODIDE,
            "numpy": NUMPY,
            "files": {
                name: {
                    "sha256": entry.sha256,
                    "integrity": integrity(entry.sha256),
                    "bytes": entry.bytes,
                }
                for name, entry in self.entries.items()
            },
            "lock": LOCK,
            "packages": ["numpy", wheel.NAME],
        }


def prepare(distribution: Distribution, *, kit_root: Path) -> PreparedRuntime:
    """The distribution with the kit (the package folder `kit_root`) added and the lock trimmed."""
    kit = build_kit_wheel(kit_root)
    entries = {
        pin.name: PreparedFile(distribution.path(pin.name), pin.sha256, pin.bytes) for pin in PINS
    }
    entries[kit.file_name] = _in_memory(kit.data)
    entries[LOCK] = _in_memory(_trimmed_lock(distribution.path(LOCK), kit))
    return PreparedRuntime({name: entries[name] for name in sorted(entries)})


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
