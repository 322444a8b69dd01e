"""Theme: a folder with theme.yaml, templates and static files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from ..diagnostics.environment import EnvironmentLacks

MANIFEST = "theme.yaml"
PACKAGE = Path(__file__).resolve().parents[1]
BUNDLED = (PACKAGE / "themes", PACKAGE.parents[1] / "themes")
"""Where themes lie in an installed wheel, and in a checkout."""


@dataclass(frozen=True)
class MathFont:
    """The theme's font for formulas: its file below static/ and its family in the CSS."""

    file: str
    family: str


@dataclass(frozen=True)
class Theme:
    """A theme's folder and what its theme.yaml says."""

    root: Path
    name: str
    stylesheets: tuple[str, ...]
    """Files below static/, in the order of the cascade."""
    math_font: MathFont | None
    properties: tuple[str, ...]
    """Custom properties that other themes must define too: colours of plots and states."""
    preview: Mapping[str, str] = field(default_factory=dict)
    """Font files below static/ for `heading` and `text` of link previews."""

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def static(self) -> Path:
        return self.root / "static"

    @cached_property
    def css(self) -> str:
        """All stylesheets in their order, as one text."""
        texts = [(self.static / name).read_text("utf-8") for name in self.stylesheets]
        return "\n".join(text.strip() + "\n" for text in texts)

    @property
    def undefined(self) -> tuple[str, ...]:
        """Properties that theme.yaml promises and no stylesheet defines."""
        defined = set(re.findall(r"(--[\w-]+)\s*:", self.css))
        return tuple(name for name in self.properties if name not in defined)


def find_theme(name: str, root: Path) -> Theme:
    """A bundled theme by its name, or one of the notebook's own by its folder.

    Raises EnvironmentLacks where there is none, or where it is not whole.
    """
    own = root / name
    folders = [own] if "/" in name else [own, *(place / name for place in BUNDLED)]
    folder = next((folder for folder in folders if (folder / MANIFEST).is_file()), None)
    if folder is None:
        raise EnvironmentLacks(
            f'there is no theme "{name}": a theme is a folder with a {MANIFEST}; '
            "set `theme` in notebook.yaml to such a folder, or leave it out"
        )
    theme = _read(folder)
    if theme.undefined:
        raise EnvironmentLacks(
            f'the stylesheets of the theme "{name}" do not define {", ".join(theme.undefined)}'
        )
    return theme


def _read(folder: Path) -> Theme:
    data: dict[str, Any] = yaml.load((folder / MANIFEST).read_bytes(), yaml.CSafeLoader)
    missing = [key for key in ("name", "stylesheets") if key not in data]
    if missing:
        raise EnvironmentLacks(f"{folder / MANIFEST} lacks {' and '.join(missing)}")
    font = data.get("math_font")
    return Theme(
        root=folder,
        name=data["name"],
        stylesheets=tuple(data["stylesheets"]),
        math_font=MathFont(**font) if font else None,
        properties=tuple(data.get("properties", ())),
        preview=dict(data.get("preview", {})),
    )
