"""What is around every page: head, navigation, footer."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from .. import __version__
from ..load import LoadedNotebook
from .site import POLICY, SiteOptions, relative


@dataclass(frozen=True)
class NavItem:
    title: str
    href: str
    current: bool


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
    canonical: str | None
    home: str
    nav: tuple[NavItem, ...]
    text_licence: str | None
    code_licence: str | None
    repository: str | None
    generator: str


LICENCES = {
    "CC-BY-4.0": "CC BY 4.0",
    "CC-BY-SA-4.0": "CC BY-SA 4.0",
    "CC0-1.0": "CC0 1.0",
}


def frame(
    notebook: LoadedNotebook, site: SiteOptions, page: str, title: str, description: str, kind: str
) -> Frame:
    """For a page by its path; 404.html is served at any depth and links from the site's root."""
    settings = notebook.settings
    licence = settings.licence
    anywhere = page == "404.html"
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
        assets=site.assets,
        canonical=None if anywhere else site.canonical(page),
        home=href("index.html"),
        nav=tuple(
            NavItem(entry.title, href(f"{entry.id}/index.html"), entry.id == domain)
            for entry in settings.domains
        ),
        text_licence=licence and LICENCES.get(licence.text, licence.text),
        code_licence=licence and LICENCES.get(licence.code, licence.code),
        repository=settings.repository,
        generator=f"conceptbook {__version__}",
    )
