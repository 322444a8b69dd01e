"""The JSON Schemas of a notebook's files, for editors: `.conceptbook/schema/`."""

from __future__ import annotations

import json
from pathlib import Path

from ..model.json_schema import FILES, json_schema
from .atomic import replace_file

FOLDER = ".conceptbook/schema"


def schema_text(name: str) -> str:
    """The JSON Schema of a kind of author file, as the text that is written down."""
    return json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"


def write_schemas(root: Path) -> list[str]:
    """Write them all; their paths, relative to the root."""
    paths = [f"{FOLDER}/{name}.json" for name in FILES]
    for name, path in zip(FILES, paths, strict=True):
        replace_file(root / path, schema_text(name).encode())
    return paths
