"""Sources that readers can find."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..diagnostics.catalogue import evidence as rules
from ..load import LoadedNotebook
from ..model.source import WEB_TYPES, Source


def accessed(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    for source in notebook.sources.values():
        if source.record.type in WEB_TYPES and not source.record.accessed:
            yield rules.MISSING_ACCESSED.at(
                notebook.sources_places.value("references", source.index, "type"),
                f'"{source.record.id}" is a {source.record.type} and has no `accessed`',
                "add the day on which it was read, accessed: YYYY-MM-DD",
            )


def incomplete(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    for source in notebook.sources.values():
        lacks = list(_lacks(source.record))
        if lacks:
            words = f"{', '.join(lacks[:-1])} and {lacks[-1]}" if lacks[1:] else lacks[0]
            yield rules.INCOMPLETE_SOURCE.at(
                notebook.sources_places.value("references", source.index, "id"),
                f'"{source.record.id}" lacks {words}',
                "add what is missing, so that readers can find it",
            )


def _lacks(source: Source) -> Iterator[str]:
    if not (source.author or source.editor):
        yield "author or editor"
    if not source.issued:
        yield "issued"
    archived = source.archive and source.archive_location
    if not (source.DOI or source.ISBN or source.URL or archived):
        yield "a DOI, ISBN, URL or archive"
