"""Earlier words of a claim: the claims that it took the place of, and those that they did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ...evidence import ClaimStatus
from ...load import LoadedNotebook
from ..prose import unlinked
from ..resolver import PageResolver
from .relations import RelatedClaim, related


@dataclass(frozen=True)
class Earlier:
    """A superseded claim, in the words that it keeps on its own page."""

    claim: RelatedClaim
    scope: Markup
    caveats: tuple[Markup, ...]


def earlier(
    claim: str, statuses: Mapping[str, ClaimStatus], resolver: PageResolver
) -> tuple[Earlier, ...]:
    """The newest first; without those whose words were taken away."""
    notebook = resolver.shown.notebook
    return tuple(
        _words(name, statuses, resolver)
        for name in _superseded(claim, notebook)
        if resolver.shown.has_claim(name) and not _removed(name, notebook)
    )


def _superseded(claim: str, notebook: LoadedNotebook) -> list[str]:
    """Every claim behind this one, nearest first."""
    found: dict[str, None] = {}
    todo = [claim]
    while todo:
        known = notebook.claims.get(todo.pop(0))
        for name in known.related("supersedes") if known else ():
            if name not in found and name != claim:
                found[name] = None
                todo.append(name)
    return list(found)


def _removed(claim: str, notebook: LoadedNotebook) -> bool:
    withdrawn = notebook.claims[claim].record.withdrawn
    return withdrawn is not None and withdrawn.statement == "remove"


def _words(name: str, statuses: Mapping[str, ClaimStatus], resolver: PageResolver) -> Earlier:
    loaded = resolver.shown.notebook.claims[name]
    there = PageResolver(resolver.shown, resolver.page, loaded.concept, apart=True)
    return Earlier(
        claim=related(name, statuses, resolver),
        scope=unlinked(loaded.prose, there, "scope"),
        caveats=tuple(
            unlinked(loaded.prose, there, "caveats", i) for i in range(len(loaded.record.caveats))
        ),
    )
