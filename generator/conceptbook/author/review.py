"""A review written into its claim's own file, and nothing else changed by it."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..check import check
from ..diagnostics import Diagnostic, Severity
from ..evidence.identity import SCHEME, claim_digest
from ..evidence.people import authors_of, person_key, person_of
from ..load import LoadedClaim, LoadedNotebook, load, yaml
from ..load.fields import validate
from ..load.prose import parse_prose
from ..model import Claim, Review
from ..model.people import PersonRef
from .atomic import replace_file
from .yaml_edit import CannotEdit, append
from .yaml_text import item

KEYS = (
    "id",
    "by",
    "date",
    "conclusion",
    "checks",
    "summary",
    "interests",
    "digest",
    "settles",
)


class Refused(Exception):
    """The review was not written: why, what the author may do, and the block to paste."""

    def __init__(self, message: str, *hints: str, block: str | None = None):
        super().__init__(message)
        self.hints, self.block = hints, block


@dataclass(frozen=True)
class Prepared:
    """A review that can be written: the file's text before and after."""

    claim: str
    path: str
    before: str
    after: str
    review: Review
    block: str
    """The lines that are added."""

    @property
    def difference(self) -> list[str]:
        """As `diff -u` shows it."""
        return list(
            difflib.unified_diff(
                self.before.splitlines(), self.after.splitlines(), self.path, self.path, lineterm=""
            )
        )


def prepare(notebook: LoadedNotebook, claim: str, fields: Mapping[str, Any]) -> Prepared:
    """A review of a claim as it stands now, ready to be written; nothing is written yet.

    `fields` are those of a review; its digest is computed here, and one that is given must be
    the same. Raises Refused where the policy forbids the review, the rules find fault with it,
    or the file cannot take it.
    """
    loaded = notebook.claims[claim]
    entry = {**fields, "digest": _pinned(loaded, notebook, fields.get("digest"))}
    entry = {key: _plain(entry[key]) for key in KEYS if entry.get(key)}
    unknown = sorted(set(fields) - set(KEYS))
    if unknown:
        raise Refused(f"a review has no {', '.join(unknown)}")
    permit(loaded, notebook, entry.get("by"))
    block = "\n".join(item(entry, 2)) + "\n"
    path = loaded.places.path
    before = (notebook.root / path).read_bytes().decode()
    if before != notebook.texts[path]:
        raise Refused(f"{path} changed while it was reviewed", "begin again")
    try:
        after = append(before, path, "reviews", [entry])
    except CannotEdit as reason:
        hint = "paste the block below by hand, at the end of `reviews`"
        raise Refused(f"nothing can be inserted into {path}: {reason}", hint, block=block) from None
    candidate = _reread(loaded, after, block)
    _differs_by_one(loaded.record, candidate.record, block)
    _faultless(notebook, candidate, block)
    return Prepared(claim, path, before, after, candidate.record.reviews[-1], block)


def write(notebook: LoadedNotebook, prepared: Prepared) -> LoadedNotebook:
    """Write a prepared review and read the notebook again. Raises Refused, the file restored,
    unless it differs by exactly that review."""
    path = notebook.root / prepared.path
    if path.read_bytes().decode() != prepared.before:
        raise Refused(f"{prepared.path} changed while it was reviewed", block=prepared.block)
    replace_file(path, prepared.after.encode())
    again, _ = load(Path(notebook.root))
    if again is None or _others(again, prepared.claim) != _others(notebook, prepared.claim):
        replace_file(path, prepared.before.encode())
        raise Refused("other files of the notebook changed meanwhile", block=prepared.block)
    if again.claims[prepared.claim].record.reviews[-1] != prepared.review:
        replace_file(path, prepared.before.encode())
        raise Refused(f"{prepared.path} does not read as it was written", block=prepared.block)
    return again


