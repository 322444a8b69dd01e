"""Resolver: what citations and object links lead to, as seen from one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from conceptbook_kit.scales import format_number
from markupsafe import Markup, escape

from ..check.graph import order
from ..load import LoadedConcept, LoadedNotebook, absolute
from ..markup import Citation, CitationItem, ObjectLink, Target
from .address import claim_page, concept_page, source_page
from .site import relative


@dataclass(frozen=True)
class Shown:
    """What a site shows: the notebook with the concepts that are built, and the labels."""

    notebook: LoadedNotebook
    concepts: Mapping[str, LoadedConcept]
    labels: Mapping[str, str]
    badges: Mapping[str, str] = field(default_factory=dict)
    """How each claim stands, in words."""

    @cached_property
    def order(self) -> Sequence[str]:
        """The ids of the concepts, each after its prerequisites."""
        return order(self.concepts)

    def has_claim(self, claim: str) -> bool:
        """The claim has a page of its own: its concept is built."""
        found = self.notebook.claims.get(claim)
        return found is not None and found.concept in self.concepts


@dataclass(frozen=True)
class PageResolver:
    """`concept` is None, and `sources` empty, on pages that are no concept's."""

    shown: Shown
    page: str
    concept: str | None = None
    sources: Sequence[str] = ()
    claims: Sequence[str] = ()
    """Sources and claims that stand on the page itself."""
    apart: bool = False
    """The page is not the concept's own: `concept` only says what short names mean."""

    def link(self, link: ObjectLink) -> Target | None:
        match link.kind:
            case "concept":
                return self._concept(link.target)
            case "source":
                return self._source(link.target)
            case "claim":
                return self.claim(absolute(link.target, self.concept or ""))
        home, _, name = absolute(link.target, self.concept or "").rpartition("/")
        concept = self.shown.concepts.get(home)
        if concept is None:
            return None
        found = _TITLES[link.kind](concept, name, link.value)
        if found is None:
            return None
        anchor, title, description = found
        css = "value" if link.kind == "value" else ""
        return Target(self._at(home, anchor), title, css, description)

    def cite(self, citation: Citation) -> Markup:
        parts = [self._item(item, citation.narrative) for item in citation.items]
        joined = Markup("; ").join(parts)
        return joined if citation.narrative else Markup("(") + joined + Markup(")")

    def image(self, src: str) -> str:
        return relative(self.page, f"{self.concept}/{src}") if self.apart else src

    def equation(self, name: str) -> str:
        return f"equation:{absolute(name, self.concept or '')}"

    def claim(self, full: str) -> Target | None:
        """A claim where it stands: on this page, else on its own."""
        claim = self.shown.notebook.claims.get(full)
        if claim is None:
            return None
        title = claim.prose[("statement",)].plain.rstrip(".")
        stands = self.shown.badges.get(full, "")
        if full in self.claims:
            return Target(f"#{claim_anchor(full, self.concept)}", title, "", stands)
        if not self.shown.has_claim(full):
            return None
        return Target(self.to_claim(full), title, "", stands)

    def local(self, concept: str, kind: str, name: str) -> Target | None:
        """An object of a concept by its kind and id."""
        home = self.shown.concepts.get(concept)
        write = _TITLES.get(kind)
        found = write(home, name, None) if home and write else None
        return Target(self._at(concept, found[0]), found[1], "", found[2]) if found else None

    def to_concept(self, concept: str, anchor: str = "") -> str:
        link = relative(self.page, concept_page(concept))
        return f"{link}#{anchor}" if anchor else link

    def to_claim(self, claim: str) -> str:
        """The claim's own page."""
        return relative(self.page, claim_page(claim))

    def to_source(self, key: str) -> str:
        """The source's own page."""
        return relative(self.page, source_page(key))

    def to_file(self, path: str) -> str:
        return relative(self.page, path)

    def source_href(self, key: str) -> str | None:
        """The source's card on this page, else its own page."""
        if key in self.sources:
            return f"#{source_anchor(key)}"
        return self.to_source(key) if key in self.shown.notebook.sources else None

    def _at(self, concept: str, anchor: str) -> str:
        own = concept == self.concept and not self.apart
        return f"#{anchor}" if own else self.to_concept(concept, anchor)

    def _concept(self, target: str) -> Target | None:
        concept = self.shown.concepts.get(target)
        if concept is None:
            return None
        return Target(self.to_concept(target), concept.record.title)

    def _source(self, key: str) -> Target | None:
        source = self.shown.notebook.sources.get(key)
        href = self.source_href(key)
        return Target(href, source.record.title) if source and href else None

    def _item(self, item: CitationItem, narrative: bool) -> Markup:
        label = self.shown.labels.get(item.key, item.key)
        before = escape(f"{item.prefix} ") if item.prefix else Markup("")
        after = escape(item.locator) if item.locator else Markup("")
        if after:
            after = Markup(" ({})").format(after) if narrative else Markup(", {}").format(after)
        href = self.source_href(item.key)
        name = escape(label)
        if href:
            name = Markup('<a class="citation" href="{}">{}</a>').format(href, label)
        return before + name + after


def claim_anchor(claim: str, page_of: str | None) -> str:
    """The id of a claim on a concept's page; claims of other concepts keep their full name."""
    home, _, name = claim.rpartition("/")
    return f"claim-{name}" if home == page_of else f"claim-{claim.replace('/', '-')}"


def source_anchor(key: str) -> str:
    """The id of a source's card on a page."""
    return f"source-{key}"


Found = tuple[str, str, str] | None
"""(anchor, title, description)"""


def _equation(concept: LoadedConcept, name: str, value: str | None) -> Found:
    formula = concept.page.equations.get(name) if concept.page else None
    return (f"equation-{name}", f"equation ({formula.number})", "") if formula else None


def _curve(concept: LoadedConcept, name: str, value: str | None) -> Found:
    for witness in concept.witnesses.values():
        for curve in witness.record.curves:
            if curve.id == name:
                return f"curve-{name}", curve.label or name, ""
    return None


def _value(concept: LoadedConcept, name: str, value: str | None) -> Found:
    found = _curve(concept, name, value)
    if found is None or value is None:
        return found
    for witness in concept.witnesses.values():
        record = witness.asserted.get(name)
        for x, y in zip(record.x, record.y, strict=True) if record else ():
            if x == float(value):
                said = f"{found[1]} at {format_number(x)}: {format_number(y, 6)}"
                return found[0], format_number(y, 3), said
    return found


def _witness(concept: LoadedConcept, name: str, value: str | None) -> Found:
    witness = concept.witnesses.get(name)
    title = witness and (witness.record.title or witness.record.path)
    return (f"witness-{name}", title, "") if title else None


def _demo(concept: LoadedConcept, name: str, value: str | None) -> Found:
    found = _witness(concept, name, value) if name in concept.running else None
    return (f"demo-{name}", found[1], "") if found else None


def _proof(concept: LoadedConcept, name: str, value: str | None) -> Found:
    for proof in concept.page.proofs if concept.page else ():
        if proof.id == name:
            return f"{proof.kind}-{name}", f"{proof.kind} {name}", ""
    return None


def _misconception(concept: LoadedConcept, name: str, value: str | None) -> Found:
    for item in concept.record.misconceptions:
        if item.id == name:
            return f"misconception-{name}", item.text.strip().rstrip("."), ""
    return None


_TITLES = {
    "equation": _equation,
    "curve": _curve,
    "value": _value,
    "witness": _witness,
    "demo": _demo,
    "proof": _proof,
    "misconception": _misconception,
}
