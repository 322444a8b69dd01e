"""Where what was fetched or made once is kept: the user's cache folder, or $CONCEPTBOOK_CACHE."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

VARIABLE = "CONCEPTBOOK_CACHE"


def folder() -> Path:
    """The folder, which need not be there yet."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen)
    import platformdirs

    return platformdirs.user_cache_path("conceptbook")


def keep(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
