"""Jinja2 over a theme's templates: sandboxed, strict about names, escaping by itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from ..assets import Theme

CONTRACT = Path(__file__).parent / "templates" / "contract"
"""Partials that scripts and tests rely on; themes include them and cannot replace them."""
PAGES = CONTRACT.parent / "pages"
"""Pages that a theme may have its own of: each fills the block `main` of the theme's base.html."""


class Templates:
    """A theme's templates, ready to be filled."""

    def __init__(self, theme: Theme) -> None:
        self._environment = SandboxedEnvironment(
            loader=ChoiceLoader(
                [
                    PrefixLoader({"contract": FileSystemLoader(CONTRACT)}),
                    FileSystemLoader(theme.templates),
                    FileSystemLoader(PAGES),
                ]
            ),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def fill(self, name: str, values: Mapping[str, Any]) -> bytes:
        return self._environment.get_template(name).render(values).encode()
