"""JSON beside a page. Its address changes with its content, so that, for as long as hosts and
browsers keep files, no page meets the data of another build."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DIGITS = 12


@dataclass(frozen=True)
class DataFile:
    """`path` is where it lies, from the page."""

    path: str
    content: bytes


def data_file(name: str, data: Mapping[str, Any]) -> DataFile:
    """JSON in a file that is named by its content."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    content = f"{text}\n".encode()
    digest = hashlib.sha256(content).hexdigest()[:DIGITS]
    return DataFile(f"data/{name}.{digest}.json", content)
