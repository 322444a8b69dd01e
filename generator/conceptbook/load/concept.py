"""One folder of content/<domain>/ → LoadedConcept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..diagnostics import Span
from ..diagnostics.catalogue import files as rules
from ..diagnostics.catalogue import witnesses as witness_rules
from ..model import Concept, Settings
from .curves import read_record
from .fields import validate
from .loaded import LoadedConcept, LoadedWitness, Prose
from .places import Places
from .reader import Reader
from .witness import load_witness
from .yaml import Document

if TYPE_CHECKING:
    from ..markup import Page

FILES = frozenset({"concept.yaml", "page.md", "curves", "figures"})


def load_concept(reader: Reader, concept: str, settings: Settings) -> LoadedConcept | None:
    """The concept with this id; None where its record cannot be read (then it is `broken`)."""
    folder = f"content/{concept}"
    page = _page(reader, f"{folder}/page.md")
    path = f"{folder}/concept.yaml"
    if not reader.is_file(path):
        reader.report.add(
            rules.MISSING_FILE.at(
                Span(path), "the folder has no concept.yaml", "write it, or delete the folder"
            )
        )
        reader.broken.add(concept)
        return None
    document = reader.yaml(path)
    record, faults = validate(Concept, document.data, document.places) if document else (None, [])
    reader.report.extend(faults)
    if document is None or record is None:
        reader.broken.add(concept)
        return None
    prose = _prose(reader, record, document, path)
    witnesses = _witnesses(reader, folder, (concept, record), settings, document.places)
    _strays(reader, folder, record)
    return LoadedConcept(
        id=concept,
        folder=folder,
        record=record,
        places=document.places,
        prose=prose,
        page=page,
        witnesses=witnesses,
        run_record=_run_record(reader, f"{folder}/curves/record.json"),
        figures=_figures(reader, folder),
    )


def _prose(reader: Reader, record: Concept, document: Document, path: str) -> Prose:
    if not reader.words:
        return {}
    from .prose import parse_prose

    prose, faults = parse_prose(record, document.origins, path)
    reader.report.extend(faults)
    return prose


def _page(reader: Reader, path: str) -> Page | None:
    if not (reader.words and (reader.root / path).exists()):
        return None
    from ..markup import parse_page

    text = reader.text(path)
    if text is None:
        reader.broken.add(path)
        return None
    page, faults = parse_page(text, path)
    reader.report.extend(faults)
    return page


def _witnesses(
    reader: Reader, folder: str, concept: tuple[str, Concept], settings: Settings, places: Places
) -> dict[str, LoadedWitness]:
    found: dict[str, LoadedWitness] = {}
    for index, record in enumerate(concept[1].witnesses):
        witness = load_witness(reader, folder, concept, index, settings, places)
        if witness:
            found.setdefault(record.id, witness)
    return found


def _run_record(reader: Reader, path: str) -> dict[str, Any]:
    text = reader.text(path) if reader.is_file(path) else None
    if text is None:
        return {}
    record, faults = read_record(text, path)
    reader.report.extend(faults)
    if faults:
        reader.broken.add(path)
    return record


def _figures(reader: Reader, folder: str) -> frozenset[str]:
    found = reader.files(f"{folder}/figures")
    return frozenset(
        path.removeprefix(f"{folder}/") for path in found if not Path(path).name.startswith(".")
    )


def _strays(reader: Reader, folder: str, record: Concept) -> None:
    known = FILES | {witness.path for witness in record.witnesses}
    for entry in reader.children(folder):
        if entry.name not in known:
            reader.stray(
                f"{folder}/{entry.name}",
                "no witness of concept.yaml runs it" if entry.suffix == ".py" else None,
            )
    curves = {f"{curve.id}.csv" for witness in record.witnesses for curve in witness.curves}
    for entry in reader.children(f"{folder}/curves"):
        path = f"{folder}/curves/{entry.name}"
        if entry.suffix != ".csv" and entry.name != "record.json":
            reader.stray(path)
        elif entry.suffix == ".csv" and entry.name not in curves:
            reader.report.add(
                witness_rules.STRAY_CURVE.at(
                    Span(path),
                    f'no plot of concept.yaml declares the curve "{entry.stem}"',
                    "delete the file, or declare the curve",
                )
            )
