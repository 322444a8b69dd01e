"""Where each kind of page stands, by its path below the site."""

from __future__ import annotations


def concept_page(concept: str) -> str:
    """The path of a concept's page below the site."""
    return f"{concept}/index.html"


def path_page(concept: str) -> str:
    """The reading path that leads to a concept."""
    return f"{concept}/before/index.html"


def claim_page(claim: str) -> str:
    """The path of a claim's page below the site."""
    return f"claims/{claim}/index.html"


def source_page(key: str) -> str:
    """The path of a source's page below the site."""
    return f"sources/{key}/index.html"


def list_page(folder: str, number: int) -> str:
    """A page of a list by its number from 1; the first is the folder itself."""
    return f"{folder}/index.html" if number == 1 else f"{folder}/page/{number}/index.html"
