"""How to cite a claim or a source: BibTeX and CSL-JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from ..bibliography.bibtex import entry
from ..bibliography.csl import Item
from ..evidence.people import person_of
from ..load import LoadedClaim
from ..model.people import InlinePerson, Person
from .prose import plain
from .resolver import Shown
from .site import SiteOptions


@dataclass(frozen=True)
class Cite:
    bibtex: str
    csl: str


def cite(item: Item) -> Cite:
    """BibTeX and CSL-JSON of an item, to be copied."""
    return Cite(entry(item), json.dumps([item], ensure_ascii=False, indent=2) + "\n")


def claim_item(claim: LoadedClaim, shown: Shown, site: SiteOptions, page: str) -> dict[str, Any]:
    """The claim as an entry of the notebook; its date is the concept's, as typed."""
    notebook, concept = shown.notebook, shown.notebook.concepts[claim.concept]
    refs = claim.record.authors or concept.record.authors
    people = [person for ref in refs if (person := person_of(ref, notebook))]
    issued = concept.record.updated or concept.record.created
    item: dict[str, Any] = {
        "id": f"conceptbook-{claim.id.replace('/', '-')}",
        "type": "entry",
        "title": plain(claim.prose, "statement").rstrip("."),
        "author": [name_of(person) for person in people],
        "container-title": notebook.settings.title,
        "collection-title": concept.record.title,
        "genre": f"Claim {claim.id}",
        "URL": site.canonical(page),
        "language": notebook.settings.language,
    }
    if issued:
        item["issued"] = {"date-parts": [[issued.year, issued.month, issued.day]]}
    return {name: value for name, value in item.items() if value}


def name_of(person: Person | InlinePerson) -> dict[str, str]:
    """Family and given name where the printed name is plainly `Given Family`, else whole."""
    parts = re.fullmatch(r"([^\W\d_][\w.'-]*(?: [^\W\d_]\.?)*) ([^\W\d_][\w'-]*)", person.name)
    return {"family": parts[2], "given": parts[1]} if parts else {"literal": person.name}
