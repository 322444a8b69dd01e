"""The other notebook's records: every key and value that its files may have."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from ...model.base import Date, Id, Line, Num, Record, Text, Url, _text

REFERENCE = re.compile(
    r"#(?:(?P<kind>math-object|code-witness)-(?P<number>[1-9]\d*)"
    r"|source-span-(?P<source>[a-z0-9][a-z0-9-]*)|(?P<demo>interactive-demo))"
)


def _reference(value: str) -> str:
    if not REFERENCE.fullmatch(value):
        raise PydanticCustomError(
            "bad_form",
            "is not #source-span-ID, #math-object-N, #code-witness-N or #interactive-demo",
        )
    return value


def program_id(index: int) -> str:
    """The witness here of a page's program by its position."""
    return "witness" if index == 0 else f"witness-{index + 1}"


ObjectRef = Annotated[str, BeforeValidator(_text), AfterValidator(_reference)]
ConceptRef = Annotated[str, BeforeValidator(_text)]
State = Literal["source-linked", "source-note-reviewed", "substantive-reviewed"]
CheckStatus = Literal["source-checked", "needs-review", "weakened"]


class Domain(Record):
    """_domain.yaml; the folder is its id."""

    id: Id | None = None
    title: Line
    description: Text | None = None
    icon: Line | None = None
    color: Line | None = None
    order: Num | None = None


class Work(Record):
    """An entry of `sources`."""

    id: Line
    kind: (
        Literal["paper", "book", "article", "documentation", "course-notes", "reference"] | None
    ) = None
    title: Line
    authors: Line | None = None
    year: int | None = None
    url: Url | None = None
    note: Text | None = None


class Badge(Record):
    """`evidence_review`: what a tool said of a claim."""

    state: State
    reviewed_at: Date | None = None
    reviewer: Line | None = None
    summary: Text | None = None


class ClaimCheck(Record):
    """An entry of `claim_checks`."""

    id: Id
    status: CheckStatus
    claim: Text
    source_ids: tuple[Line, ...] = ()
    support: Text | None = None
    caveat: Text | None = None
    object_refs: tuple[ObjectRef, ...] = ()
    evidence_review: Badge | None = None


class Concept(Record):
    """concept.yaml."""

    id: Id | None = None
    title: Line
    domain: Id | None = None
    slug: Id | None = None
    difficulty: Annotated[int, Field(ge=1, le=5)] | None = None
    status: Literal["draft", "review", "published"]
    importance: Literal["critical", "important", "supplementary", "advanced"] | None = None
    prerequisites: tuple[ConceptRef, ...] = ()
    leads_to: tuple[ConceptRef, ...] = ()
    related: tuple[ConceptRef, ...] = ()
    tags: tuple[Line, ...] = ()
    has_visualization: bool = False
    has_interactive_demo: bool = False
    has_code_example: bool = False
    math_level: (
        Literal["intuitive", "highschool", "undergraduate", "graduate", "research"] | None
    ) = None
    sources: tuple[Work, ...] = ()
    claim_checks: tuple[ClaimCheck, ...] = ()
    short_description: Text
    author: Line | None = None
    created: Date | None = None
    updated: Date | None = None
    estimated_read_time: Num | None = None


class FrontMatter(Record):
    """What stands between the dashes of content.mdx."""

    title: Line | None = None
