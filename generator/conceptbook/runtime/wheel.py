"""The kit as a wheel, byte for byte the same on every machine."""

from __future__ import annotations

import ast
import base64
import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

NAME = "conceptbook-kit"
PACKAGE = "conceptbook_kit"
DEPENDS = ("numpy",)

_EPOCH = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16
_MADE_ON_UNIX = 3


@dataclass(frozen=True)
class Wheel:
    """A wheel in memory: its file name, its version, its bytes."""

    file_name: str
    version: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The SHA-256 of the whole file, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def build_kit_wheel(kit_root: Path) -> Wheel:
    """The Python files of the package folder `kit_root` as a wheel (PEP 427).

    The version is that of `__version__` in its `__init__.py`; ValueError where there is none.
    """
    version = _version(kit_root / "__init__.py")
    members = {
        f"{PACKAGE}/{path.relative_to(kit_root).as_posix()}": path.read_bytes()
        for path in kit_root.rglob("*.py")
    }
    info = f"{PACKAGE}-{version}.dist-info"
    members[f"{info}/METADATA"] = _metadata(version)
    members[f"{info}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: conceptbook\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    members[f"{info}/RECORD"] = _record(members, f"{info}/RECORD")
    return Wheel(f"{PACKAGE}-{version}-py3-none-any.whl", version, _archive(members))


def _version(init: Path) -> str:
    for node in ast.parse(init.read_bytes()).body:
        match node:
            case ast.Assign(
                targets=[ast.Name(id="__version__")], value=ast.Constant(value=str(version))
            ):
                return version
    raise ValueError(f"{init} binds no __version__")


def _metadata(version: str) -> bytes:
    fields = [
        "Metadata-Version: 2.1",
        f"Name: {NAME}",
        f"Version: {version}",
        *(f"Requires-Dist: {name}" for name in DEPENDS),
    ]
    return ("\n".join(fields) + "\n").encode()


def _record(members: dict[str, bytes], own_name: str) -> bytes:
    lines = []
    for name in sorted(members):
        digest = base64.urlsafe_b64encode(hashlib.sha256(members[name]).digest())
        lines.append(f"{name},sha256={digest.rstrip(b'=').decode()},{len(members[name])}\n")
    return ("".join(lines) + f"{own_name},,\n").encode()


def _archive(members: dict[str, bytes]) -> bytes:
    """A zip of the members in sorted order, stored: deflate differs from zlib to zlib."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _MADE_ON_UNIX
            entry.external_attr = _REGULAR_FILE
            archive.writestr(entry, members[name])
    return buffer.getvalue()
