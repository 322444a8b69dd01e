"""Which modules a page needs at once: those that its entry imports, and what they import."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

IMPORTED = re.compile(r'\b(?:from|import)\s*"(\.{1,2}/[^"]+)"')
"""Of a static import; `import("…")` fetches when it is wanted."""


def needed_at_once(files: Mapping[str, bytes], entry: str) -> tuple[str, ...]:
    """The names of the modules, the entry first, each once, in the order of their imports."""
    found: dict[str, None] = {entry: None}
    todo = [entry]
    while todo:
        name = todo.pop(0)
        for target in IMPORTED.findall(files[name].decode()):
            module = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
            if module not in found:
                found[module] = None
                todo.append(module)
    return tuple(found)
