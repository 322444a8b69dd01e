"""What every page of a site is made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..evidence import ClaimStatus
from .frame import Beside, frame
from .linked_data import LinkedData
from .resolver import Shown
from .site import SiteOptions
from .templates import Templates


@dataclass(frozen=True)
class Rendered:
    """A file by its path below the site."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Press:
    """Fills templates: the frame of a page is the same for all kinds of pages."""

    shown: Shown
    statuses: Mapping[str, ClaimStatus]
    site: SiteOptions
    templates: Templates

    @property
    def data(self) -> LinkedData:
        return LinkedData(self.shown, self.statuses, self.site)

    def page(
        self,
        path: str,
        template: str,
        view: Any,
        *,
        title: str,
        about: str,
        kind: str = "website",
        beside: Beside | None = None,
    ) -> Rendered:
        beside = beside or Beside()
        around = frame(self.shown.notebook, self.site, path, title, about, kind, beside)
        return Rendered(path, self.templates.fill(template, {"frame": around, "page": view}))

    def listing(self, path: str, template: str, view: Any, crumbs: Any = ()) -> Rendered:
        """A page that lists others, with data that says so."""
        data = self.data.page(path, "CollectionPage", view.title, view.description)
        beside = Beside(linked_data=data, crumbs=crumbs)
        return self.page(
            path, template, view, title=view.title, about=view.description, beside=beside
        )
