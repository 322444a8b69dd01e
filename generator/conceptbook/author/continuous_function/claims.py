"""The other notebook's claim checks as claims; its badges as reviews that are never current."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...diagnostics import did_you_mean
from ...diagnostics.catalogue import imports as rules
from ...diagnostics.catalogue import references as reference_rules
from .page import Page
from .records import REFERENCE, Badge, ClaimCheck, program_id
from .tree import TheirConcept
from .words import line, sentence
from .works import Works

SCOPE = "Not stated where this claim was imported from."
VERSION = "version not stated"
STATES = {
    "source-linked": "sources were linked, and nothing was held against them",
    "source-note-reviewed": "held against the other notebook's notes on its sources",
    "substantive-reviewed": "held against the sources in substance",
}
LOOKED = {"source-note-reviewed", "substantive-reviewed"}
"""States that say that something was compared."""
NOTHING_OPENED = {"access": "none", "finding": "not-checked"}


class Claims:
    """The claims of one concept. Faults go to the concept's report."""

    def __init__(self, concept: TheirConcept, page: Page, works: Works) -> None:
        self._concept, self._page, self._works = concept, page, works

    def files(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Short ids and records, in the order of the checks."""
        first: dict[str, int] = {}
        for index, check in enumerate(self._concept.record.claim_checks):
            span = self._place(index, "id")
            if check.id in first:
                related = [(self._place(first[check.id], "id"), "first here")]
                message = f'the claim check "{check.id}" stands twice'
                fault = reference_rules.DUPLICATE_ID.at(span, message, related=related)
                self._concept.report.add(fault)
                continue
            first[check.id] = index
            yield check.id, self._claim(index, check)

    def _claim(self, index: int, check: ClaimCheck) -> Mapping[str, Any]:
        shown = list(self._shown(index, check))
        kind, why = _kind(check, shown)
        message = f'"{check.id}" is of kind {kind} here, {why}, and its scope is not stated'
        self._concept.report.add(
            rules.CARRIED_OTHERWISE.at(
                self._place(index, "id"), message, "set kind and scope when it is reviewed"
            )
        )
        caveat = line(check.caveat) if check.caveat else None
        evidence = list(self._evidence(index, check))
        return {
            "statement": sentence(check.claim),
            "kind": kind,
            "scope": SCOPE,
            "caveats": [caveat] if caveat else [],
            "evidence": evidence,
            "witnesses": shown,
            "reviews": list(self._reviews(index, check, evidence)),
        }

    def _evidence(self, index: int, check: ClaimCheck) -> Iterator[dict[str, Any]]:
        known = {work.id for work in self._concept.record.sources}
        cited = list(dict.fromkeys(check.source_ids))
        for number, name in enumerate(check.source_ids):
            if name not in known:
                self._unknown_source(name, known, index, "source_ids", number)
        spans = [ref["source"] for ref in map(REFERENCE.fullmatch, check.object_refs) if ref]
        for number, name in enumerate(spans):
            if name and name not in known:
                self._unknown_source(name, known, index, "object_refs", number)
        beside = [name for name in dict.fromkeys(spans) if name and name not in cited]
        used: set[str] = set()
        for name in [*cited, *beside]:
            key = self._works.key(self._concept, name)
            if key is None or key in used:
                continue
            used.add(key)
            stance = _stance(check) if name in cited else "background"
            note = line(check.support) if check.support and name in cited else None
            yield {"source": key, "stance": stance, "note": note}

    def _unknown_source(self, name: str, known: set[str], *path: str | int) -> None:
        self._concept.report.add(
            reference_rules.UNKNOWN_SOURCE.at(
                self._place(*path),
                f'the concept lists no source "{name}"',
                did_you_mean(name, known) or "add it to `sources`",
            )
        )

    def _shown(self, index: int, check: ClaimCheck) -> Iterator[dict[str, Any]]:
        for number, written in enumerate(check.object_refs):
            reference = REFERENCE.fullmatch(written)
            span = self._place(index, "object_refs", number)
            if reference is None or reference["source"]:
                continue
            if reference["demo"]:
                message = "the demo is another program's: the claim no longer refers to it"
                self._concept.report.add(rules.NOT_CARRIED_OVER.at(span, message))
                continue
            count = int(reference["number"])
            equation = reference["kind"] == "math-object"
            there = self._page.equations if equation else len(self._page.programs)
            if count > there:
                what = "displayed formula" if equation else "program"
                message = f"content.mdx has {there or 'no'} {what}{'s' * (there != 1)}"
                self._concept.report.add(rules.UNRESOLVED_REFERENCE.at(span, message))
            elif equation:
                yield {"object": "equation", "id": f"eq-{count}", "shows": "the formula itself"}
            else:
                yield {
                    "object": "assert",
                    "id": program_id(count - 1),
                    "shows": "that the program's assertions are met",
                }

    def _reviews(
        self, index: int, check: ClaimCheck, evidence: list[dict[str, Any]]
    ) -> Iterator[dict[str, Any]]:
        badge = check.evidence_review
        if badge is None:
            return
        span = self._place(index, "evidence_review")
        name = badge.reviewer
        if name is None or badge.reviewed_at is None:
            message = f'the badge of "{check.id}" names no {"day" if name else "reviewer"}'
            hint = "a review says who read the claim, and when"
            self._concept.report.add(rules.NOT_CARRIED_OVER.at(span, message, hint))
            return
        if name.casefold() == (self._concept.record.author or "").casefold():
            message = f'the badge of "{check.id}" is by {name}, who wrote the concept'
            hint = "a review is by somebody who is no author of the claim"
            self._concept.report.add(rules.NOT_CARRIED_OVER.at(span, message, hint))
            return
        conclusion = _conclusion(check, badge, evidence)
        message = f'the badge of "{check.id}" is a review without a digest: it is never current'
        hint = "review the claim as it stands with `conceptbook review`"
        self._concept.report.add(rules.CARRIED_OTHERWISE.at(span, message, hint))
        yield {
            "by": {"name": name, "kind": "ai", "tool": {"name": name, "version": VERSION}},
            "date": badge.reviewed_at.isoformat(),
            "conclusion": conclusion,
            "checks": [_check(entry, conclusion) for entry in evidence],
            "summary": _summary(check, badge),
        }

    def _place(self, *path: str | int):  # type: ignore[no-untyped-def]
        return self._concept.places.value("claim_checks", *path)


def _kind(check: ClaimCheck, shown: list[dict[str, Any]]) -> tuple[str, str]:
    objects = {entry["object"] for entry in shown}
    if "assert" in objects and not check.source_ids:
        return "computation", "since it refers to a program and to no source"
    if "equation" in objects:
        return "theorem", "since it refers to a formula"
    return "empirical", "since it refers to no formula"


def _stance(check: ClaimCheck) -> str:
    """What nobody has checked grounds nothing."""
    if check.status == "needs-review":
        return "background"
    return "qualifies" if check.caveat or check.status == "weakened" else "supports"


def _conclusion(check: ClaimCheck, badge: Badge, evidence: list[dict[str, Any]]) -> str:
    """A pass only where a tool says that it compared something, and the check agrees."""
    if badge.state not in LOOKED or check.status != "source-checked" or not evidence:
        return "inconclusive"
    return "supported-with-caveats" if check.caveat else "supported"


def _check(entry: Mapping[str, Any], conclusion: str) -> dict[str, Any]:
    """What was opened is not in the format: at best the other notebook's own account of it."""
    if conclusion == "inconclusive" or entry["stance"] == "background":
        return {"evidence": entry["source"], **NOTHING_OPENED}
    finding = "qualifies" if entry["stance"] == "qualifies" else "supports"
    return {"evidence": entry["source"], "access": "secondary", "finding": finding}


def _summary(check: ClaimCheck, badge: Badge) -> str:
    said = f"{line(badge.summary)} " if badge.summary else ""
    state = f"{badge.state}, {STATES[badge.state]}; status {check.status}"
    return f"{said}(Imported badge: {state}. What the tool opened is not recorded.)"
