"""Where the bytes of a locked wheel lie: in the notebook, or by their hash in the cache."""

from __future__ import annotations

from pathlib import Path

from .. import cache


def place(root: Path, wheel: str, sha256: str) -> Path:
    """The file of a wheel; a bare name, without a folder, is one of PyPI, kept in the cache."""
    return root / wheel if "/" in wheel else kept(wheel, sha256)


def kept(file_name: str, sha256: str) -> Path:
    """Where a wheel of that hash is in the cache, or would be."""
    return cache.folder() / "wheels" / sha256 / file_name
