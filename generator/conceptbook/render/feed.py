"""An Atom feed of concepts, reviews and withdrawals by the dates that authors typed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from ..evidence import ClaimStatus
from . import words
from .address import claim_page, concept_page
from .prose import plain
from .resolver import Shown
from .site import SiteOptions

LENGTH = 100
PATH = "feed.xml"


@dataclass(frozen=True)
class Entry:
    date: datetime.date
    page: str
    fragment: str
    title: str
    text: str
    author: str

    @property
    def when(self) -> str:
        return f"{self.date.isoformat()}T00:00:00Z"


def feed(shown: Shown, statuses: Mapping[str, ClaimStatus], site: SiteOptions) -> bytes | None:
    """None without a base_url: an entry's id is its absolute address."""
    if site.base_url is None:
        return None
    found = [*_concepts(shown), *_claims(shown, statuses)]
    newest = sorted(found, key=lambda e: (-e.date.toordinal(), e.page, e.fragment))[:LENGTH]
    settings = shown.notebook.settings
    updated = newest[0].when if newest else "1970-01-01T00:00:00Z"
    head = Markup(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{}">\n'
        "<title>{}</title>\n<id>{}</id>\n<updated>{}</updated>\n"
        '<link rel="self" href="{}{}"/>\n<link href="{}"/>\n<author><name>{}</name></author>\n'
    ).format(
        settings.language,
        settings.title,
        site.base_url,
        updated,
        site.base_url,
        PATH,
        site.base_url,
        settings.title,
    )
    return f"{head}{''.join(_entry(entry, site) for entry in newest)}</feed>\n".encode()


def _entry(entry: Entry, site: SiteOptions) -> Markup:
    address = site.canonical(entry.page) or ""
    author = Markup("<author><name>{}</name></author>").format(entry.author)
    return Markup(
        "<entry><title>{}</title><id>{}#{}</id><updated>{}</updated>"
        '<link href="{}"/>{}<summary>{}</summary></entry>\n'
    ).format(
        entry.title,
        address,
        entry.fragment,
        entry.when,
        address,
        author if entry.author else "",
        escape(entry.text),
    )


def _concepts(shown: Shown) -> Iterator[Entry]:
    for name, concept in shown.concepts.items():
        record, page = concept.record, concept_page(name)
        text = plain(concept.prose, "summary")
        if record.created:
            yield Entry(record.created, page, "created", f"New: {record.title}", text, "")
        if record.updated and record.updated != record.created:
            day = record.updated
            title = f"Revised: {record.title}"
            yield Entry(day, page, f"updated-{day.isoformat()}", title, text, "")


def _claims(shown: Shown, statuses: Mapping[str, ClaimStatus]) -> Iterator[Entry]:
    for name, claim in shown.notebook.claims.items():
        if not shown.has_claim(name):
            continue
        page, withdrawn = claim_page(name), claim.record.withdrawn
        if withdrawn:
            reason = plain(claim.prose, "withdrawn", "reason")
            yield Entry(withdrawn.date, page, "withdrawn", f"Withdrawn: {name}", reason, "")
            continue
        said = plain(claim.prose, "statement")
        for state in statuses[name].reviews:
            review = state.review
            conclusion = words.CONCLUSION[review.conclusion]
            title = f"Review of {name}: {conclusion[0].lower()}{conclusion[1:]}"
            yield Entry(review.date, page, f"review-{state.key}", title, said, state.name)
