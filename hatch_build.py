"""A wheel carries the bundled editor, or there is no wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NAMES = ("codemirror.js", "LICENSES.txt")


class EditorIsBundled(BuildHookInterface):
    """Refuses to build without it; an editable checkout gets it from `make setup`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        vendor = Path(self.root) / "generator" / "conceptbook" / "vendor"
        lacking = [name for name in NAMES if not (vendor / name).is_file()]
        if lacking:
            raise FileNotFoundError(
                f"{vendor / lacking[0]} is missing: run `make setup` before building a wheel"
            )
