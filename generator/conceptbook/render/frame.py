"""What is around every page: head, navigation, footer."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from .. import __version__
from ..load import LoadedNotebook
from .site import MISSING, POLICY, SiteOptions, relative


@dataclass(frozen=True)
class NavItem:
    title: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class Beside:
    """What stands around some pages, and is empty on others."""

    linked_data: Markup | None = None
    """JSON-LD, safe inside a script element."""
    searched: str | None = None
    """The page is in the search index, as this kind."""
    crumbs: tuple[NavItem, ...] = ()
    previous: NavItem | None = None
    next: NavItem | None = None
    used_by: tuple[NavItem, ...] = ()
    path: str | None = None
    """The reading path that leads here."""
    runs: bool = False
    """The page has a witness that runs on it."""
    image: str | None = None
    """A picture of the page by its path, for link previews."""
    moved_to: str | None = None
    canonical: str | None = None
    """The path of the page that this one stands for; its own where None."""


@dataclass(frozen=True)
class Frame:
    """`home` leads to the home page; addresses that end in a slash."""

    language: str
    site_title: str
    title: str
    description: str
    kind: str
    """OpenGraph's type: website or article."""
    policy: Markup
    assets: str
    modules: tuple[str, ...]
    """Fetched at once, below `assets`."""
    parts: tuple[str, ...]
    """Stylesheets below `assets` that a template may ask for."""
    over: str | None
    """The stylesheet that comes last, where there is one."""
    canonical: str | None
    home: str
    nav: tuple[NavItem, ...]
    tools: tuple[NavItem, ...]
    """Claims, sources and the other pages beside the concepts'."""
    feed: str | None
    image: str | None
    """Absolute, for link previews."""
    beside: Beside
    text_licence: str | None
    code_licence: str | None
    repository: str | None
    generator: str


TOOLS = {
    "claims": "Claims",
    "sources": "Sources",
    "audit": "Audit",
    "glossary": "Notation",
    "search": "Search",
}
FEED = "feed.xml"
LICENCES = {
    "CC-BY-4.0": "CC BY 4.0",
    "CC-BY-SA-4.0": "CC BY-SA 4.0",
    "CC0-1.0": "CC0 1.0",
}


def frame(
    notebook: LoadedNotebook,
    site: SiteOptions,
    page: str,
    title: str,
    description: str,
    kind: str,
    beside: Beside,
) -> Frame:
    """For a page by its path; 404.html is served at any depth and links from the site's root."""
    settings = notebook.settings
    licence, heads = settings.licence, site.heads
    anywhere = page == MISSING
    domain = page.split("/")[0]

    def href(target: str) -> str:
        address = target.removesuffix("index.html")
        return site.base_path + address if anywhere else relative(page, target)

    return Frame(
        language=settings.language,
        site_title=settings.title,
        title=title,
        description=description,
        kind=kind,
        policy=Markup(POLICY),
        assets=site.assets(page),
        modules=heads.modules + (heads.witness_modules if beside.runs else ()),
        parts=heads.parts,
        over=heads.over,
        canonical=None if anywhere else site.canonical(beside.canonical or page),
        home=href("index.html"),
        nav=tuple(
            NavItem(entry.title, href(f"{entry.id}/index.html"), entry.id == domain)
            for entry in settings.domains
        ),
        tools=tuple(
            NavItem(name, href(f"{folder}/index.html"), folder == domain)
            for folder, name in TOOLS.items()
            if folder != "search" or site.search
        ),
        feed=href(FEED) if site.base_url else None,
        image=site.canonical(beside.image) if beside.image else None,
        beside=beside,
        text_licence=licence and LICENCES.get(licence.text, licence.text),
        code_licence=licence and LICENCES.get(licence.code, licence.code),
        repository=settings.repository,
        generator=f"conceptbook {__version__}",
    )
