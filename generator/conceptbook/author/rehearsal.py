"""Files laid over a copy of the notebook and checked there, before anything is written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ..check import check
from ..diagnostics import Report
from ..load import load

COPIED = ("notebook.yaml", "content", "claims", "static")


def rehearse(root: Path, files: Mapping[str, str]) -> Report:
    """What `check` would say of these files, were they written."""
    with tempfile.TemporaryDirectory(prefix="conceptbook-") as folder:
        copy = Path(folder)
        for name in COPIED:
            if (root / name).is_dir():
                shutil.copytree(root / name, copy / name, symlinks=True)
            elif (root / name).is_file():
                shutil.copy(root / name, copy / name)
        for name, text in files.items():
            path = copy / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        notebook, report = load(copy)
        if notebook is not None:
            report.extend(check(notebook))
    found = Report()
    found.extend(fault for fault in report if fault.span.path in files)
    return found
