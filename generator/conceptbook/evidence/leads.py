"""What an author's links say beyond their own words, as scheme 2 of the digests counts it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..load.loaded import LoadedConcept, LoadedNotebook, absolute
from ..markup.fragment import OBJECT_KINDS

_BARE = re.compile(rf"\[\]\(({'|'.join(OBJECT_KINDS)}):([^\s()@]*)(?:@([^\s()]*))?\)")
_SOURCE = re.compile(r"\]\(source:([^\s()@]*)\)")


def cited_by_link(value: str, notebook: LoadedNotebook) -> Iterator[str]:
    """The keys of the sources that `[text](source:key)` leads to."""
    return (key for key in _SOURCE.findall(value) if key in notebook.sources)


def titled(value: str, concept: str, notebook: LoadedNotebook) -> str:
    """A link without a text with the words that readers see in its place."""

    def title(match: re.Match[str]) -> str:
        kind, target, at = match.groups()
        return f"[{_title(kind, target, at, concept, notebook)}]{match[0][2:]}"

    return _BARE.sub(title, value)


def _title(kind: str, target: str, at: str | None, concept: str, notebook: LoadedNotebook) -> str:
    """Empty where it has no title but an id; of a source its identity counts already."""
    if kind == "concept":
        return notebook.concepts[target].record.title if target in notebook.concepts else ""
    full = absolute(target, concept)
    if kind == "claim":
        return notebook.claims[full].record.statement if full in notebook.claims else ""
    home, _, name = full.rpartition("/")
    found = notebook.concepts.get(home)
    return _local(kind, name, at, found) if found else ""


def _local(kind: str, name: str, at: str | None, concept: LoadedConcept) -> str:
    found: str | None = None
    match kind:
        case "equation":
            formula = concept.page.equations.get(name) if concept.page else None
            found = formula and formula.tex
        case "witness" | "demo":
            found = concept.witnesses[name].record.title if name in concept.witnesses else None
        case "misconception":
            found = next((m.text for m in concept.record.misconceptions if m.id == name), None)
        case "curve" | "value":
            found = " ".join(_of_curve(name, at, concept))
    return found or ""


def _of_curve(name: str, at: str | None, concept: LoadedConcept) -> Iterator[str]:
    """Its label, and what was recorded at the place named."""
    for witness in concept.witnesses.values():
        yield from (c.label for c in witness.record.curves if c.id == name and c.label)
        record = witness.asserted.get(name)
        if record and at:
            yield from (repr(y) for x, y in zip(record.x, record.y, strict=True) if f"{x:g}" == at)
