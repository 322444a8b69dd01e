"""Jinja2 over a theme's templates: sandboxed, strict about names, escaping by itself."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import SandboxedEnvironment

from ..assets import Theme

CONTRACT = Path(__file__).parent / "templates" / "contract"
"""Partials that scripts and tests rely on; themes include them and cannot replace them."""
PAGES = CONTRACT.parent / "pages"
"""Pages that a theme may have its own of: each fills the block `main` of the theme's base.html."""


class BadTemplate(Exception):
    """A template of a theme cannot be filled; the message says why."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(message)
        self.path, self.line = path, line


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
        """Raises BadTemplate at the line that cannot be filled."""
        try:
            return self._environment.get_template(name).render(values).encode()
        except (TemplateError, TypeError) as error:
            raise _placed(error, name) from error


def _placed(error: Exception, name: str) -> BadTemplate:
    """Where a template failed: Jinja's tracebacks lead through the templates' own lines."""
    if isinstance(error, TemplateSyntaxError):
        return BadTemplate(Path(error.filename or name), error.lineno, str(error.message))
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if frame.filename.endswith(".html")]
    if not inside:
        raise error
    return BadTemplate(Path(inside[-1].filename), inside[-1].lineno or 1, _in_words(error))


def _in_words(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template {error}"
    # Jinja names the Python class, which no theme knows.
    return re.sub(
        r"^'(?:[\w.]+\.)?(\w+) object' has no attribute '(\w+)'$",
        lambda match: f'a {match[1].lower()} has no "{match[2]}"',
        str(error),
    )
