"""render: a checked notebook → the files of its site, one after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from ..assets import Theme
from ..evidence import ClaimStatus
from ..load import LoadedConcept, LoadedNotebook
from .citation import labels
from .frame import frame
from .resolver import Shown
from .site import SiteOptions
from .templates import Templates
from .views import concept as concepts
from .views import home as homes


@dataclass(frozen=True)
class Rendered:
    """A file by its path below the site."""

    path: str
    content: bytes


@dataclass(frozen=True)
class _Press:
    """What every page is made with."""

    shown: Shown
    statuses: Mapping[str, ClaimStatus]
    site: SiteOptions
    templates: Templates

    def page(
        self, path: str, template: str, view: Any, *, title: str, about: str, kind: str = "website"
    ) -> Rendered:
        around = frame(self.shown.notebook, self.site, path, title, about, kind)
        return Rendered(path, self.templates.fill(template, {"frame": around, "page": view}))


def render(
    notebook: LoadedNotebook,
    statuses: Mapping[str, ClaimStatus],
    theme: Theme,
    site: SiteOptions,
) -> Iterator[Rendered]:
    """Every page, its figures, and the files that say what there is.

    A page is made when it is asked for, so that no two need be held at once.
    """
    built = {name: c for name, c in notebook.concepts.items() if _is_built(c, site)}
    shown = Shown(notebook, built, labels(notebook.sources))
    press = _Press(shown, statuses, site, Templates(theme))
    paths = []
    for page in _pages(press):
        paths.append(page.path)
        yield page
    for concept in built.values():
        for figure in sorted(concept.figures):
            content = (notebook.root / concept.folder / figure).read_bytes()
            yield Rendered(f"{concept.id}/{figure}", content)
    yield from _side_files(site, paths)


def _is_built(concept: LoadedConcept, site: SiteOptions) -> bool:
    return site.drafts or concept.record.status != "draft"


def _pages(press: _Press) -> Iterator[Rendered]:
    settings = press.shown.notebook.settings
    home = homes.home(press.shown, press.statuses, "index.html")
    about = home.description
    yield press.page("index.html", "home.html", home, title=home.title, about=about)
    for entry in settings.domains:
        path = f"{entry.id}/index.html"
        domain = homes.domain(entry, press.shown, press.statuses, path)
        about = domain.summary or home.description
        yield press.page(path, "domain.html", domain, title=domain.title, about=about)
    for name, concept in press.shown.concepts.items():
        path = f"{name}/index.html"
        view = concepts.view(concept, press.statuses, press.shown, path)
        about = view.description
        yield press.page(path, "concept.html", view, title=view.title, about=about, kind="article")
    missing = "There is no page at this address."
    yield press.page("404.html", "not-found.html", home, title="Not found", about=missing)


def _side_files(site: SiteOptions, paths: list[str]) -> Iterator[Rendered]:
    yield Rendered(".nojekyll", b"")
    robots = "User-agent: *\nAllow: /\n"
    if site.base_url is not None:
        robots += f"Sitemap: {site.base_url}sitemap.xml\n"
        urls = "".join(
            f"  <url><loc>{escape(site.canonical(path) or '')}</loc></url>\n"
            for path in paths
            if path != "404.html"
        )
        xml = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
            f"{urls}</urlset>\n"
        )
        yield Rendered("sitemap.xml", xml.encode())
    yield Rendered("robots.txt", robots.encode())
