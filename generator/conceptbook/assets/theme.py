"""Theme: a folder with theme.yaml, templates and static files, or what differs from another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
TEMPLATES = ("base.html", "home.html", "domain.html", "concept.html", "not-found.html")
"""What a theme must have; every other page has a template of its own that fills base.html."""
MAIN, OVER = "main.css", "theme.css"
"""What every page links first, and what it links last."""
PROPERTY = re.compile(r"(--[\w-]+)\s*:\s*([^;}]+)")


@dataclass(frozen=True)
class MathFont:
    """The theme's font for formulas: its file below static/ and its family in the CSS."""

    file: str
    family: str


@dataclass(frozen=True)
class Theme:
    """A theme's folder and what its theme.yaml says; what is missing is its parent's."""

    root: Path
    name: str
    stylesheets: tuple[str, ...]
    """Files below static/, in the order of the cascade, after those of the parent."""
    parts: Mapping[str, tuple[str, ...]]
    """Those that only some pages need, by the name that templates give such a part."""
    math_font: MathFont | None
    properties: tuple[str, ...]
    """Custom properties that a stylesheet must define: colours of plots and states."""
    preview: Mapping[str, str] = field(default_factory=dict)
    """Font files below static/ for `heading` and `text` of link previews."""
    parent: Theme | None = None

    @property
    def templates(self) -> tuple[Path, ...]:
        """Folders in which a template is looked for, in order."""
        above = self.parent.templates if self.parent else ()
        return (self.root / "templates", *above)

    @cached_property
    def static(self) -> Mapping[str, Path]:
        """Files by their names below static/; stylesheets are in `styles`."""
        folder = self.root / "static"
        own = {
            path.relative_to(folder).as_posix(): path
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        above = self.parent.static if self.parent else {}
        kept = {name: path for name, path in own.items() if name not in self._sheets}
        return {**above, **kept}

    @cached_property
    def styles(self) -> Mapping[str, str]:
        """What pages link, by name: MAIN, the parts, and OVER where one theme lies over another."""
        if self.parent is None:
            return {MAIN: self._text(self.stylesheets), **self._parts}
        above = self.parent.styles
        over = "\n".join(filter(None, (above.get(OVER), self._text(self.stylesheets))))
        parts = {
            name: "\n".join(filter(None, (above.get(name), css)))
            for name, css in self._parts.items()
        }
        return {**above, **parts, **({OVER: over} if over else {})}

    @property
    def _parts(self) -> Mapping[str, str]:
        return {f"{name}.css": self._text(files) for name, files in self.parts.items()}

    @property
    def _sheets(self) -> tuple[str, ...]:
        return (*self.stylesheets, *(name for files in self.parts.values() for name in files))

    def _text(self, names: Iterable[str]) -> str:
        static = self.root / "static"
        return "\n".join((static / name).read_text("utf-8").strip() + "\n" for name in names)

    @cached_property
    def defined(self) -> Mapping[str, str]:
        """What each custom property is first said to be, by the theme itself if it says so."""
        found = PROPERTY.findall(self._text(self._sheets))
        above = self.parent.defined if self.parent else {}
        return {**above, **dict(reversed(found))}

    @property
    def undefined(self) -> tuple[str, ...]:
        """Properties that theme.yaml promises and no stylesheet defines."""
        return tuple(name for name in self.properties if name not in self.defined)

    @property
    def missing(self) -> tuple[str, ...]:
        """Templates that neither it nor its parent has."""
        folders = self.templates
        return tuple(
            name for name in TEMPLATES if not any((folder / name).is_file() for folder in folders)
        )


def find_theme(name: str, root: Path) -> Theme:
    """A bundled theme by its name, or one of the notebook's own by its folder.

    Raises EnvironmentLacks where there is none, or where it is not whole.
    """
    theme = _found(name, root, ())
    if theme.undefined:
        raise EnvironmentLacks(
            f'the stylesheets of the theme "{name}" do not define {", ".join(theme.undefined)}'
        )
    if theme.missing:
        raise EnvironmentLacks(
            f'the theme "{name}" lacks {", ".join(theme.missing)} in its templates/; '
            f"`extends: default` in its {MANIFEST} takes what is missing from there"
        )
    return theme


def _found(name: str, root: Path, above: tuple[str, ...]) -> Theme:
    if name in above:
        raise EnvironmentLacks(f'the theme "{name}" extends itself: {" → ".join((*above, name))}')
    own = root / name
    folders = [own] if "/" in name else [own, *(place / name for place in BUNDLED)]
    folder = next((folder for folder in folders if (folder / MANIFEST).is_file()), None)
    if folder is None:
        raise EnvironmentLacks(
            f'there is no theme "{name}": a theme is a folder with a {MANIFEST}; '
            "set `theme` in notebook.yaml to such a folder, or leave it out"
        )
    data = _manifest(folder)
    parent = _found(data["extends"], root, (*above, name)) if "extends" in data else None
    return _theme(folder, data, parent)


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        data = yaml.load(path.read_bytes(), yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise EnvironmentLacks(f"{path} is no YAML: {error}") from None
    if not isinstance(data, dict):
        raise EnvironmentLacks(f"{path} is no mapping; it lacks name and stylesheets")
    missing = [key for key in ("name", "stylesheets") if key not in data]
    if missing:
        raise EnvironmentLacks(f"{path} lacks {' and '.join(missing)}")
    parts = data.get("parts", {})
    names = [*data["stylesheets"], *(name for files in parts.values() for name in files)]
    absent = [name for name in names if not (folder / "static" / name).is_file()]
    if absent:
        raise EnvironmentLacks(f"{path} names {', '.join(absent)}, which static/ has not")
    return data


def _theme(folder: Path, data: dict[str, Any], parent: Theme | None) -> Theme:
    font = data.get("math_font")
    return Theme(
        root=folder,
        name=data["name"],
        stylesheets=tuple(data["stylesheets"]),
        parts={name: tuple(files) for name, files in data.get("parts", {}).items()},
        math_font=MathFont(**font) if font else parent and parent.math_font,
        properties=tuple(data.get("properties", parent.properties if parent else ())),
        preview=dict(data.get("preview", parent.preview if parent else {})),
        parent=parent,
    )
