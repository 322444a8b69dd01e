"""claims/<domain>/<concept>/<claim>.yaml: one claim, its evidence and its reviews."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from .base import Date, Id, Line, Num, Record, Ref, SourceId, Text
from .people import PersonRef

ClaimKind = Literal[
    "empirical", "theorem", "definition", "computation", "record", "guidance", "conjecture"
]
SCOPED_KINDS = frozenset({"empirical", "theorem", "computation", "guidance"})
Stance = Literal["supports", "qualifies", "contradicts", "background"]
Conclusion = Literal[
    "supported",
    "supported-with-caveats",
    "overstated",
    "misattributed",
    "not-supported",
    "contradicted",
    "inaccurate",
    "inconclusive",
    "unverifiable",
]
PASSES = frozenset({"supported", "supported-with-caveats"})
OPEN = frozenset({"inconclusive", "unverifiable"})
DIGEST_PARTS = (
    "statement",
    "kind",
    "scope",
    "caveats",
    "evidence",
    "sources",
    "witnesses",
    "proofs",
)


def _sentence(value: str) -> str:
    if not value.rstrip().endswith((".", ".”", '."', ".)")):
        raise PydanticCustomError("bad_form", "wants one sentence that ends with a full stop")
    return value


class Translation(Record):
    """A quotation in the notebook's language."""

    text: Text = Field(description="the translation")
    by: Line = Field(description="who translated")


class Evidence(Record):
    """One source at one place, and what it says of the claim."""

    source: SourceId = Field(description="citation key")
    stance: Stance = Field(description="supports, qualifies, contradicts or background")
    locator: Line | None = Field(None, description="page, figure, theorem …")
    quote: Text | None = Field(None, description="short, verbatim")
    quote_lang: Line | None = Field(None, description="BCP 47, when not the notebook's")
    translation: Translation | None = Field(None, description="of the quotation")
    note: Text | None = Field(None, description="how it bears on the claim")
    id: Id | None = Field(None, description="default the source's; wanted when it stands twice")

    @property
    def key(self) -> str:
        return self.id or self.source


class WitnessEvidence(Record):
    """A local object that shows the claim."""

    object: Literal["curve", "assert", "proof", "equation"] = Field("curve", description="its kind")
    id: Line = Field(description="its id in the concept")
    at: Num | None = Field(None, description="the x that matters")
    shows: Text | None = Field(None, description="what it shows")
    covers: Text | None = Field(None, description="which part of the claim it covers")

    @property
    def key(self) -> str:
        return f"{self.object}:{self.id}"


class Relations(Record):
    """To other claims."""

    supersedes: tuple[Ref, ...] = Field((), description="older claims that this one replaces")
    contradicts: tuple[Ref, ...] = Field((), description="symmetric: type it once")
    refines: tuple[Ref, ...] = Field((), description="wider claims that this one makes exact")
    rests_on: tuple[Ref, ...] = Field((), description="claims that this one needs")


class WithdrawnClaim(Record):
    """A tombstone."""

    date: Date = Field(description="when")
    reason: Text = Field(description="why")
    statement: Literal["keep", "remove"] = Field("keep", description="keep the words, or not")


class Check(Record):
    """What a reviewer opened, and what it says."""

    evidence: Line = Field(description="source id, evidence id or object key")
    access: Literal["full-text", "excerpt", "abstract", "secondary", "none"] = Field(
        description="how much was open"
    )
    finding: Literal[
        "supports", "qualifies", "contradicts", "background", "not-found", "not-checked"
    ] = Field(description="what it says")
    note: Text | None = Field(None, description="in the reviewer's words")


class Response(Record):
    """The author's answer."""

    by: PersonRef = Field(description="who answers")
    date: Date = Field(description="when")
    text: Text = Field(description="the answer")


class WithdrawnReview(Record):
    """Taken back by its reviewer."""

    date: Date = Field(description="when")
    reason: Text = Field(description="why")


def _summary(value: str) -> str:
    if len(" ".join(value.split())) < 40:
        raise PydanticCustomError("too_short", "wants at least 40 characters: what was compared")
    return value


DigestPart = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class Digest(Record):
    """What was reviewed: the first 16 hex digits of SHA-256 for each part of the claim."""

    scheme: int = Field(description="how it was computed: 2; 1 in older reviews")
    statement: DigestPart = Field(description="the words")
    kind: DigestPart = Field(description="the kind")
    scope: DigestPart | None = Field(None, description="where it is meant to hold")
    caveats: DigestPart | None = Field(None, description="what a careful reader must add")
    evidence: DigestPart | None = Field(None, description="sources, stances, places, quotations")
    sources: DigestPart | None = Field(None, description="which works are meant")
    witnesses: DigestPart | None = Field(None, description="code, declarations and curves")
    proofs: DigestPart | None = Field(None, description="proof blocks and equations")

    @property
    def parts(self) -> dict[str, str]:
        return {name: value for name in DIGEST_PARTS if (value := getattr(self, name)) is not None}


class Review(Record):
    """One reviewer's conclusion on the words and evidence that its digest names."""

    id: Id | None = Field(None, description="default its number, from 1")
    by: PersonRef = Field(description="who reviewed")
    date: Date = Field(description="when")
    conclusion: Conclusion = Field(description="of the claim's words against its evidence")
    checks: tuple[Check, ...] = Field((), description="what was opened")
    summary: Annotated[Text, AfterValidator(_summary)] = Field(description="what was compared")
    interests: Text | None = Field(None, description="competing interests")
    digest: Digest | None = Field(None, description="by the tool; without it never current")
    settles: tuple[Line, ...] = Field((), description="ids of reviews; editors only")
    response: Response | None = Field(None, description="the author's answer")
    withdrawn: WithdrawnReview | None = Field(None, description="taken back")


class Claim(Record):
    """One checkable sentence; the path is the id."""

    statement: Annotated[Text, AfterValidator(_sentence)] = Field(description="one sentence")
    kind: ClaimKind = Field(description="decides what evidence it needs")
    scope: Text | None = Field(None, description="where it is meant to hold")
    caveats: tuple[Text, ...] = Field((), description="what a careful reader must add")
    authors: tuple[PersonRef, ...] = Field((), description="default the concept's")
    evidence: tuple[Evidence, ...] = Field((), description="one entry a source and place")
    witnesses: tuple[WitnessEvidence, ...] = Field((), description="local objects that show it")
    relations: Relations = Field(Relations(), description="to other claims")
    aliases: tuple[Ref, ...] = Field((), description="old ids")
    withdrawn: WithdrawnClaim | None = Field(None, description="tombstone")
    reviews: tuple[Review, ...] = Field((), description="append-only, the file's last key")
