"""The other notebook's folders: domains and concepts as they were read, every fault collected."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ...diagnostics import Report, Span
from ...diagnostics.catalogue import fields as field_rules
from ...diagnostics.catalogue import files as file_rules
from ...diagnostics.catalogue import imports as rules
from ...load import Places
from ...load.fields import validate
from ...load.prose import parse_prose
from ...load.reader import Reader
from .records import Concept, Domain

HOMES = ("content/domains", "domains", ".")
READ = frozenset({"concept.yaml", "content.mdx"})


@dataclass(frozen=True)
class TheirDomain:
    id: str
    record: Domain
    places: Places


@dataclass(frozen=True)
class TheirConcept:
    """A concept's record and page; `report` holds the faults of its own folder."""

    domain: str
    folder: str
    record: Concept
    places: Places
    page: str
    """The text of content.mdx."""
    report: Report = field(default_factory=Report)

    @property
    def slug(self) -> str:
        return self.record.slug or self.given_id

    @property
    def given_id(self) -> str:
        return self.record.id or self.folder_name

    @property
    def folder_name(self) -> str:
        return self.folder.rpartition("/")[2]

    @property
    def id(self) -> str:
        return f"{self.domain}/{self.slug}"

    @property
    def page_path(self) -> str:
        return f"{self.folder}/content.mdx"


@dataclass(frozen=True)
class Tree:
    domains: tuple[TheirDomain, ...]
    concepts: tuple[TheirConcept, ...]
    report: Report
    """Faults of domains and folders, and of concepts whose records cannot be read."""


def read_tree(root: Path, without: Collection[str] = ()) -> Tree:
    """Every domain and concept below `content/domains`, which may be the folder itself.

    `without` are folders of concepts to pass over.
    """
    reader = Reader(root)
    home = next((home for home in HOMES if _has_domains(reader, home)), None)
    if home is None:
        hint = "name the folder that holds content/domains/<domain>/_domain.yaml"
        message = "there is no notebook of this format here"
        reader.report.add(rules.FOREIGN_FORM.at(Span("content/domains"), message, hint))
        return Tree((), (), reader.report)
    domains, concepts = [], []
    for folder in _below(reader, home):
        if not (reader.root / folder).is_dir():
            _left(reader, folder)
            continue
        if domain := _domain(reader, folder):
            domains.append(domain)
            concepts += _concepts(reader, domain, folder, without)
    domains.sort(key=lambda one: (one.record.order is None, one.record.order or 0, one.id))
    return Tree(tuple(domains), tuple(concepts), reader.report)


def _has_domains(reader: Reader, home: str) -> bool:
    return any(reader.is_file(f"{folder}/_domain.yaml") for folder in _below(reader, home))


def _below(reader: Reader, folder: str) -> list[str]:
    prefix = "" if folder == "." else f"{folder}/"
    return [f"{prefix}{entry.name}" for entry in reader.children(folder)]


def _left(reader: Reader, path: str) -> None:
    message = "nothing here reads this file or folder"
    reader.report.add(rules.NOT_CARRIED_OVER.at(Span(path), message))


def _domain(reader: Reader, folder: str) -> TheirDomain | None:
    name, path = folder.rpartition("/")[2], f"{folder}/_domain.yaml"
    if not reader.is_id(folder, name, domain=True) or not _is_there(reader, path):
        return None
    document = reader.yaml(path)
    record, faults = validate(Domain, document.data, document.places) if document else (None, [])
    reader.report.extend(faults)
    if document is None or record is None:
        return None
    if record.id and record.id != name:
        _differs(reader.report, document.places.value("id"), "id", name)
    reader.report.extend(parse_prose(record, document.origins, path)[1])
    return TheirDomain(name, record, document.places)


def _concepts(
    reader: Reader, domain: TheirDomain, folder: str, without: Collection[str]
) -> Iterator[TheirConcept]:
    for path in _below(reader, folder):
        name = path.rpartition("/")[2]
        if name != "concepts" and name != "_domain.yaml":
            _left(reader, path)
    for path in _below(reader, f"{folder}/concepts"):
        if not (reader.root / path).is_dir():
            _left(reader, path)
        elif path not in without and (concept := _concept(reader, domain.id, path)):
            yield concept


def _concept(reader: Reader, domain: str, folder: str) -> TheirConcept | None:
    path = f"{folder}/concept.yaml"
    there = [_is_there(reader, each) for each in (path, f"{folder}/content.mdx")]
    document = reader.yaml(path) if there[0] else None
    page = reader.text(f"{folder}/content.mdx") if there[1] else None
    record, faults = validate(Concept, document.data, document.places) if document else (None, [])
    reader.report.extend(faults)
    if document is None or record is None or page is None:
        return None
    concept = TheirConcept(domain, folder, record, document.places, page)
    concept.report.extend(parse_prose(record, document.origins, path)[1])
    if record.domain and record.domain != domain:
        _differs(concept.report, document.places.value("domain"), "domain", domain)
    if record.created and record.updated and record.updated < record.created:
        span, message = document.places.value("updated"), '"updated" lies before "created"'
        concept.report.add(field_rules.INCONSISTENT_FIELDS.at(span, message))
    for other in _below(reader, folder):
        if other.rpartition("/")[2] not in READ:
            message = "this is a file of the other program's own, and was left behind"
            concept.report.add(rules.NOT_CARRIED_OVER.at(Span(other), message))
    return concept


def _is_there(reader: Reader, path: str) -> bool:
    if reader.is_file(path):
        return True
    name = path.rpartition("/")[2]
    message = f"there is no {name} in this folder"
    reader.report.add(file_rules.MISSING_FILE.at(Span(path), message, "write it, or move it away"))
    return False


def _differs(report: Report, span: Span, key: str, folder: str) -> None:
    message = f'"{key}" is not the name of its folder, "{folder}"'
    report.add(rules.FOREIGN_FORM.at(span, message, "rename one of the two"))
