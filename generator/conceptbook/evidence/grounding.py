"""Does a claim have the evidence that its kind needs, and what has become of that evidence?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..load.loaded import LoadedClaim, LoadedNotebook, LoadedWitness
from ..load.retractions import Notice
from ..model.claim import Evidence, WitnessEvidence
from .digests import run_digest
from .identity import find_curve

GROUNDING_STANCES = frozenset({"supports", "qualifies"})
NEEDS = {
    "empirical": "a source that supports or qualifies it",
    "theorem": "a source that supports or qualifies it, or a proof",
    "definition": "a source, or the word convention in its scope",
    "computation": "a recorded curve or assert that holds",
    "record": "a source with a locator",
    "guidance": "a source, or a grounded claim that it rests on",
    "conjecture": "a source that states it as open",
}


@dataclass(frozen=True)
class Grounds:
    """What holds a claim up."""

    sources: tuple[str, ...]
    """Ids of the sources that support or qualify it, each once."""
    local: tuple[str, ...]
    """Its own grounds: keys such as "curve:risk", and "convention"."""
    claims: tuple[str, ...]
    """Ids of the claims that it rests on and whose grounds count for its kind."""
    grounded: bool
    """It has what its kind needs (`NEEDS`)."""
    fallen: tuple[str, ...] = ()
    """Of `sources`, those with a notice in the retraction snapshot; of `claims`, collapsed ones."""

    @property
    def weakened(self) -> bool:
        """Some of its grounds have fallen, and some stand."""
        return bool(self.fallen) and not self.collapsed

    @property
    def collapsed(self) -> bool:
        """All of its grounds have fallen."""
        standing = {*self.sources, *self.claims} - set(self.fallen)
        return bool(self.fallen) and not standing and not self.local


def grounds_of(notebook: LoadedNotebook) -> dict[str, Grounds]:
    """What holds up each claim, by its id; circles of `rests_on` ground nothing."""
    direct = {claim.id: _direct(claim, notebook) for claim in notebook.claims.values()}
    grounded = {name for name, grounds in direct.items() if grounds.grounded}
    resting = _resting(notebook)
    waiting = list(grounded)
    while waiting:
        for above in resting.get(waiting.pop(), ()):
            if above not in grounded:
                grounded.add(above)
                waiting.append(above)
    return _fall(
        {
            name: Grounds(
                grounds.sources,
                grounds.local,
                tuple(base for base in grounds.claims if base in grounded),
                name in grounded,
                grounds.fallen,
            )
            for name, grounds in direct.items()
        },
        resting,
    )


def grounding_entries(claim: LoadedClaim, notebook: LoadedNotebook) -> tuple[Evidence, ...]:
    """The evidence entries that ground the claim: known sources that support or qualify it."""
    return tuple(
        entry
        for entry in claim.record.evidence
        if entry.stance in GROUNDING_STANCES and entry.source in notebook.sources
    )


def notice_of(source: str, notebook: LoadedNotebook) -> Notice | None:
    """What the retraction snapshot says of a source, or of another record of the same work."""
    notices = notebook.retractions.notices if notebook.retractions else {}
    if source in notices:
        return notices[source]
    loaded = notebook.sources.get(source)
    same = loaded.record.custom.version_of if loaded else None
    return notices.get(same) if same else None


def witness_holds(entry: WitnessEvidence, claim: LoadedClaim, notebook: LoadedNotebook) -> bool:
    """True when the recorded run of the present code says that the curve or assert holds."""
    concept = notebook.concepts.get(claim.concept)
    if concept is None:
        return False
    place = find_curve(concept, entry.id) if entry.object == "curve" else None
    witness = place[0] if place else concept.witnesses.get(entry.id)
    verdict = _recorded(witness, concept.run_record) if witness else None
    if verdict is None:
        return False
    if entry.object == "assert":
        return bool(verdict["asserts"]["ok"])
    return any(curve["id"] == entry.id and curve["ok"] for curve in verdict["curves"])


def _recorded(witness: LoadedWitness, run_record: Mapping) -> Mapping | None:
    """The verdict of the last recorded run, where it was of the present code."""
    if witness.declaration is None:
        return None
    run = run_record.get("witnesses", {}).get(witness.record.id)
    if not run or run["digest"] != run_digest(witness.declaration, witness.code):
        return None
    return run["verdict"]


def _direct(claim: LoadedClaim, notebook: LoadedNotebook) -> Grounds:
    """The grounds of a claim, before those that other claims lend it."""
    entries = grounding_entries(claim, notebook)
    local = tuple(_local(claim, notebook))
    sources = tuple(dict.fromkeys(entry.source for entry in entries))
    kind = claim.record.kind
    match kind:
        case "computation":
            grounded = bool(local)
        case "record":
            grounded = any(entry.locator for entry in entries)
        case _:
            grounded = bool(sources or local)
    bases = claim.related("rests_on") if kind == "guidance" else ()
    fallen = tuple(source for source in sources if notice_of(source, notebook))
    return Grounds(sources, local, bases, grounded, fallen)


def _local(claim: LoadedClaim, notebook: LoadedNotebook) -> Iterator[str]:
    record = claim.record
    if record.kind == "definition" and "convention" in (record.scope or "").casefold():
        yield "convention"
    if record.kind == "theorem":
        concept = notebook.concepts.get(claim.concept)
        blocks = concept.page.proofs if concept and concept.page else ()
        proofs = {block.id for block in blocks if block.kind == "proof"}
        yield from (e.key for e in record.witnesses if e.object == "proof" and e.id in proofs)
    if record.kind == "computation":
        for entry in record.witnesses:
            if entry.object in {"curve", "assert"} and witness_holds(entry, claim, notebook):
                yield entry.key


def _resting(notebook: LoadedNotebook) -> dict[str, list[str]]:
    """Claim → the claims of guidance that rest on it; a withdrawn claim holds nothing up."""
    found: dict[str, list[str]] = {}
    for claim in notebook.claims.values():
        if claim.record.kind != "guidance":
            continue
        for base in claim.related("rests_on"):
            if base in notebook.claims and notebook.claims[base].record.withdrawn is None:
                found.setdefault(base, []).append(claim.id)
    return found


def _fall(grounds: dict[str, Grounds], resting: Mapping[str, list[str]]) -> dict[str, Grounds]:
    """Hands the fall of a claim on to the claims that rest on it."""
    waiting = [name for name, found in grounds.items() if found.collapsed]
    while waiting:
        base = waiting.pop()
        for above in resting.get(base, ()):
            found = grounds[above]
            if base in found.claims and base not in found.fallen:
                fallen = Grounds(
                    found.sources, found.local, found.claims, found.grounded, (*found.fallen, base)
                )
                grounds[above] = fallen
                if fallen.collapsed:
                    waiting.append(above)
    return grounds
