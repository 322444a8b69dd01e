"""Files → LoadedNotebook: every record with its places, every fault collected."""

from .loaded import (
    LoadedClaim,
    LoadedConcept,
    LoadedNotebook,
    LoadedSource,
    LoadedWitness,
    absolute,
)
from .notebook import find_root, load, load_concepts
from .places import FieldPath, Places

__all__ = [
    "FieldPath",
    "LoadedClaim",
    "LoadedConcept",
    "LoadedNotebook",
    "LoadedSource",
    "LoadedWitness",
    "Places",
    "absolute",
    "find_root",
    "load",
    "load_concepts",
]
