"""The schema of the author files, one module a file kind."""

from .base import Quoted, Record
from .claim import Claim, Review
from .concept import Concept
from .settings import Settings
from .source import Source, Sources
from .witness import Witness

__all__ = [
    "Claim",
    "Concept",
    "Quoted",
    "Record",
    "Review",
    "Settings",
    "Source",
    "Sources",
    "Witness",
]
