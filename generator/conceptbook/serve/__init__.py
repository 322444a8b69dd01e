"""Build, serve on localhost, rebuild and reload when an author file changes."""

from .faults import EDITORS, pattern_of
from .serve import Preview, serve

__all__ = ["EDITORS", "Preview", "pattern_of", "serve"]
