"""Build, serve on localhost, rebuild and reload when an author file changes."""

from .serve import serve

__all__ = ["serve"]
