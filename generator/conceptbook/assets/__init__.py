"""What every page needs beside itself: the theme's files, the browser's modules, the fonts."""

from .bundle import Assets, bundle
from .theme import Theme, find_theme

__all__ = ["Assets", "Theme", "bundle", "find_theme"]
