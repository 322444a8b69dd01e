"""The evidence entries of a claim in two revisions: paired by the work that they cite."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..diagnostics import Rule, Span
from ..diagnostics.catalogue import changes as rules
from ..load.loaded import LoadedClaim, LoadedNotebook
from ..model.claim import Evidence
from .digests import part, text
from .identity import source_identity
from .pairing import paired
from .wording import wording

Entry = tuple[str, int, Evidence]
"""The work, the position in the claim, the entry."""
Found = tuple[Rule, Span, str, str | None, str | None]
"""Rule, place, message, before, after."""

SAME: tuple[Callable[[Entry, Entry], bool], ...] = (
    lambda a, b: (a[0], a[2].id, a[2].locator) == (b[0], b[2].id, b[2].locator),
    lambda a, b: (a[0], a[2].id) == (b[0], b[2].id) and a[2].id is not None,
    lambda a, b: (a[0], a[2].locator) == (b[0], b[2].locator),
    lambda a, b: a[0] == b[0],
)
"""Entries of one work: first those of the same id and place, then of either, then in order."""


def entry_changes(
    old: tuple[LoadedClaim, LoadedNotebook], new: tuple[LoadedClaim, LoadedNotebook]
) -> Iterator[Found]:
    """What became of each entry; a source under another key, or elsewhere in the list, is the
    same."""
    before, after = _entries(*old), _entries(*new)
    claim = new[0]
    pairs, gone, come = paired(before, after, *SAME)
    for one, (_, index, other) in pairs:
        yield from _entry(one[2], other, index, claim)
        yield from _reworded((one[2], old[1]), (other, new[1]), index, claim)
    list_span = claim.places.key("evidence") if after else claim.places.value("statement")
    for _, _, entry in gone:
        where = f", {entry.locator}," if entry.locator else ""
        message = f'the evidence of "{entry.source}"{where} was dropped'
        yield rules.SOURCE_DROPPED, list_span, message, f"{entry.source} {entry.stance}", None
    for _, index, entry in come:
        span = claim.places.value("evidence", index, "source")
        message = f'evidence of "{entry.source}" was added'
        yield rules.SOURCE_ADDED, span, message, None, f"{entry.source} {entry.stance}"


def identity_of(source: str, notebook: LoadedNotebook) -> str:
    """The work behind a citation key, the same under every key."""
    loaded = notebook.sources.get(source)
    return part(source_identity(loaded.record)) if loaded else source


def _entries(claim: LoadedClaim, notebook: LoadedNotebook) -> list[Entry]:
    return [
        (identity_of(entry.source, notebook), index, entry)
        for index, entry in enumerate(claim.record.evidence)
    ]


def _entry(one: Evidence, other: Evidence, index: int, claim: LoadedClaim) -> Iterator[Found]:
    def place(key: str) -> Span:
        at = ("evidence", index, key)
        return claim.places.value(*at if at in claim.places.values else (*at[:2], "source"))

    name = other.source
    if one.stance != other.stance:
        message = f'"{name}" was said to be "{one.stance}", now "{other.stance}"'
        yield rules.STANCE_CHANGED, place("stance"), message, one.stance, other.stance
    if one.locator and not other.locator:
        message = f'the place in "{name}", {one.locator}, is gone'
        yield rules.LOCATOR_LOST, place("locator"), message, one.locator, None
    elif text(one.locator or "") != text(other.locator or ""):
        message = f'the place in "{name}" is {other.locator} now'
        yield rules.LOCATOR_CHANGED, place("locator"), message, one.locator, other.locator
    if text(one.quote or "") != text(other.quote or ""):
        message = f'the quote of "{name}" {"changed" if other.quote else "is gone"}'
        yield rules.QUOTE_CHANGED, place("quote"), message, one.quote, other.quote


def _reworded(
    old: tuple[Evidence, LoadedNotebook],
    new: tuple[Evidence, LoadedNotebook],
    index: int,
    claim: LoadedClaim,
) -> Iterator[Found]:
    before, after = _explained(*old), _explained(*new)
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        if was != now:
            how = "changed" if was and now else "is new" if now else "is gone"
            at = ("evidence", index, name)
            span = claim.places.value(*(at if now else (*at[:2], "source")))
            message = f'the {name} of "{new[0].source}" {how}'
            yield rules.EVIDENCE_REWORDED, span, message, was, now


def _explained(entry: Evidence, notebook: LoadedNotebook) -> dict[str, str]:
    """What is written beside a source's own words."""
    said = {"translation": entry.translation and entry.translation.text, "note": entry.note}
    return {name: wording(value, notebook.sources) for name, value in said.items() if value}
