"""What an import would write, and all that it has to say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ...diagnostics import Diagnostic, Report, Severity, Span
from ...diagnostics.catalogue import imports as rules
from ...diagnostics.catalogue.references import DUPLICATE_ID
from ...load import LoadedNotebook
from ...load.settings import PATH as SETTINGS
from ...load.sources import PATH as SOURCES
from .. import yaml_text
from ..bibliography import NotAdded, extended
from ..new import write_new
from ..rehearsal import rehearse
from ..yaml_edit import CannotEdit, append
from .claims import Claims
from .concepts import concept_record
from .derived import derived
from .page import Page, read_page
from .records import program_id
from .tree import TheirConcept, Tree, read_tree
from .words import line
from .works import Works

TOPS = ("content", "claims")


@dataclass
class Counts:
    """What an import brings."""

    domains: int = 0
    concepts: int = 0
    claims: int = 0
    sources: int = 0
    programs: int = 0
    not_runnable: int = 0
    reviews: int = 0


@dataclass
class Plan:
    """Files by their path from the root; nothing may be written where there are errors."""

    files: dict[str, str] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    """Those of `files` that may be there already."""
    report: Report = field(default_factory=Report)
    """Of the other notebook's files."""
    faults: Report = field(default_factory=Report)
    """What `check` would say of `files`."""
    counts: Counts = field(default_factory=Counts)
    folders: dict[str, str] = field(default_factory=dict)
    """The other notebook's folder of each concept, by its id here."""
    left_out: tuple[Diagnostic, ...] = ()
    """Why concepts were skipped, where the faulty ones are to be."""

    @property
    def ok(self) -> bool:
        return self.report.ok and self.faults.ok

    def write(self, root: Path) -> None:
        """Every file that was rehearsed. Raises NotMade where one came to be there meanwhile."""
        write_new(root, self.files, changed=tuple(self.changed))

    def home(self, path: str) -> str | None:
        """The other notebook's folder of the concept to which a file of `files` belongs."""
        top, _, rest = path.partition("/")
        name = "/".join(rest.split("/")[:2])
        return self.folders.get(name) if top in TOPS else None

    def faulty(self) -> dict[str, list[Diagnostic]]:
        """The errors of each of the other notebook's concept folders that has any."""
        found: dict[str, list[Diagnostic]] = {}
        for fault in (*self.report, *self.faults):
            parts = fault.span.path.split("/")
            folder = self.home(fault.span.path)
            if folder is None and "concepts" in parts[:-2]:
                folder = "/".join(parts[: parts.index("concepts") + 2])
            if folder and fault.severity is Severity.ERROR:
                found.setdefault(folder, []).append(fault)
        return found


def plan(
    notebook: LoadedNotebook, folder: Path, *, force: bool = False, skip_faulty: bool = False
) -> Plan:
    """Read the other notebook below `folder`, and say what it would be here."""
    left: dict[str, list[Diagnostic]] = {}
    made = _plan(notebook, folder, force, left)
    while skip_faulty and not made.ok and (faulty := made.faulty()):
        left |= faulty
        made = _plan(notebook, folder, force, left)
        if faulty.keys() & made.faulty().keys():
            break
    made.left_out = tuple(fault for faults in left.values() for fault in faults)
    return made


def _plan(notebook: LoadedNotebook, folder: Path, force: bool, without: Collection[str]) -> Plan:
    tree, made = read_tree(folder, without), Plan()
    known = _known(notebook, tree)
    pages = {c.folder: read_page(c.page, c.page_path, known, c.report) for c in tree.concepts}
    works = Works(notebook)
    for concept in tree.concepts:
        works.take(concept)
    works.settle()
    tools = {
        check.evidence_review.reviewer.casefold()
        for concept in tree.concepts
        for check in concept.record.claim_checks
        if check.evidence_review and check.evidence_review.reviewer
    }
    for concept in tree.concepts:
        made.folders[concept.id] = concept.folder
        _concept(made, concept, pages[concept.folder], known, works, tools)
        _conflicts(made, notebook, concept, force)
        made.report.extend(concept.report)
    made.report.extend(tree.report)
    made.report.extend(derived(tree, tree.concepts))
    _shared(made, notebook, tree, works)
    if made.report.ok:
        rehearsed = rehearse(notebook.root, made.files)
        made.faults.extend(_with_origin(made, fault) for fault in rehearsed)
    return made


