"""llms.txt: what there is, for language models, in the form of llmstxt.org."""

from __future__ import annotations

from collections.abc import Iterator

from .address import concept_page
from .prose import plain
from .resolver import Shown
from .site import SiteOptions

PATH = "llms.txt"
MOST_CONCEPTS = 500
"""Of a larger notebook the domains are listed, and the concepts in the data alone."""
ABOUT = """\
Each concept is a page with prose, a numpy program that runs in the reader's browser, the curves
that the program must reproduce, and claims. A claim is one sentence with its evidence; its status
is computed from reviews that are pinned to its exact words. Say the status of a claim with the
claim, and cite the works that it rests on rather than this notebook. Quotations belong to their
authors.
"""
DATA = {
    "api/concepts.json": ("Concepts", "titles, prerequisites and claims, each after what it needs"),
    "api/claims.json": ("Claims", "statements with scope, evidence, status and reviews"),
    "api/sources.json": ("Sources", "the bibliography as CSL, and what rests on each work"),
    "api/audit.json": ("Audit", "what the evidence lacks"),
}


def llms_txt(shown: Shown, site: SiteOptions) -> bytes:
    """The file llms.txt: what the site has and where its data is; of much it names the domains."""
    settings = shown.notebook.settings
    parts = [f"# {settings.title}"]
    if settings.description:
        parts.append(f"> {' '.join(settings.description.split())}")
    parts.append(ABOUT.strip())
    if len(shown.concepts) > MOST_CONCEPTS:
        parts.append("\n".join(["## Domains", "", *_domains(shown, site)]))
    else:
        parts += _concepts(shown, site)
    data = [_item(title, path, about, site) for path, (title, about) in DATA.items()]
    parts.append("\n".join(["## Data", "", *data]))
    return ("\n\n".join(parts) + "\n").encode()


def _domains(shown: Shown, site: SiteOptions) -> Iterator[str]:
    for domain in shown.notebook.settings.domains:
        yield _item(domain.title, f"{domain.id}/index.html", domain.summary or "", site)


def _concepts(shown: Shown, site: SiteOptions) -> Iterator[str]:
    """A section for each domain that has concepts."""
    for domain in shown.notebook.settings.domains:
        items = [
            _item(concept.record.title, concept_page(name), plain(concept.prose, "summary"), site)
            for name, concept in shown.concepts.items()
            if name.split("/")[0] == domain.id and concept.record.status != "retired"
        ]
        if items:
            yield "\n".join([f"## {domain.title}", "", *items])


def _item(title: str, path: str, about: str, site: SiteOptions) -> str:
    """Absolute where the site's address is known, else as seen from llms.txt."""
    address = site.canonical(path) or path.removesuffix("index.html")
    words = " ".join(about.split())
    return f"- [{title}]({address}){f': {words}' if words else ''}"
