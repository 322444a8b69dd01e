"""A folder → LoadedNotebook and every fault of reading it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from ..diagnostics import Report, Span
from ..diagnostics.catalogue import files as rules
from ..model import Settings
from ..model.base import ID_PATTERN
from .concept import load_concept
from .loaded import LoadedClaim, LoadedConcept, LoadedNotebook
from .reader import Reader
from .settings import PATH as SETTINGS
from .settings import load_settings
from .wheels import equipped, load_wheels


def find_root(start: Path) -> Path | None:
    """The nearest folder, from `start` upwards, that holds a notebook.yaml."""
    start = start.resolve()
    return next((f for f in (start, *start.parents) if (f / SETTINGS).is_file()), None)


def load(
    root: Path, *, instead: Mapping[str, str] | None = None
) -> tuple[LoadedNotebook | None, Report]:
    """Read a notebook. A file that cannot be read never hides the faults of the others.

    The notebook is None where there is none, or where its format is another than this program's.
    `instead` has texts that are not written yet, by the paths of the files that they would be.
    """
    return _load(Reader(root, instead=instead or {}), None)


def load_concepts(root: Path, concepts: Collection[str]) -> tuple[LoadedNotebook | None, Report]:
    """Some concepts of a notebook and its settings: what their programs need to run.

    No other concept, no claim, no source and no prose is read, so that it takes as long in a large
    notebook as in a small one. A concept that there is not is missing.
    """
    return _load(Reader(root, words=False), concepts)


def _load(reader: Reader, only: Collection[str] | None) -> tuple[LoadedNotebook | None, Report]:
    if not reader.is_file(SETTINGS):
        message = "there is no notebook.yaml in this folder"
        hint = "run `conceptbook new notebook`, or the command inside a notebook"
        reader.report.add(rules.NO_NOTEBOOK.at(Span(SETTINGS), message, hint))
        return None, reader.report
    settings, settings_places = load_settings(reader)
    if settings is None:
        return None, reader.report
    wheels = load_wheels(reader, settings, settings_places)
    folders = _folders(reader, "content") if only is None else _named(reader, only)
    concepts = equipped(_concepts(reader, folders, settings), wheels.values())
    evidence = _evidence(reader) if only is None else {}
    notebook = LoadedNotebook(
        root=reader.root,
        settings=settings,
        settings_places=settings_places,
        concepts=concepts,
        texts=reader.texts,
        broken=frozenset(reader.broken),
        wheels=wheels,
        **evidence,
    )
    return notebook, reader.report


def _concepts(
    reader: Reader, folders: Iterable[str], settings: Settings
) -> dict[str, LoadedConcept]:
    order = {domain.id: position for position, domain in enumerate(settings.domains)}
    found = {}
    for concept in sorted(folders, key=lambda c: (order.get(c.split("/")[0], len(order)), c)):
        loaded = load_concept(reader, concept, settings)
        if loaded:
            found[concept] = loaded
    return found


def _evidence(reader: Reader) -> dict[str, Any]:
    """The fields of a LoadedNotebook for which no program is needed."""
    from .claims import load_claims
    from .retractions import load_retractions
    from .sources import load_sources

    sources, sources_places = load_sources(reader)
    claims: dict[str, LoadedClaim] = {}
    for concept in _folders(reader, "claims"):
        claims |= load_claims(reader, concept)
    # Nothing of static/ is read here, but a link of it would be published.
    reader.files("static")
    records = {name: source.record for name, source in sources.items()}
    return {
        "claims": claims,
        "sources": sources,
        "sources_places": sources_places,
        "retractions": load_retractions(reader, records),
    }


def _folders(reader: Reader, top: str) -> list[str]:
    """<domain>/<concept> of each folder two levels below; what else stands there is reported."""
    found = []
    for domain in reader.children(top):
        path = f"{top}/{domain.name}"
        if not domain.is_dir():
            if not _is_side_file(path):
                reader.stray(path)
        elif reader.is_id(path, domain.name, domain=True):
            for concept in reader.children(path):
                inner = f"{path}/{concept.name}"
                if not concept.is_dir():
                    reader.stray(inner)
                elif reader.is_id(inner, concept.name):
                    found.append(f"{domain.name}/{concept.name}")
    return found


def _named(reader: Reader, concepts: Collection[str]) -> list[str]:
    """Those of the ids whose folder there is."""
    return [
        concept
        for concept in set(concepts)
        if re.fullmatch(rf"{ID_PATTERN}/{ID_PATTERN}", concept)
        and reader.is_inside(f"content/{concept}")
        and (reader.root / "content" / concept).is_dir()
    ]


def _is_side_file(path: str) -> bool:
    """Files of claims/ that are no claims."""
    if path in {"claims/sources.yaml", "claims/links.json"}:
        return True
    return path.startswith("claims/retractions-") and path.endswith(".csv")
