"""Notebook → pages: views say what stands on a page, a theme's templates say where."""

from .pages import Rendered, render
from .site import SiteOptions

__all__ = ["Rendered", "SiteOptions", "render"]
