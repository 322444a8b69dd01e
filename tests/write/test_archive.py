"""A site as a zip file: every file, readable, and the same bytes whenever it is packed."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

from conceptbook.write.archive import zipped


def make(folder: Path, day: float) -> Path:
    for name in ("index.html", ".nojekyll", "a/ü.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
        os.utime(path, (day, day))
        path.chmod(0o600 if day else 0o644)
    return folder


def test_neither_day_nor_rights_of_the_files_show(tmp_path: Path) -> None:
    one, other = make(tmp_path / "one", 0), make(tmp_path / "other", 1e9)
    assert zipped(one) == zipped(other)


def test_what_is_unpacked_is_what_was_packed(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(make(tmp_path / "one", 0)))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [".nojekyll", "a/ü.txt", "index.html"]
        assert archive.read("a/ü.txt").decode() == "a/ü.txt"
        assert {entry.external_attr >> 16 & 0o777 for entry in archive.infolist()} == {0o644}
