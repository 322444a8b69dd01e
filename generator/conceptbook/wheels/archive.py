"""A wheel file → what it is, what it lets a witness import, what it needs."""

from __future__ import annotations

import email.parser
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.tags import Tag
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

MAX_BYTES = 20_000_000
"""No reader should wait for more; numpy itself has 3 MB."""

MAX_METADATA = 1_000_000
COMPILED = frozenset({".a", ".dll", ".dylib", ".pyd", ".so", ".wasm"})
PYTHON = "3.13.2"
"""The browser's."""

IN_THE_PAGE: Mapping[str, str] = {
    "extra": "",
    "implementation_name": "cpython",
    "implementation_version": PYTHON,
    "os_name": "posix",
    "platform_machine": "wasm32",
    "platform_python_implementation": "CPython",
    "platform_system": "Emscripten",
    "python_full_version": PYTHON,
    "python_version": PYTHON.rpartition(".")[0],
    "sys_platform": "emscripten",
}
"""What the conditions of a wheel's needs are held against; the same on every machine."""


class NoWheel(Exception):
    """The file is no wheel that can be used; the message says why, in one line."""


class CompiledCode(NoWheel):
    """The wheel is no pure Python."""


@dataclass(frozen=True)
class Need:
    """Another distribution that a wheel needs, and in which versions ("" for any)."""

    name: str
    versions: str

    def admits(self, version: str) -> bool:
        return SpecifierSet(self.versions).contains(version, prereleases=True)

    def __str__(self) -> str:
        return f"{self.name}{self.versions}"


@dataclass(frozen=True)
class Wheel:
    """A wheel in a file; its names are those that pip would use."""

    path: Path
    file_name: str
    sha256: str
    bytes: int
    name: str
    version: str
    imports: frozenset[str]
    """Top-level names of its modules."""
    needs: tuple[Need, ...]


def read_wheel(path: Path, file_name: str, data: bytes, sha256: str) -> Wheel:
    """The wheel whose bytes are `data`. Raises NoWheel, or CompiledCode."""
    try:
        name, version, _, tags = parse_wheel_filename(file_name)
    except InvalidWheelFilename:
        raise NoWheel(f"{file_name} is no wheel's name, such as x-1.0-py3-none-any.whl") from None
    if len(data) > MAX_BYTES:
        raise NoWheel(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    _pure_by_name(tags)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            paths = [PurePosixPath(entry) for entry in archive.namelist()]
            _pure_by_content(paths)
            metadata = _metadata(archive)
    except zipfile.BadZipFile:
        raise NoWheel("it is no zip archive, which every wheel is") from None
    except (OSError, EOFError, NotImplementedError, ValueError) as error:
        raise NoWheel(f"it cannot be read: {error}") from None
    imports = frozenset(_imports(paths))
    if not imports:
        raise NoWheel("it holds no Python module")
    _runs_here(metadata.get("Requires-Python"))
    needs = tuple(_needs(metadata.get_all("Requires-Dist", [])))
    return Wheel(path, file_name, sha256, len(data), name, str(version), imports, needs)


def _pure_by_name(tags: frozenset[Tag]) -> None:
    if any(tag.abi != "none" or tag.platform != "any" for tag in tags):
        built = ", ".join(sorted(map(str, tags)))
        raise CompiledCode(f"it is built for {built}; only a wheel for py3-none-any runs anywhere")
    if not any(re.fullmatch(r"py3\d*|cp3\d+", tag.interpreter) for tag in tags):
        raise NoWheel("it is not for Python 3")


def _pure_by_content(paths: list[PurePosixPath]) -> None:
    for path in paths:
        if path.suffix in COMPILED:
            raise CompiledCode(f"it holds compiled code: {path}")


def _metadata(archive: zipfile.ZipFile) -> email.message.Message:
    for entry in archive.infolist():
        folder, _, name = entry.filename.partition("/")
        if name == "METADATA" and folder.endswith(".dist-info"):
            if entry.file_size > MAX_METADATA:
                raise NoWheel("its METADATA is too large")
            text = archive.read(entry).decode("utf-8", "replace")
            return email.parser.HeaderParser().parsestr(text)
    raise NoWheel("it has no METADATA, which every wheel has")


def _imports(paths: list[PurePosixPath]) -> Iterator[str]:
    """A module or the folder of one, at the top; what stands in *.data is not on the way."""
    for path in paths:
        top = path.parts[0] if path.parts else ""
        if path.suffix == ".py":
            name = top.removesuffix(".py") if len(path.parts) == 1 else top
            if name.isidentifier():
                yield name


def _runs_here(versions: str | None) -> None:
    try:
        admitted = SpecifierSet(versions or "").contains(PYTHON)
    except InvalidSpecifier:
        raise NoWheel(f'its Requires-Python, "{versions}", cannot be read') from None
    if not admitted:
        raise NoWheel(f"it needs Python {versions}; the browser's is {PYTHON}")


def _needs(lines: list[str]) -> Iterator[Need]:
    for line in lines:
        try:
            needed = Requirement(line)
        except InvalidRequirement:
            raise NoWheel(f'its need of "{line}" cannot be read') from None
        if needed.marker is None or needed.marker.evaluate(dict(IN_THE_PAGE)):
            yield Need(canonicalize_name(needed.name), str(needed.specifier))
