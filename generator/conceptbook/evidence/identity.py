"""What a review's digest covers: the parts of a claim, without ids and people's names.

A part is the first 16 hex digits of the SHA-256 of canonical JSON (RFC 8785); text is Unicode
NFC with white space folded. Absent optional fields are left out, so that a field added to the
format later makes no review stale. A review is held against the scheme that it names: 2 covers
what 1 covers, and the words that a picture is read by (a curve's label, what its axes are called),
the title that stands for an empty link, the work that a `source:` link leads to, the claims that
advice rests on, a proof's footnotes, and that it is an example. What equations and footnotes are
called inside a proof, it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conceptbook_kit import declaration as kit

from ..load.loaded import LoadedClaim, LoadedConcept, LoadedNotebook, LoadedWitness
from ..markup import Proof
from ..model import Source
from ..model.claim import DIGEST_PARTS, Evidence, WitnessEvidence
from .digests import code_text, judged_points, part, text, wheels
from .leads import cited_by_link, titled
from .wording import citations, derivation, wording

SCHEME = 2
SCHEMES = frozenset({1, 2})

Parts = Mapping[str, Any]
"""What a claim says and rests on, by part; a part that the claim lacks is missing."""


def claim_digest(
    claim: LoadedClaim, notebook: LoadedNotebook, scheme: int = SCHEME
) -> dict[str, str] | None:
    """The digest of each part that the claim has, by the part's name.

    None where this program does not know the scheme.
    """
    if scheme not in SCHEMES:
        return None
    parts = claim_parts(claim, notebook, scheme)
    return {name: part(content) for name, content in parts.items()}


def claim_parts(claim: LoadedClaim, notebook: LoadedNotebook, scheme: int = SCHEME) -> Parts:
    """The contents under the digest, plain data, by part."""
    record = claim.record
    concept = notebook.concepts.get(claim.concept)
    said = _Said(notebook, claim.concept, scheme)
    contents = {
        "statement": said.words(record.statement),
        "kind": record.kind,
        "scope": said.words(record.scope) if record.scope else None,
        "caveats": [said.words(caveat) for caveat in record.caveats],
        "evidence": [
            *(_evidence(entry, said) for entry in record.evidence),
            *(_bases(claim, said) if scheme > 1 else ()),
        ],
        "witnesses": _witnesses(claim, concept, said) if concept else [],
        "proofs": _proofs(claim, concept, said) if concept else [],
    }
    cited = [entry.source for entry in record.evidence] + said.cited
    contents["sources"] = [
        source_identity(notebook.sources[key].record) for key in cited if key in notebook.sources
    ]
    return {name: contents[name] for name in DIGEST_PARTS if contents[name]}


class _Said:
    """Texts as words; remembers the sources that they cite, in reading order."""

    def __init__(self, notebook: LoadedNotebook, concept: str, scheme: int):
        self.notebook, self.concept, self.scheme = notebook, concept, scheme
        self.sources = notebook.sources
        self.cited: list[str] = []

    def words(self, value: str) -> str:
        return wording(self._read(value), self.sources)

    def proof(self, value: str) -> str:
        if self.scheme == 1:
            return self.words(value)
        return derivation(self._read(value), self.sources)

    def _read(self, value: str) -> str:
        self.cited += citations([value], self.sources)
        if self.scheme == 1:
            return value
        self.cited += cited_by_link(value, self.notebook)
        return titled(value, self.concept, self.notebook)

    def fields(self, record: Any, *names: str) -> dict[str, str]:
        return {name: self.words(value) for name in names if (value := getattr(record, name))}


def source_identity(source: Source) -> dict[str, Any]:
    """Which work is meant: its first permanent name, else what it is called.

    The order is DOI, ISBN and edition, arXiv id and version, URL and date of the archived copy.
    """
    if source.DOI:
        return {"doi": source.DOI.lower()}
    if source.ISBN:
        isbn = source.ISBN.replace("-", "").replace(" ", "").upper()
        return _present({"isbn": isbn, "edition": source.edition})
    if source.arxiv:
        return _present({"arxiv": source.arxiv, "version": source.version})
    if source.URL:
        archived = source.custom.archived
        return _present({"url": source.URL, "archived": archived and archived.date.isoformat()})
    return _present(
        {
            "type": source.type,
            "authors": [text(name.literal or name.family or "") for name in source.author],
            "year": source.issued.year if source.issued else None,
            "title": text(source.title),
        }
    )


def find_curve(concept: LoadedConcept, curve: str) -> tuple[LoadedWitness, kit.Curve] | None:
    """The curve of that id, with the witness that computes it."""
    for witness in concept.witnesses.values():
        if witness.declaration:
            for declared in witness.declaration.curves:
                if declared.id == curve:
                    return witness, declared
    return None


def _evidence(entry: Evidence, said: _Said) -> dict[str, Any]:
    return {
        "stance": entry.stance,
        **said.fields(entry, "locator", "quote", "quote_lang", "note"),
        **({"translation": said.words(entry.translation.text)} if entry.translation else {}),
    }


def _bases(claim: LoadedClaim, said: _Said) -> Iterator[dict[str, Any]]:
    """What the claims say that ground a piece of advice."""
    claims = said.notebook.claims
    for base in claim.related("rests_on") if claim.record.kind == "guidance" else ():
        if base in claims:
            yield {"rests_on": said.fields(claims[base].record, "statement", "scope")}


def _witnesses(claim: LoadedClaim, concept: LoadedConcept, said: _Said) -> list[dict[str, Any]]:
    found = []
    for entry in claim.record.witnesses:
        if entry.object == "curve" and (place := find_curve(concept, entry.id)):
            words = _picture(place[0], entry.id, said) if said.scheme > 1 else {}
            found.append({**_shown(entry, said), **_curve(*place, concept, said), **words})
        elif entry.object == "assert" and (witness := concept.witnesses.get(entry.id)):
            used = wheels(witness.declaration) if witness.declaration else {}
            found.append({**_shown(entry, said), "code": code_text(witness.code), **used})
    return found


def _proofs(claim: LoadedClaim, concept: LoadedConcept, said: _Said) -> list[dict[str, Any]]:
    page, found = concept.page, []
    if page is None:
        return found
    proofs = {proof.id: proof for proof in page.proofs}
    for entry in claim.record.witnesses:
        if entry.object == "proof" and entry.id in proofs:
            found.append({**_shown(entry, said), **_proof(proofs[entry.id], said)})
        elif entry.object == "equation" and entry.id in page.equations:
            found.append({**_shown(entry, said), "equation": text(page.equations[entry.id].tex)})
    return found


def _proof(proof: Proof, said: _Said) -> dict[str, Any]:
    found: dict[str, Any] = {"proof": said.proof(proof.text)}
    if said.scheme > 1 and proof.notes:
        found["notes"] = [said.proof(note) for note in proof.notes]
    if said.scheme > 1 and proof.kind == "example":
        found["block"] = "example"
    return found


def _picture(witness: LoadedWitness, curve: str, said: _Said) -> dict[str, Any]:
    """The words that a curve is read by: its label where it has one, and those of the axes."""
    [(plot, record)] = [(p, c) for p in witness.record.plots for c in p.curves if c.id == curve]
    axes = [said.fields(axis, "label", "unit") for axis in (plot.x, plot.y)]
    return {"words": {**said.fields(record, "label"), "axes": axes}}


def _shown(entry: WitnessEvidence, said: _Said) -> dict[str, Any]:
    at = {} if entry.at is None else {"at": entry.at}
    return {"object": entry.object, **at, **said.fields(entry, "shows", "covers")}


def _curve(
    witness: LoadedWitness, curve: kit.Curve, concept: LoadedConcept, said: _Said
) -> dict[str, Any]:
    declaration, asserted = witness.declaration, witness.asserted.get(curve.id)
    assert declaration is not None
    return {
        "code": code_text(witness.code),
        **wheels(declaration),
        "controls": declaration.defaults,
        "curve": _present(
            {
                **judged_points(curve),
                **said.fields(curve, "tolerance_because"),
                "shapes": [_shape(shape, concept, said) for shape in curve.shapes],
            }
        ),
        "recorded": _present(asserted.to_json()) if asserted else None,
    }


def _shape(shape: kit.Shape, concept: LoadedConcept, said: _Said) -> dict[str, Any]:
    """A shape with the names of another curve's sequences in place of that curve's id."""
    args = dict(shape.args)
    if "curve" in args and (place := find_curve(concept, args["curve"])):
        args["curve"] = [place[1].x, place[1].y]
    return {"kind": shape.kind, "args": args, **said.fields(shape, "because")}


def _present(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
