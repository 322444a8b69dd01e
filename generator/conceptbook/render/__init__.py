"""Notebook → pages: views say what stands on a page, a theme's templates say where."""

from .pages import Rendered, render
from .site import SiteOptions
from .templates import BadTemplate

__all__ = ["BadTemplate", "Rendered", "SiteOptions", "render"]
