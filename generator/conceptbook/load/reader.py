"""Reading files of the notebook: every text is kept, every fault collected."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ..diagnostics import Diagnostic, Report, Span
from ..diagnostics.catalogue import files as rules
from ..model.base import ID_PATTERN, RESERVED_DOMAINS
from . import yaml

CONFLICT_MARKS = ("<<<<<<< ", ">>>>>>> ")


@dataclass
class Reader:
    """Reads files below a root; paths are relative to it, with forward slashes."""

    root: Path
    instead: Mapping[str, str] = field(default_factory=dict)
    """Texts that count in place of what the files of these paths hold."""
    words: bool = True
    """Whether prose is parsed; a run of a program does without."""
    report: Report = field(default_factory=Report)
    texts: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Ids and paths of what could not be read; see LoadedNotebook.broken."""
    outside: set[str] = field(default_factory=set)
    """Paths that lead out of the root."""

    def __post_init__(self) -> None:
        self._home = self.root.resolve()

    def is_file(self, path: str) -> bool:
        return (self.root / path).is_file()

    def children(self, path: str) -> list[Path]:
        """Entries of a folder by name, hidden ones left out; none where there is no folder."""
        if not self.is_inside(path):
            return []
        try:
            entries = sorted((self.root / path).iterdir())
        except OSError:
            return []
        return [
            entry
            for entry in entries
            if not _ignored(entry.name) and self.is_inside(f"{path}/{entry.name}")
        ]

    def files(self, path: str) -> list[str]:
        """Every regular file below a folder, by its path from the root, hidden ones too."""
        if not self.is_inside(path):
            return []
        found = sorted((self.root / path).rglob("*"))
        return [
            name
            for entry in found
            if self.is_inside(name := entry.relative_to(self.root).as_posix()) and entry.is_file()
        ]

    def is_inside(self, path: str) -> bool:
        """Whether a path stays in the notebook, links followed; a fault where it does not."""
        if not self._leads_out(path):
            return True
        parts = PurePosixPath(path).parts
        above = ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
        path = next(filter(self._leads_out, above))
        if path not in self.outside:
            self.outside.add(path)
            hint = "put a copy of what it leads to in its place"
            message = "this link leads out of the notebook"
            self.report.add(rules.LEADS_OUT.at(Span(path), message, hint))
        return False

    def _leads_out(self, path: str) -> bool:
        try:
            return not (self.root / path).resolve().is_relative_to(self._home)
        except (OSError, RuntimeError):
            return False  # A link to itself leads nowhere: reading it has its own fault.

    def text(self, path: str) -> str | None:
        """The file's text, or None and a fault."""
        if not self.is_inside(path):
            return None
        if path in self.instead:
            self.texts[path] = self.instead[path]
            return self.texts[path]
        if (self.root / path).exists() and not self.is_file(path):
            # Reading a pipe would wait for ever.
            folder = (self.root / path).is_dir()
            message = "is a folder, not a file" if folder else "is no regular file"
            self.report.add(rules.MISSING_FILE.at(Span(path), message))
            return None
        try:
            raw = (self.root / path).read_bytes()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self.report.add(rules.MISSING_FILE.at(Span(path), f"cannot be read: {reason}"))
            return None
        if raw.startswith(codecs.BOM_UTF8):
            self.report.add(
                rules.NOT_UTF8.at(
                    Span(path), "begins with a byte order mark", "save it as UTF-8 without one"
                )
            )
            raw = raw.removeprefix(codecs.BOM_UTF8)
        if len(raw) > yaml.MAX_BYTES:
            self.report.add(rules.YAML_TOO_LARGE.at(Span(path), "the file is larger than 20 MB"))
            return None
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            self.report.add(_not_utf8(path, raw, error.start))
            return None
        self.texts[path] = text
        if conflict := _merge_conflict(path, text):
            self.report.add(conflict)
            return None
        return text

    def yaml(self, path: str) -> yaml.Document | None:
        """The file's document, or None and its faults."""
        text = self.text(path)
        if text is None:
            return None
        document, faults = yaml.read(text, path)
        self.report.extend(faults)
        return document

    def stray(self, path: str, hint: str | None = None) -> None:
        """Reports a file or folder that nothing reads."""
        kind = "folder" if (self.root / path).is_dir() else "file"
        message = f"nothing reads this {kind}"
        self.report.add(
            rules.STRAY_FILE.at(
                Span(path), message, hint or "move it or delete it; verbatim files go to static/"
            )
        )

    def is_id(self, path: str, name: str, *, domain: bool = False) -> bool:
        """Whether a name can be an id; a fault where it cannot."""
        if domain and name in RESERVED_DOMAINS:
            self.report.add(
                rules.BAD_NAME.at(
                    Span(path),
                    f'"{name}" is reserved: it is a folder of the site',
                    "give the domain another name",
                )
            )
            return False
        if re.fullmatch(ID_PATTERN, name):
            return True
        self.report.add(
            rules.BAD_NAME.at(
                Span(path),
                f'"{name}" cannot be an id: ids are lower case words joined by hyphens',
                _better_name(name),
            )
        )
        return False


def _better_name(name: str) -> str | None:
    better = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return f'rename it, for instance to "{better}"' if better else None


def _not_utf8(path: str, raw: bytes, offset: int) -> Diagnostic:
    before = raw[:offset]
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode(errors="replace")) + 1
    return rules.NOT_UTF8.at(
        Span(path, line, column),
        f"the byte 0x{raw[offset]:02X} is not UTF-8",
        "save the file as UTF-8",
    )


def _merge_conflict(path: str, text: str) -> Diagnostic | None:
    """The first mark of a merge; a row of `=` alone can be a heading."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(CONFLICT_MARKS):
            return rules.MERGE_CONFLICT.at(
                Span(path, number),
                "git left the mark of a merge here",
                "keep the lines that are meant; delete the marks and the rest",
            )
    return None


def _ignored(name: str) -> bool:
    return name.startswith(".") or name in {"__pycache__", "README.md"}
