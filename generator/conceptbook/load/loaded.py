"""A notebook as it was read: records, programs and recorded curves, with the place of each.

Nothing here has been checked against anything else; what could not be read at all is missing
and has its diagnostic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conceptbook_kit.declaration import Asserted, Declaration

from .places import FieldPath, Places

if TYPE_CHECKING:
    from ..markup import Fragment, Page
    from ..model import Claim, Concept, Settings, Source, Witness
    from ..wheels.archive import Wheel
    from .retractions import Retractions

Prose = Mapping[FieldPath, "Fragment"]
"""Each prose field of a record, parsed, by its path: `("storyboard", 0, "text")`."""


@dataclass(frozen=True)
class LoadedWitness:
    """A witness: its record, its program's text and what was recorded of it."""

    record: Witness
    index: int
    """Its position in concept.yaml, for `Places`."""
    path: str
    """Of the program, relative to the root."""
    code: str
    declaration: Declaration | None
    """None where the program or its controls cannot be read, or where it is never run."""
    asserted: Mapping[str, Asserted] = field(default_factory=dict)
    """Recorded curves by id; a curve without its CSV is missing."""

    @property
    def runs(self) -> bool:
        """False where the author says why it cannot run here."""
        return self.record.not_runnable is None


@dataclass(frozen=True)
class LoadedConcept:
    """One folder of content/<domain>/."""

    id: str
    folder: str
    """content/<domain>/<concept>, relative to the root."""
    record: Concept
    places: Places
    prose: Prose
    page: Page | None
    witnesses: Mapping[str, LoadedWitness] = field(default_factory=dict)
    run_record: Mapping[str, Any] = field(default_factory=dict)
    """curves/record.json: {"schema": 1, "witnesses": {id: {"digest", "verdict"}}}; empty
    where there is none."""
    figures: frozenset[str] = frozenset()
    """Files below figures/, as "figures/name.svg"."""

    @property
    def running(self) -> dict[str, LoadedWitness]:
        """The witnesses that run here."""
        return {name: witness for name, witness in self.witnesses.items() if witness.runs}


@dataclass(frozen=True)
class LoadedClaim:
    """One file of claims/<domain>/<concept>/."""

    id: str
    """<domain>/<concept>/<claim>."""
    concept: str
    record: Claim
    places: Places
    prose: Prose = field(default_factory=dict)

    def related(self, relation: str) -> tuple[str, ...]:
        """Full ids of the claims in a relation, such as "rests_on"."""
        names = getattr(self.record.relations, relation)
        return tuple(absolute(name, self.concept) for name in names)


@dataclass(frozen=True)
class LoadedSource:
    """One item of claims/sources.yaml."""

    record: Source
    index: int
    """Its position in `references`, for the places of sources.yaml."""
    prose: Prose = field(default_factory=dict)


@dataclass(frozen=True)
class LoadedNotebook:
    """Every author file of a notebook."""

    root: Path
    settings: Settings
    settings_places: Places
    concepts: Mapping[str, LoadedConcept]
    """By id, in the order of domains, then of folder names."""
    texts: Mapping[str, str]
    """The text of every file that was read, for excerpts."""
    claims: Mapping[str, LoadedClaim] = field(default_factory=dict)
    sources: Mapping[str, LoadedSource] = field(default_factory=dict)
    sources_places: Places = field(default_factory=lambda: Places("claims/sources.yaml"))
    broken: frozenset[str] = frozenset()
    """Ids of concepts, claims and sources whose records could not be read, and the paths of
    notebook.yaml, claims/sources.yaml and page.md where they could not: whatever refers to these
    has no fault of its own."""

    wheels: Mapping[int, Wheel] = field(default_factory=dict)
    """By position in `runtime.packages`; one that cannot be used is missing, and `broken` has
    the path under which notebook.yaml names it."""
    retractions: Retractions | None = None
    """The newest snapshot of claims/retractions-<date>.csv, narrowed to `sources`."""

    @property
    def knows_its_wheels(self) -> bool:
        """Whether every locked wheel could be read."""
        return len(self.wheels) == len(self.settings.runtime.packages)

    def lines(self, path: str) -> list[str]:
        return self.texts.get(path, "").splitlines()


def absolute(name: str, concept: str) -> str:
    """A name as an absolute id: without a slash it means "in this concept"."""
    return name if "/" in name else f"{concept}/{name}"
