"""A built site as one zip file, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip file can say: files have no day of their own."""
READABLE = 0o100644 << 16


def zipped(site: Path) -> bytes:
    """Every file of the site by its path; unpacked into a folder of a host, it is served."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(site).as_posix(), FIRST_DAY)
            # As if made on Unix, wherever it is made.
            entry.create_system, entry.external_attr = 3, READABLE
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
