"""Who wrote and who reviewed: one key a person, however they are named."""

from __future__ import annotations

from ..load.loaded import LoadedClaim, LoadedNotebook
from ..model.people import InlinePerson, Person

PersonRef = str | InlinePerson


def person_of(ref: PersonRef, notebook: LoadedNotebook) -> Person | InlinePerson | None:
    """The record behind a reference; None where `people` does not have it."""
    return notebook.settings.people.get(ref) if isinstance(ref, str) else ref


def is_human(person: Person | InlinePerson | None) -> bool:
    """Whether a person is known, and no machine."""
    return person is not None and person.kind == "human"


def person_key(ref: PersonRef, notebook: LoadedNotebook) -> str:
    """One key a person: the id in `people`, also of somebody written out who is listed there.

    The same ORCID or account is the same person; the same name is, when one of the two has
    neither.
    """
    if isinstance(ref, str):
        return ref
    for name, person in notebook.settings.people.items():
        if _same(ref, person):
            return name
    return ref.orcid or (ref.github or ref.name).casefold()


def authors_of(claim: LoadedClaim, notebook: LoadedNotebook) -> frozenset[str]:
    """Keys of the claim's authors: its own, else its concept's."""
    concept = notebook.concepts.get(claim.concept)
    refs = claim.record.authors or (concept.record.authors if concept else ())
    return frozenset(person_key(ref, notebook) for ref in refs)


def _same(one: InlinePerson, other: Person) -> bool:
    if one.orcid and other.orcid:
        return one.orcid == other.orcid
    if one.github and other.github:
        return one.github.casefold() == other.github.casefold()
    return one.kind == other.kind and one.name.casefold() == other.name.casefold()
