"""Sources of another program's bibliography, added to the end of claims/sources.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..bibliography.csl_reader import Reading, fold
from ..load import LoadedNotebook, yaml
from ..load.fields import validate
from ..load.sources import PATH
from ..model import Source
from . import yaml_text
from .atomic import replace_file
from .yaml_edit import CannotEdit, append


class NotAdded(Exception):
    """Nothing was written; the message says why."""


@dataclass
class Addition:
    """What an import would add, and what it would not."""

    items: list[dict[str, Any]] = field(default_factory=list)
    duplicates: list[tuple[str, str, str]] = field(default_factory=list)
    """Key, the source that is there, what they have in common."""
    renamed: list[tuple[str, str]] = field(default_factory=list)
    """Keys that another work has here, and the new ones."""
    lost: list[tuple[str, str]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """The key of each item that was read, as it is here."""


def plan(notebook: LoadedNotebook, reading: Reading) -> Addition:
    """What is new: a work is the same by DOI, by arXiv id, or by title where neither differs."""
    known = [(name, source.record) for name, source in notebook.sources.items()]
    taken = {name.casefold() for name in notebook.sources}
    addition = Addition(lost=list(reading.lost))
    for item in reading.items:
        source = Source.model_validate(item)
        same = _same(source, known)
        if same:
            addition.duplicates.append((source.id, *same))
            addition.names.append(same[0])
            continue
        name = _free(source.id, taken)
        if name != source.id:
            addition.renamed.append((source.id, name))
        addition.names.append(name)
        taken.add(name.casefold())
        known.append((name, source))
        addition.items.append({**item, "id": name})
    return addition


def add(notebook: LoadedNotebook, addition: Addition) -> None:
    """Write the new items. Raises NotAdded, nothing written, unless the file then reads as before
    with exactly these items more."""
    path = notebook.root / PATH
    before = path.read_bytes().decode() if path.exists() else ""
    if before != notebook.texts.get(PATH, ""):
        raise NotAdded(f"{PATH} changed meanwhile")
    replace_file(path, extended(notebook, addition).encode())


def extended(notebook: LoadedNotebook, addition: Addition) -> str:
    """The text of sources.yaml with the new items. Raises NotAdded."""
    before = notebook.texts.get(PATH, "")
    if not before.strip():
        items = [line for item in addition.items for line in yaml_text.item(item, 2)]
        after = "\n".join(["references:", *items, ""])
    else:
        try:
            after = append(before, PATH, "references", addition.items)
        except CannotEdit as reason:
            raise NotAdded(f"nothing can be inserted into {PATH}: {reason}") from None
    expected = [source.record for source in notebook.sources.values()]
    expected += [Source.model_validate(item) for item in addition.items]
    if _read(after) != expected:
        raise NotAdded(f"{PATH} would not read as before, with the new sources")
    return after


def arxiv_id(source: Source) -> str | None:
    """Without its version."""
    return re.sub(r"v\d+$", "", source.arxiv.casefold()) if source.arxiv else None


def _same(source: Source, known: Iterable[tuple[str, Source]]) -> tuple[str, str] | None:
    by_title = None
    for name, other in known:
        if source.DOI and other.DOI and source.DOI.casefold() == other.DOI.casefold():
            return name, "DOI"
        if arxiv_id(source) and arxiv_id(source) == arxiv_id(other):
            return name, "arXiv id"
        if by_title is None and _same_title(source, other):
            by_title = name, "title"
    return by_title


def _same_title(one: Source, other: Source) -> bool:
    """The same words, and no permanent name or edition that tells the two apart."""
    if fold(one.title) != fold(other.title):
        return False
    pairs = (
        (one.DOI and one.DOI.casefold(), other.DOI and other.DOI.casefold()),
        (arxiv_id(one), arxiv_id(other)),
        (one.edition, other.edition),
        (_first_name(one), _first_name(other)),
    )
    return all(a is None or b is None or a == b for a, b in pairs)


def _first_name(source: Source) -> str | None:
    names = source.author or source.editor
    return fold(names[0].family or names[0].literal or "") if names else None


def _free(name: str, taken: set[str]) -> str:
    number = 1
    free = name
    while free.casefold() in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _read(text: str) -> list[Source | None]:
    document, _ = yaml.read(text, PATH)
    data: Mapping[str, Any] = document.data if document else {}
    places = document.places if document else None
    return [
        validate(Source, item, places, ("references", index))[0]  # type: ignore[arg-type]
        for index, item in enumerate(data.get("references") or ())
    ]
