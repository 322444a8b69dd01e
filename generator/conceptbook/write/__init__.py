"""The only code that writes into site/: no path twice, all or nothing, with a manifest."""

from .site import NotASite, PathTwice, SiteWriter

__all__ = ["NotASite", "PathTwice", "SiteWriter"]