def _with_origin(made: Plan, fault: Diagnostic) -> Diagnostic:
    """An error of a file that is not written yet also names the file that it comes from."""
    home = made.home(fault.span.path)
    if home is None or fault.severity is not Severity.ERROR:
        return fault
    name = "concept.yaml" if fault.span.path.endswith(".yaml") else "content.mdx"
    return replace(fault, related=(*fault.related, (Span(f"{home}/{name}"), "it comes from here")))


def _known(notebook: LoadedNotebook, tree: Tree) -> dict[str, str]:
    """Ids by slug: of this notebook, and of the other one, where the id or the folder does too."""
    known = {name.partition("/")[2]: name for name in notebook.concepts}
    first: dict[str, TheirConcept] = {}
    for concept in tree.concepts:
        if concept.slug in first:
            span, before = concept.places.value("slug"), first[concept.slug].places.value("slug")
            message = f'two concepts have the slug "{concept.slug}"'
            fault = DUPLICATE_ID.at(span, message, related=[(before, "the first one")])
            concept.report.add(fault)
        first.setdefault(concept.slug, concept)
    for name in ("folder_name", "given_id", "slug"):
        known |= {getattr(concept, name): concept.id for concept in reversed(tree.concepts)}
    return known


def _concept(
    made: Plan,
    concept: TheirConcept,
    page: Page,
    known: Mapping[str, str],
    works: Works,
    tools: Collection[str],
) -> None:
    """The files of one concept."""
    claims = dict(Claims(concept, page, works).files())
    cited = {entry["source"] for claim in claims.values() for entry in claim["evidence"]}
    listed = [works.key(concept, work.id) for work in concept.record.sources]
    further = [key for key in dict.fromkeys(listed) if key and key not in cited]
    record = concept_record(concept, page, known, (list(claims), further), tools)
    folder = f"content/{concept.id}"
    made.files[f"{folder}/concept.yaml"] = _yaml(record)
    made.files[f"{folder}/page.md"] = page.text
    for index, program in enumerate(page.programs):
        made.files[f"{folder}/{program_id(index)}.py"] = program.code
    for name, claim in claims.items():
        made.files[f"claims/{concept.id}/{name}.yaml"] = _yaml(claim)
    counts = made.counts
    counts.concepts += 1
    counts.claims += len(claims)
    counts.programs += len(page.programs)
    counts.not_runnable += sum(bool(w["not_runnable"]) for w in record["witnesses"])
    counts.reviews += sum(len(claim["reviews"]) for claim in claims.values())


def _conflicts(made: Plan, notebook: LoadedNotebook, concept: TheirConcept, force: bool) -> None:
    """Files of this concept that are there already, unless they may be written over."""
    homes = tuple(f"{top}/{concept.id}/" for top in TOPS)
    there = [p for p in made.files if p.startswith(homes) and (notebook.root / p).exists()]
    kept = [path for path in there if _is_reviewed(notebook, path)]
    span = Span(f"{concept.folder}/concept.yaml")
    if kept:
        message = f"{', '.join(kept)}: there already, with reviews that were made here"
        concept.report.add(rules.THERE_ALREADY.at(span, message, "edit the claim by hand"))
    elif there and not force:
        message = f"{', '.join(there)}: there already"
        concept.report.add(rules.THERE_ALREADY.at(span, message, "--force writes them anew"))
    made.changed |= set(there)


def _is_reviewed(notebook: LoadedNotebook, path: str) -> bool:
    claim = notebook.claims.get(path.removeprefix("claims/").removesuffix(".yaml"))
    return claim is not None and any(review.digest for review in claim.record.reviews)


def _shared(made: Plan, notebook: LoadedNotebook, tree: Tree, works: Works) -> None:
    """notebook.yaml with the new domains, and the bibliography with the new sources."""
    there = {domain.id for domain in notebook.settings.domains}
    filled = {concept.domain for concept in tree.concepts}
    new = [d for d in tree.domains if d.id in filled and d.id not in there]
    items = [
        {"id": d.id, "title": d.record.title, "summary": line(d.record.description or "")}
        for d in new
    ]
    made.counts.domains, made.counts.sources = len(new), len(works.addition.items)
    try:
        if items:
            text = append(notebook.texts[SETTINGS], SETTINGS, "domains", items)
            made.files[SETTINGS] = text
        if works.addition.items:
            made.files[SOURCES] = extended(notebook, works.addition)
    except (CannotEdit, NotAdded) as reason:
        made.faults.add(rules.THERE_ALREADY.at(Span(SETTINGS), str(reason)))
    made.changed |= {SETTINGS, SOURCES} & made.files.keys()


def _yaml(record: Mapping[str, Any]) -> str:
    return "\n".join([*yaml_text.mapping(record), ""])
