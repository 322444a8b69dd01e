"""render: a checked notebook → the files of its site, one after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from markupsafe import escape

from ..assets import Theme
from ..evidence import ClaimStatus
from ..load import LoadedConcept, LoadedNotebook
from . import words
from .citation import labels
from .concept_data import concept_data
from .frame import Beside, NavItem
from .press import Press, Rendered
from .preview import Previews, available
from .resolver import Shown
from .site import MISSING, SiteOptions, relative
from .site_pages import SitePages
from .templates import Templates
from .views import concept as concepts
from .views import home as homes
from .views.map import MOST_CONCEPTS, concept_map


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
    badges = {name: words.BADGE[status.badge] for name, status in statuses.items()}
    shown = Shown(notebook, built, labels(notebook.sources), badges)
    press = Press(shown, statuses, site, Templates(theme))
    paths = []
    pictures = Previews(shown, theme) if site.base_url and available(theme) else None
    site_pages = SitePages(press, pictures)
    for page in _pages(press, site_pages):
        paths.append(page.path)
        yield page
    yield from site_pages.moved(set(paths))
    for concept in built.values():
        for figure in sorted(concept.figures):
            content = (notebook.root / concept.folder / figure).read_bytes()
            yield Rendered(f"{concept.id}/{figure}", content)
    yield from _side_files(site, paths)


def _is_built(concept: LoadedConcept, site: SiteOptions) -> bool:
    return site.drafts or concept.record.status != "draft"


def _pages(press: Press, site_pages: SitePages) -> Iterator[Rendered]:
    settings = press.shown.notebook.settings
    home = homes.home(press.shown, press.statuses, "index.html")
    about = home.description
    beside = Beside(linked_data=press.data.page("index.html", "WebSite", home.title, about))
    yield press.page("index.html", "home.html", home, title=home.title, about=about, beside=beside)
    for entry in settings.domains:
        path = f"{entry.id}/index.html"
        domain = homes.domain(entry, press.shown, press.statuses, path)
        if len(press.shown.concepts) > MOST_CONCEPTS:
            drawn, legend = concept_map(press.shown, press.statuses, path, entry.id)
            domain = replace(domain, map=drawn, map_legend=legend)
        about = domain.summary or home.description
        data = press.data.page(path, "CollectionPage", domain.title, about)
        crumbs = (NavItem(home.title, relative(path, "index.html")),)
        beside = Beside(linked_data=data, crumbs=crumbs)
        yield press.page(
            path, "domain.html", domain, title=domain.title, about=about, beside=beside
        )
    for name, concept in press.shown.concepts.items():
        path = f"{name}/index.html"
        view = concepts.view(concept, press.statuses, press.shown, path)
        about = view.description
        image = site_pages.preview(name)
        yield press.page(
            path,
            "concept.html",
            view,
            title=view.title,
            about=about,
            kind="article",
            beside=replace(site_pages.beside_concept(name, image), runs=bool(view.witnesses)),
        )
        yield from concept_data(view, press.shown)
        if image is not None:
            yield image
    yield from site_pages.pages()
    missing = "There is no page at this address."
    yield press.page(MISSING, "not-found.html", home, title="Not found", about=missing)


def _side_files(site: SiteOptions, paths: list[str]) -> Iterator[Rendered]:
    yield Rendered(".nojekyll", b"")
    robots = "User-agent: *\nAllow: /\n"
    if site.base_url is not None:
        robots += f"Sitemap: {site.base_url}sitemap.xml\n"
        urls = "".join(
            f"  <url><loc>{escape(site.canonical(path) or '')}</loc></url>\n"
            for path in paths
            if path.endswith(".html") and path != MISSING
        )
        xml = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
            f"{urls}</urlset>\n"
        )
        yield Rendered("sitemap.xml", xml.encode())
    yield Rendered("robots.txt", robots.encode())
