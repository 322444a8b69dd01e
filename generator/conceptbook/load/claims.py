"""claims/<domain>/<concept>/<claim>.yaml → LoadedClaim."""

from __future__ import annotations

from ..model import Claim
from .fields import validate
from .loaded import LoadedClaim
from .prose import parse_prose
from .reader import Reader


def load_claims(reader: Reader, concept: str) -> dict[str, LoadedClaim]:
    """The claims of one folder by id, in the order of their files."""
    folder = f"claims/{concept}"
    found = {}
    for entry in reader.children(folder):
        path = f"{folder}/{entry.name}"
        if entry.suffix != ".yaml" or not entry.is_file():
            reader.stray(path, "a claim is a file <id>.yaml")
        elif reader.is_id(path, entry.stem):
            claim = f"{concept}/{entry.stem}"
            loaded = _load_claim(reader, path, claim, concept)
            if loaded:
                found[claim] = loaded
            else:
                reader.broken.add(claim)
    return found


def _load_claim(reader: Reader, path: str, claim: str, concept: str) -> LoadedClaim | None:
    document = reader.yaml(path)
    if document is None:
        return None
    record, faults = validate(Claim, document.data, document.places)
    reader.report.extend(faults)
    if record is None:
        return None
    prose, faults = parse_prose(record, document.origins, path)
    reader.report.extend(faults)
    return LoadedClaim(claim, concept, record, document.places, prose)
