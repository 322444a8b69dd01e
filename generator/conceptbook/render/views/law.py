"""The laws that the curves of a plot must obey, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conceptbook_kit import declaration as kit
from conceptbook_kit.plaintext import plain
from markupsafe import Markup

from ...load import FieldPath
from ...load.loaded import Prose
from .. import words
from ..prose import inline
from ..resolver import PageResolver


@dataclass(frozen=True)
class Law:
    """`ok` is the record's: "true", "false", or "null" where nothing was recorded."""

    ok: str
    mark: str
    words: Markup
    because: Markup


@dataclass(frozen=True)
class Laws:
    """The laws of one curve: its id and its label."""

    id: str
    curve: str
    laws: tuple[Law, ...]


def laws(
    plot: kit.Plot,
    place: FieldPath,
    results: Mapping[str, Mapping[str, Any]],
    prose: Prose,
    resolver: PageResolver,
) -> tuple[Laws, ...]:
    """The laws of a plot's curves, each with whether the recorded run kept it."""
    found = []
    for index, curve in enumerate(plot.curves):
        judged = results.get(curve.id, {}).get("shapes", ())
        said = []
        for number, shape in enumerate(curve.shapes):
            where = (*place, "curves", index, "shapes", number, shape.kind, "because")
            result = judged[number] if number < len(judged) else None
            said.append(_law(shape, result, inline(prose, resolver, *where)))
        if said:
            found.append(Laws(curve.id, plain(curve.label), tuple(said)))
    return tuple(found)


def _law(shape: kit.Shape, result: Mapping[str, Any] | None, because: Markup) -> Law:
    ok = None if result is None else result.get("ok")
    return Law(
        ok={True: "true", False: "false"}.get(ok, "null"),
        mark={True: "holds", False: "does not hold"}.get(ok, "asserted"),
        words=words.law(shape.kind, shape.args, result and result.get("args")),
        because=because,
    )
