"""What every page needs beside itself: the theme's files, the browser's modules, the fonts."""

from .bundle import Assets, Heads, bundle
from .theme import Theme, find_theme

__all__ = ["Assets", "Heads", "Theme", "bundle", "find_theme"]
