"""SiteOptions: where a site will stand, and what it may show."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from urllib.parse import urlsplit

from ..assets import Heads

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
MISSING = "404.html"
"""Served at any depth: it alone can only name things from the site's root."""


@dataclass(frozen=True)
class SiteOptions:
    """`base_path` begins and ends with a slash; `base_url`, where it is known, ends with one."""

    base_path: str
    base_url: str | None
    assets_digest: str
    drafts: bool = False
    search: bool = False
    """The site has a search index."""
    portable: bool = False
    """The site may stand at any address: its pages name their assets from where they stand."""
    heads: Heads = field(default_factory=Heads)

    @classmethod
    def of(
        cls,
        base_url: str | None,
        assets_digest: str,
        drafts: bool,
        search: bool = False,
        portable: bool = False,
        heads: Heads | None = None,
    ) -> SiteOptions:
        whole = base_url.rstrip("/") + "/" if base_url else None
        path = urlsplit(whole).path if whole else "/"
        return cls(path, whole, assets_digest, drafts, search, portable, heads or Heads())

    def assets(self, page: str) -> str:
        """The folder of the assets as a page names it, with a slash at its end.

        From the site's root, the same on every page, unless the site is portable.
        """
        folder = f"assets/{self.assets_digest}/"
        if self.portable and page != MISSING:
            return relative(page, folder)
        return self.base_path + folder

    def canonical(self, path: str) -> str | None:
        """The absolute address of a page by its path; None without a base_url."""
        return None if self.base_url is None else self.base_url + _address(path)


def relative(page: str, target: str) -> str:
    """A link from one page to another, both by their path below the site."""
    folders, steps = page.split("/")[:-1], _address(target).split("/")
    pairs = zip(folders, steps[:-1], strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    link = "../" * (len(folders) - shared) + "/".join(steps[shared:])
    return link if link and ":" not in link.split("/")[0] else f"./{link}"


def _address(path: str) -> str:
    """`a/b/index.html` is served as `a/b/`."""
    return path.removesuffix("index.html")
