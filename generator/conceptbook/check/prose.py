"""Prose against the notebook: citations, object links, numbers, figures, anchors."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import PurePosixPath

from ..diagnostics import Diagnostic, Span, did_you_mean
from ..diagnostics.catalogue import prose as rules
from ..load import LoadedConcept, LoadedNotebook
from ..markup import Fragment
from ..model.base import RESERVED_DOMAINS
from .demos import state_faults
from .numbers import number_fault
from .objects import missing, missing_source

SECTIONS = ("intuition", "math", "code", "demo")


def fragments(notebook: LoadedNotebook) -> Iterator[tuple[str, Fragment]]:
    """Every parsed text with the concept that its short names mean; "" for a source's."""
    for concept in notebook.concepts.values():
        for fragment in concept.prose.values():
            yield concept.id, fragment
        for fragment in concept.page.fragments if concept.page else ():
            yield concept.id, fragment
    for claim in notebook.claims.values():
        for fragment in claim.prose.values():
            yield claim.concept, fragment
    for source in notebook.sources.values():
        for fragment in source.prose.values():
            yield "", fragment


def citations(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Citations of sources that are not there."""
    for _, fragment in fragments(notebook):
        for citation in fragment.citations:
            for item in citation.items:
                lost = missing_source(notebook, item.key)
                if lost:
                    yield rules.UNKNOWN_CITATION.at(item.span, lost.message, lost.hint)


def object_links(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Links to objects that are not there, numbers that no record has, states of no demo."""
    for here, fragment in fragments(notebook):
        for link in fragment.links:
            lost = missing(notebook, here, link.kind, link.target)
            if lost:
                yield rules.BROKEN_LINK.at(link.span, lost.message, lost.hint)
            elif link.kind == "value" and (fault := number_fault(notebook, here, link)):
                yield fault
            elif link.kind == "demo":
                yield from state_faults(notebook, here, link)


def figures(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Images, covers and inquiries whose figure is not there."""
    for here, fragment in fragments(notebook):
        concept = notebook.concepts.get(here)
        for image in fragment.images:
            if here not in notebook.broken:
                yield from _figure(concept, image.src, image.span)
    for concept in notebook.concepts.values():
        record, value = concept.record, concept.places.value
        if record.cover:
            yield from _figure(concept, record.cover.image, value("cover", "image"))
        if record.inquiry and (figure := getattr(record.inquiry.on, "figure", None)):
            yield from _figure(concept, figure, value("inquiry", "on", "figure"))


def _figure(concept: LoadedConcept | None, src: str, span: Span) -> Iterator[Diagnostic]:
    known = concept.figures if concept else frozenset()
    if src not in known:
        folder = f"{concept.folder}/" if concept else "the concept's "
        yield rules.MISSING_FIGURE.at(
            span,
            f'there is no figure "{src}"',
            did_you_mean(src, known) or f"put the file into {folder}figures/",
        )


def anchors(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Links within a page, and relative links to other pages."""
    for here, fragment in fragments(notebook):
        concept = notebook.concepts.get(here)
        for link in fragment.hrefs:
            if link.href.startswith("#") and concept:
                known = _anchors(concept)
                if link.href[1:] not in known:
                    yield rules.BROKEN_LINK.at(
                        link.span,
                        f'this page has no place "{link.href}"',
                        did_you_mean(link.href[1:], known),
                    )
            elif concept and _is_relative(link.href) and not _leads(notebook, here, link.href):
                yield rules.BROKEN_LINK.at(
                    link.span,
                    f'"{link.href}" leads to no page of this notebook',
                    "link an object, such as `concept:domain/concept`",
                )


def _anchors(concept: LoadedConcept) -> set[str]:
    if not concept.page:
        return set(SECTIONS)
    sections = concept.page.sections
    return {
        *SECTIONS,
        *(heading.id for section in sections for heading in section.headings),
        *(f"equation-{name}" for name in concept.page.equations),
        *(f"{proof.kind}-{proof.id}" for proof in concept.page.proofs if proof.id),
    }


def _is_relative(href: str) -> bool:
    return not href.startswith("#") and ":" not in href.split("/")[0]


def _leads(notebook: LoadedNotebook, here: str, href: str) -> bool:
    """Whether a relative link from a concept's page leads to a page or a verbatim file."""
    path = href.partition("#")[0].partition("?")[0]
    target = posixpath.normpath(posixpath.join(here, path)).removesuffix("/index.html")
    if target in (".", "index.html") or target in notebook.concepts or target in notebook.broken:
        return True
    first = target.partition("/")[0]
    if first in RESERVED_DOMAINS - {"static"}:
        return True
    inside = not PurePosixPath(target).is_absolute() and ".." not in target
    return inside and (notebook.root / "static" / target.removeprefix("static/")).is_file()
