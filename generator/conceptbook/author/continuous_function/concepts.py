"""The other notebook's concept as concept.yaml, page.md and programs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from conceptbook_kit import source

from ...diagnostics import Span, did_you_mean
from ...diagnostics.catalogue import imports as rules
from ...diagnostics.catalogue import witnesses as witness_rules
from ...load.witness import program
from .claims import VERSION
from .page import Page, Program
from .records import program_id
from .tree import TheirConcept
from .words import line

IMPORTANCE = {"critical": "essential", "advanced": "supplementary"}
MATH = {"intuitive": "none", "highschool": "school"}
PLANNED = "planned:"
LINKS = ("prerequisites", "leads_to", "related")


def concept_record(
    concept: TheirConcept,
    page: Page,
    known: Mapping[str, str],
    cited: tuple[Sequence[str], Collection[str]],
    tools: Collection[str],
) -> dict[str, Any]:
    """`cited` are the ids of its claims and the keys of sources that no claim cites; `tools` the
    names of reviewers, who are machines, in lower case."""
    record = concept.record
    claims, sources = cited
    if page.title and page.title != record.title:
        message = f"content.mdx calls the page “{page.title}”"
        concept.report.add(rules.NOT_CARRIED_OVER.at(concept.places.value("title"), message))
    return {
        "title": record.title,
        "summary": line(record.short_description),
        "status": "draft" if record.status == "draft" else "in-review",
        "importance": IMPORTANCE.get(record.importance or "", record.importance),
        "difficulty": record.difficulty,
        "math": MATH.get(record.math_level or "", record.math_level),
        "tags": _tags(concept),
        "authors": [_author(record.author, tools)] if record.author else [],
        "created": record.created and record.created.isoformat(),
        "updated": record.updated and record.updated.isoformat(),
        "claims": list(claims),
        "sources": list(sources),
        **{key: _neighbours(concept, key, known) for key in LINKS},
        "witnesses": [_witness(concept, index, each) for index, each in enumerate(page.programs)],
    }


def _author(name: str, tools: Collection[str]) -> dict[str, Any]:
    if name.casefold() in tools:
        return {"name": name, "kind": "ai", "tool": {"name": name, "version": VERSION}}
    return {"name": name, "kind": "human"}


def _tags(concept: TheirConcept) -> list[str]:
    found = []
    for index, tag in enumerate(concept.record.tags):
        plain = unicodedata.normalize("NFKD", tag.casefold())
        words = re.findall(r"[a-z0-9]+", re.sub(r"[\u0300-\u036f]", "", plain))
        if words:
            found.append("-".join(words))
        else:
            message = f'the tag "{tag}" has no letter that an id can have'
            span = concept.places.value("tags", index)
            concept.report.add(rules.NOT_CARRIED_OVER.at(span, message))
    return list(dict.fromkeys(found))


def _neighbours(concept: TheirConcept, key: str, known: Mapping[str, str]) -> list[str]:
    found = []
    for index, slug in enumerate(getattr(concept.record, key)):
        span = concept.places.value(key, index)
        if slug.startswith(PLANNED):
            message = f'"{slug}" is a concept to come, whose domain and title are not known'
            hint = "add it to `planned` of its domain in notebook.yaml"
            concept.report.add(rules.NOT_CARRIED_OVER.at(span, message, hint))
        elif slug not in known:
            message = f'there is no concept "{slug}"'
            hint = did_you_mean(slug, known)
            concept.report.add(rules.UNRESOLVED_REFERENCE.at(span, message, hint))
        else:
            found.append(known[slug])
    return list(dict.fromkeys(found))


def _witness(concept: TheirConcept, index: int, each: Program) -> dict[str, Any]:
    name = program_id(index)
    why = _why_not(concept, each)
    if why:
        message = f"{name}.py is shown and not run; {why}"
        hint = "rewrite it with numpy, and take `not_runnable` away"
        span = Span(concept.page_path, each.line)
        concept.report.add(rules.CARRIED_OTHERWISE.at(span, message, hint))
    return {"id": name, "not_runnable": f"{why[0].upper()}{why[1:]}." if why else None}


def _why_not(concept: TheirConcept, each: Program) -> str | None:
    """What keeps a program from running here, in words; None where it may run."""
    try:
        tree = program(each.code, concept.page_path)
    except SyntaxError as error:
        at = Span(concept.page_path, each.line + (error.lineno or 1) - 1, error.offset or 1)
        fault = witness_rules.WITNESS_SYNTAX.at(at, f"this is no Python: {error.msg}")
        concept.report.add(fault)
        return None
    faults = [*source.forbidden(tree), *source.randomness(tree)]
    words = dict.fromkeys(fault.what for fault in faults if fault.kind != "default-rng")
    return f"it cannot run here: {'; '.join(words)}" if words else None
