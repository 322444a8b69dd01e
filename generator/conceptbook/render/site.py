"""SiteOptions: where a site will stand, and what it may show."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import urlsplit

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' blob: 'wasm-unsafe-eval'",
        "worker-src blob:",
        "frame-src 'self'",
        "connect-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' blob:",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
"""The Content-Security-Policy, the same on every page."""


@dataclass(frozen=True)
class SiteOptions:
    """`base_path` begins and ends with a slash; `base_url`, where it is known, ends with one."""

    base_path: str
    base_url: str | None
    assets_digest: str
    drafts: bool = False
    search: bool = False
    """The site has a search index."""

    @classmethod
    def of(
        cls, base_url: str | None, assets_digest: str, drafts: bool, search: bool = False
    ) -> SiteOptions:
        whole = base_url.rstrip("/") + "/" if base_url else None
        path = urlsplit(whole).path if whole else "/"
        return cls(path, whole, assets_digest, drafts, search)

    @property
    def assets(self) -> str:
        """The folder of the assets from the site's root, with a slash at its end."""
        return f"{self.base_path}assets/{self.assets_digest}/"

    def canonical(self, path: str) -> str | None:
        """The absolute address of a page by its path; None without a base_url."""
        return None if self.base_url is None else self.base_url + _address(path)


def relative(page: str, target: str) -> str:
    """A link from one page to another, both by their path below the site."""
    there = _address(target)
    folder = posixpath.dirname(page)
    link = posixpath.relpath(there or ".", folder or ".")
    if ":" in link.split("/")[0]:
        link = f"./{link}"
    if there and not there.endswith("/"):
        return link
    return "./" if link == "." else f"{link}/"


def _address(path: str) -> str:
    """`a/b/index.html` is served as `a/b/`."""
    return path.removesuffix("index.html")
