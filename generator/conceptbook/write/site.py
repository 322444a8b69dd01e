"""SiteWriter: a new tree beside the old, unchanged files linked, exchanged when complete."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path, PurePosixPath
from types import TracebackType

from filelock import FileLock

from .exchange import exchange, recover

MANIFEST = "site-manifest.json"
LITTER = frozenset({".DS_Store"})
"""What a system leaves in a folder unasked; no loss."""
NAMED = 3
"""So many foreign files a refusal names."""


class NotASite(Exception):
    """No site can stand there: what a build would destroy is in the place, or nobody may write."""


class PathTwice(Exception):
    """Two pages want the same path of the site: a bug, or two objects of one name."""


class SiteWriter:
    """Collects the files of a site; leaving the `with` block puts them in place.

    An exception inside the block leaves the old site as it was. A lock file beside the site
    makes a second build wait. Entering raises NotASite, before anything is made, where something
    other than an older site stands there, or where nothing can be written.
    """

    def __init__(self, site: Path) -> None:
        # Not resolved: a link would be replaced by a folder, and what it leads to be lost.
        self.site = Path(os.path.abspath(site))
        self._part = self.site.with_name(f".{self.site.name}.part")
        self._next = self.site.with_name(f".{self.site.name}.next")
        self._lock = FileLock(self.site.with_name(f".{self.site.name}.lock"))
        self._hashes: dict[str, str] = {}
        self._old: dict[str, str] = {}

    def __enter__(self) -> SiteWriter:
        _refuse_foreign(self.site)
        _make_writable(self.site.parent)
        self._lock.acquire()
        recover(self._next, self.site)
        shutil.rmtree(self._part, ignore_errors=True)
        self._part.mkdir()
        self._old = _manifest(self.site)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._write_manifest()
                self._part.rename(self._next)
                exchange(self._next, self.site)
            for leftover in (self._part, self._next):
                shutil.rmtree(leftover, ignore_errors=True)
        finally:
            self._lock.release()

    def add(self, path: str, content: bytes | Path) -> None:
        """One file, by its path below the site with forward slashes."""
        parts = PurePosixPath(path)
        if parts.is_absolute() or ".." in parts.parts or not parts.parts:
            raise ValueError(f"{path!r} does not lie below the site")
        if path in self._hashes:
            raise PathTwice(f"two files of the site want the path {path!r}")
        data = content if isinstance(content, bytes) else content.read_bytes()
        self._hashes[path] = hashlib.sha256(data).hexdigest()
        target = self._part / parts
        target.parent.mkdir(parents=True, exist_ok=True)
        if not self._linked(path, target):
            target.write_bytes(data)

    @property
    def digest(self) -> str:
        """16 hexadecimal digits that name what was added so far; other bytes, other digits."""
        listing = "".join(f"{self._hashes[path]}  {path}\n" for path in sorted(self._hashes))
        return hashlib.sha256(listing.encode()).hexdigest()[:16]

    def _linked(self, path: str, target: Path) -> bool:
        """Link the old file where it has the same bytes by manifest and by size."""
        old = self.site / path
        if self._old.get(path) != self._hashes[path] or old.is_symlink():
            return False
        try:
            if hashlib.sha256(old.read_bytes()).hexdigest() != self._hashes[path]:
                return False
            os.link(old, target)
        except OSError:
            return False
        return True

    def _write_manifest(self) -> None:
        listing = {"schema": 1, "files": dict(sorted(self._hashes.items()))}
        (self._part / MANIFEST).write_text(
            json.dumps(listing, indent=1) + "\n", encoding="utf-8", newline="\n"
        )


def _refuse_foreign(site: Path) -> None:
    """Raises NotASite unless `site` is absent, an empty folder, or a built site and no more."""
    if site.is_symlink():
        raise NotASite(f"{site} is a symbolic link; a site is written into a real folder")
    if not site.exists():
        return
    if not site.is_dir():
        raise NotASite(f"{site} is no folder")
    before = _manifest(site)
    found = _files(site)
    if not found:
        return
    if MANIFEST not in found:
        raise NotASite(
            f"{site} is no site that conceptbook built: it is not empty and has no {MANIFEST}. "
            "Name an empty folder, or one that does not exist"
        )
    # A second build may exchange the site while this one looks: either listing will do.
    known = before.keys() | _manifest(site).keys() | {MANIFEST}
    if foreign := [path for path in found if path not in known]:
        more = f" and {len(foreign) - NAMED} more" if len(foreign) > NAMED else ""
        raise NotASite(
            f"{site} holds files that conceptbook did not write: "
            f"{', '.join(foreign[:NAMED])}{more}. Move them; files to publish as they are "
            "belong in static/"
        )


def _make_writable(folder: Path) -> None:
    """Raises NotASite where the folder cannot be made, or takes no file."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except (FileExistsError, NotADirectoryError):
        raise NotASite(f"{folder} is no folder that a site could stand in") from None
    except OSError as error:
        raise NotASite(f"nothing can be written into {folder}: {error.strerror}") from None


def _files(site: Path) -> list[str]:
    """Everything below `site` but folders, links to folders among it, in order."""
    found = []
    for folder, folders, names in os.walk(site):
        here = Path(folder)
        names += [name for name in folders if (here / name).is_symlink()]
        found += [(here / name).relative_to(site).as_posix() for name in names]
    return sorted(path for path in found if PurePosixPath(path).name not in LITTER)


def _manifest(site: Path) -> dict[str, str]:
    try:
        listing = json.loads((site / MANIFEST).read_text(encoding="utf-8"))
        return dict(listing["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
