"""What an audit walk stops at: each piece of evidence with all that is needed to look at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from conceptbook_kit.scales import format_number

from ..evidence.grounding import witness_holds
from ..evidence.identity import find_curve
from ..load import LoadedClaim, LoadedConcept, LoadedNotebook
from ..model import Source
from ..model.claim import Evidence, WitnessEvidence


@dataclass(frozen=True)
class Stop:
    """One thing to look at."""

    key: str
    """What a check names: an evidence id or an object key."""
    title: str
    stance: str
    """Of a local object: "supports"."""
    lines: tuple[str, ...]
    """Link, place, quote and note, as they are shown."""


def stops(claim: LoadedClaim, notebook: LoadedNotebook) -> tuple[Stop, ...]:
    """The evidence entries of the claim, then its local objects, in their order."""
    found = [
        Stop(entry.key, entry.source, entry.stance, tuple(_cited(entry, notebook)))
        for entry in claim.record.evidence
    ]
    found += [
        Stop(
            local.key,
            f"{local.object} {local.id}",
            "supports",
            tuple(_shown(local, claim, notebook)),
        )
        for local in claim.record.witnesses
    ]
    return tuple({stop.key: stop for stop in reversed(found)}.values())[::-1]


def _cited(entry: Evidence, notebook: LoadedNotebook) -> Iterator[str]:
    source = notebook.sources.get(entry.source)
    if source is None:
        yield "(unknown source)"
    else:
        yield source.record.title
        yield from _links(source.record)
    yield f"place: {entry.locator or 'not named'}"
    if entry.quote:
        yield f"quote: “{entry.quote}”"
    if entry.translation:
        yield f"translation: “{entry.translation.text}” ({entry.translation.by})"
    if entry.note:
        yield f"note: {entry.note}"


def _shown(entry: WitnessEvidence, claim: LoadedClaim, notebook: LoadedNotebook) -> Iterator[str]:
    concept = notebook.concepts.get(claim.concept)
    if concept is not None and entry.object in {"curve", "assert"}:
        yield from _run(entry, claim, concept, notebook)
    elif concept is not None:
        yield from _written(entry, concept)
    if entry.shows:
        yield f"shows: {entry.shows}"
    if entry.covers:
        yield f"covers: {entry.covers}"


def _run(
    entry: WitnessEvidence, claim: LoadedClaim, concept: LoadedConcept, notebook: LoadedNotebook
) -> Iterator[str]:
    """The program, what was recorded of it, and how to see it run."""
    place = find_curve(concept, entry.id) if entry.object == "curve" else None
    witness = place[0] if place else concept.witnesses.get(entry.id)
    if witness is None:
        return
    yield f"program: {witness.path}"
    if place:
        yield f"recorded: {concept.folder}/curves/{entry.id}.csv"
    record = witness.asserted.get(entry.id)
    if entry.at is not None:
        pairs = dict(zip(record.x, record.y, strict=True)) if record else {}
        value = f", the value is {format_number(pairs[entry.at])}" if entry.at in pairs else ""
        yield f"at x = {entry.at:g}{value}"
    held = witness_holds(entry, claim, notebook)
    yield f"the recorded run {'holds' if held else 'does not show it to hold'}"
    yield f"see it run: conceptbook verify {concept.id}, or in the page by conceptbook serve"


def _written(entry: WitnessEvidence, concept: LoadedConcept) -> Iterator[str]:
    """A proof or an equation, whole, and where it stands."""
    page = concept.page
    if page is None:
        return
    for proof in page.proofs:
        if entry.object == "proof" and proof.id == entry.id:
            yield f"place: {page.path}:{proof.span.line}"
            for text in (proof.text, *proof.notes):
                yield from (" ".join(words.split()) for words in re.split(r"\n\s*\n", text.strip()))
    if entry.object == "equation" and entry.id in page.equations:
        yield f"place: {page.path}"
        yield " ".join(page.equations[entry.id].tex.split())


def _links(source: Source) -> list[str]:
    """Where a reviewer can open it."""
    addresses = [
        f"https://doi.org/{source.DOI}" if source.DOI else None,
        source.URL,
        f"https://arxiv.org/abs/{source.arxiv}" if source.arxiv else None,
        source.custom.archived.url if source.custom.archived else None,
        f"ISBN {source.ISBN}" if source.ISBN else None,
    ]
    return list(dict.fromkeys(address for address in addresses if address))
