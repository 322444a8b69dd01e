"""Does the object that a name means exist? One answer for prose, questions and reviews."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..diagnostics import did_you_mean
from ..load import LoadedClaim, LoadedConcept, LoadedNotebook, absolute

SOURCES = "claims/sources.yaml"
SETTINGS = "notebook.yaml"
PAGE = "page.md"
PAGE_KINDS = ("equation", "proof")
LOCAL_KINDS = ("equation", "curve", "witness", "value", "misconception", "demo", "proof", "assert")


@dataclass(frozen=True)
class Missing:
    """An object that is not there: what to say, and a hint."""

    message: str
    hint: str | None = None


def missing(notebook: LoadedNotebook, here: str, kind: str, target: str) -> Missing | None:
    """What is wrong with a reference made in the concept `here`; None where it is sound.

    A reference to something whose own file could not be read is sound.
    """
    match kind:
        case "concept":
            return missing_concept(notebook, target if "/" in target else _beside(here, target))
        case "claim":
            return missing_claim(notebook, absolute(target, here), here)
        case "source":
            return missing_source(notebook, target)
        case _ if kind in LOCAL_KINDS:
            return _missing_local(notebook, here, kind, target)
    kinds = ("concept", "claim", "source", *LOCAL_KINDS)
    return Missing(f'there is no kind of object "{kind}"', did_you_mean(kind, kinds))


def missing_concept(notebook: LoadedNotebook, concept: str) -> Missing | None:
    """A planned concept exists; an old id does not, but the hint names the new one.

    Nothing is missing of a domain that notebook.yaml fails to list: that is the fault.
    """
    if concept in notebook.concepts or {concept, SETTINGS} & notebook.broken:
        return None
    if concept in planned(notebook) or _unlisted_domain(notebook, concept.partition("/")[0]):
        return None
    now = next((c.id for c in notebook.concepts.values() if concept in c.record.aliases), None)
    hint = f'it is now "{now}"' if now else None
    known = [*notebook.concepts, *planned(notebook)]
    return Missing(f'there is no concept "{concept}"', hint or _similar(concept, known))


def _unlisted_domain(notebook: LoadedNotebook, domain: str) -> bool:
    listed = {each.id for each in notebook.settings.domains}
    return domain not in listed and any(c.startswith(f"{domain}/") for c in notebook.concepts)


def missing_claim(notebook: LoadedNotebook, claim: str, here: str = "") -> Missing | None:
    """What is wrong with a claim's full id, named in the concept `here`."""
    if claim in notebook.claims or claim in notebook.broken:
        return None
    now = next(
        (
            loaded.id
            for loaded in notebook.claims.values()
            if claim in {absolute(alias, loaded.concept) for alias in loaded.record.aliases}
        ),
        None,
    )
    hint = f'it is now "{now}"' if now else _similar(claim, notebook.claims)
    short = hint.replace(f'"{here}/', '"') if hint and here else hint
    return Missing(f'there is no claim "{claim}"', short or f"run `conceptbook new claim {claim}`")


def missing_source(notebook: LoadedNotebook, source: str) -> Missing | None:
    """What is wrong with a source's key; None where it is sound."""
    if source in notebook.sources or {source, SOURCES} & notebook.broken:
        return None
    hint = did_you_mean(source, notebook.sources) or f"run `conceptbook new source {source}`"
    return Missing(f'there is no source "{source}"', hint)


def claims_by_concept(notebook: LoadedNotebook) -> dict[str, list[LoadedClaim]]:
    """The claims of each folder of claims/, in the order of their files."""
    found: dict[str, list[LoadedClaim]] = {}
    for claim in notebook.claims.values():
        found.setdefault(claim.concept, []).append(claim)
    return found


def planned(notebook: LoadedNotebook) -> dict[str, str]:
    """The titles of the concepts that are to come, by id."""
    return {
        f"{domain.id}/{item.id}": item.title
        for domain in notebook.settings.domains
        for item in domain.planned
    }


def ids(concept: LoadedConcept, kind: str) -> list[str]:
    """The ids of a concept's own objects of one kind, in its order."""
    record, page = concept.record, concept.page
    plots = [plot for witness in record.witnesses for plot in witness.plots]
    match kind:
        case "witness" | "assert":
            return [witness.id for witness in record.witnesses]
        case "demo":
            return [witness.id for witness in record.witnesses if not witness.not_runnable]
        case "curve" | "value":
            return [curve.id for plot in plots for curve in plot.curves]
        case "misconception":
            return [item.id for item in record.misconceptions]
        case "equation":
            return list(page.equations) if page else []
        case "proof":
            return [proof.id for proof in page.proofs if proof.id] if page else []
    return []


def _missing_local(notebook: LoadedNotebook, here: str, kind: str, target: str) -> Missing | None:
    owner, _, name = absolute(target, here).rpartition("/")
    if owner in notebook.broken:
        return None
    concept = notebook.concepts.get(owner)
    if concept is None:
        return missing_concept(notebook, owner) or Missing(f'the concept "{owner}" is to come')
    if kind in PAGE_KINDS and f"{concept.folder}/{PAGE}" in notebook.broken:
        return None
    known = ids(concept, kind)
    if name in known:
        return None
    noun = {"value": "curve", "assert": "witness", "demo": "demo"}.get(kind, kind)
    where = "" if owner == here else f' in "{owner}"'
    names = known if owner == here else [f"{owner}/{each}" for each in known]
    hint = _similar(name if owner == here else f"{owner}/{name}", names) or _listed(names)
    return Missing(f'there is no {noun} "{name}"{where}', hint)


def _similar(name: str, known: Iterable[str]) -> str | None:
    """did_you_mean; of ids with slashes by the part that differs."""
    known = list(known)
    folder, slash, last = name.rpartition("/")
    if not slash:
        return did_you_mean(name, known)
    beside = {each.rpartition("/")[2] for each in known if each.rpartition("/")[0] == folder}
    elsewhere = [each for each in known if each.rpartition("/")[2] == last]
    if near := did_you_mean(last, beside):
        return near.replace('"', f'"{folder}/', 1)
    others = [each for each in known if each.rpartition("/")[0] != folder]
    return f'did you mean "{elsewhere[0]}"?' if elsewhere else did_you_mean(name, others)


def _listed(known: list[str]) -> str | None:
    quoted = ", ".join(f'"{name}"' for name in known)
    if len(known) == 1:
        return f"there is only {quoted}"
    return f"there are {quoted}" if 1 < len(known) <= 8 else None


def _beside(here: str, name: str) -> str:
    return f"{here.partition('/')[0]}/{name}"
