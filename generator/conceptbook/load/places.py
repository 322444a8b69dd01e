"""Where each value of one YAML file stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..diagnostics import Span

FieldPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Places:
    """Where each value of one YAML file stands.

    `values[path]` is the span of a value and `keys[path]` that of its key; a path is made of
    YAML keys and list indices, `("witnesses", 0, "plots", 0, "id")`.
    """

    path: str
    values: Mapping[FieldPath, Span] = field(default_factory=dict)
    keys: Mapping[FieldPath, Span] = field(default_factory=dict)

    def value(self, *path: str | int) -> Span:
        """The span of a value; of the nearest thing around it where that is not written."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Span(self.path))

    def key(self, *path: str | int) -> Span:
        return self.keys.get(path) or self.value(*path)