def _pinned(
    claim: LoadedClaim, notebook: LoadedNotebook, given: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The claim's digest; under the scheme of one that is given, which must be the same."""
    scheme = (given or {}).get("scheme", SCHEME)
    scheme = int(scheme) if str(scheme).isdigit() else 0
    now = claim_digest(claim, notebook, scheme)
    if now is None:
        raise Refused("the digest is pinned in a way that this program does not know")
    then = {name: value for name, value in (given or now).items() if name != "scheme"}
    changed = [name for name in {**now, **then} if now.get(name) != then.get(name)]
    if changed:
        raise Refused(
            f"the claim is not what this review is of any more: {', '.join(changed)} changed",
            "look at it again",
        )
    return {"scheme": scheme, **now}


def permit(claim: LoadedClaim, notebook: LoadedNotebook, who: Any) -> None:
    """Raises Refused where this person, or this tool, may not review this claim."""
    if not who:
        raise Refused("a review needs its reviewer", "name them with --by")
    try:
        ref = TypeAdapter(PersonRef).validate_python(who)
    except ValidationError as error:
        raise Refused(f"{who!r} is no person: {error.errors()[0]['msg']}") from None
    person = person_of(ref, notebook)
    if person is None:
        known = ", ".join(notebook.settings.people) or "nobody"
        raise Refused(
            f'`people` of notebook.yaml has no "{who}"',
            f"it has {known}; add the reviewer there, as `{who}: {{name: …, github: …}}`",
        )
    if person.kind == "ai" and person.tool is None:
        raise Refused(
            f"{person.name} is a tool, and which one, of what version, is not said",
            "add `tool: {name: …, version: …}` to its record",
        )
    key = person_key(ref, notebook)
    if notebook.settings.review.independent and key in authors_of(claim, notebook):
        raise Refused(
            f"{person.name} is an author of this claim, and the policy wants independent reviews",
            "ask somebody else; an author answers in `response`",
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _reread(claim: LoadedClaim, text: str, block: str) -> LoadedClaim:
    """The claim as its file would be read with another text."""
    path = claim.places.path
    document, faults = yaml.read(text, path)
    record = None
    if document is not None:
        record, found = validate(Claim, document.data, document.places)
        faults = [*faults, *found]
    if document is None or record is None:
        raise _unsound(faults, block)
    prose, found = parse_prose(record, document.origins, path)
    faults = [fault for fault in (*faults, *found) if fault.severity is Severity.ERROR]
    if faults:
        raise _unsound(faults, block)
    return replace(claim, record=record, places=document.places, prose=prose)


def _unsound(faults: list[Diagnostic], block: str) -> Refused:
    first, *more = [fault for fault in faults if fault.severity is Severity.ERROR] or faults
    return Refused(first.message, *first.hints, *(fault.message for fault in more), block=block)


def _differs_by_one(before: Claim, after: Claim, block: str) -> None:
    same = after.reviews[:-1] == before.reviews
    if not same or after.model_copy(update={"reviews": before.reviews}) != before:
        hint = "paste the block below by hand, at the end of `reviews`"
        raise Refused("the file would not read as before, with one more review", hint, block=block)


def _faultless(notebook: LoadedNotebook, claim: LoadedClaim, block: str) -> None:
    """Rules of `check` that the review itself would break."""
    candidate = replace(notebook, claims={**notebook.claims, claim.id: claim})
    index = len(claim.record.reviews) - 1
    inside = {
        span
        for places in (claim.places.values, claim.places.keys)
        for path, span in places.items()
        if path[:2] == ("reviews", index)
    }
    faults = [
        fault
        for fault in check(candidate)
        if fault.severity is Severity.ERROR and fault.span in inside
    ]
    if faults:
        raise _unsound(faults, block)


def _others(notebook: LoadedNotebook, claim: str) -> dict[str, str]:
    path = notebook.claims[claim].places.path if claim in notebook.claims else ""
    return {name: text for name, text in notebook.texts.items() if name != path}
