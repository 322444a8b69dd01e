"""concept.yaml: one concept."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from .base import (
    ConceptRef,
    Date,
    Id,
    Line,
    Name,
    Number,
    ObjectKey,
    Prose,
    Record,
    Ref,
    Scalar,
    SourceId,
    Text,
)
from .people import PersonRef
from .shapes import CurveShapeField
from .witness import Witness

Status = Literal["draft", "in-review", "published", "retired"]


class Cover(Record):
    """The picture at the head of the page."""

    image: Line = Field(description="figures/…")
    alt: Text = Field(description="what it shows")
    credit: Line | None = Field(None, description="who made it")
    licence: Line | None = Field(None, description="SPDX")


class Light(Record):
    """A part of a plot."""

    curve: Id = Field(description="the curve")
    from_: Number | None = Field(None, alias="from", description="begin of the range of x")
    to: Number | None = Field(None, description="end of the range of x")


class FigurePart(Record):
    """A figure of the concept."""

    figure: Line = Field(description="figures/…")


class Option(Record):
    """An answer to commit to; the right one is the one whose shape holds."""

    text: Text = Field(description="the answer")
    shape: CurveShapeField = Field(description="holds exactly when the answer is right")


class Prediction(Record):
    """Commit first, then the witness's own run at `set` decides."""

    mode: Literal["quantity", "invariant", "boundary"] = Field(
        description="a quantity moves, an invariant holds, a boundary breaks"
    )
    question: Text = Field(description="asked before the run")
    witness: Id | None = Field(None, description="default the first")
    set: dict[Name, Scalar] = Field({}, description="controls of the run that decides")
    options: tuple[Option, ...] = Field(min_length=2, description="answers")
    because: Text = Field(description="why, shown after the run")


class Step(Record):
    """A step of the mechanism storyboard."""

    title: Line = Field(description="heading of the step")
    text: Text = Field(description="what happens")
    set: dict[Name, Scalar] = Field({}, description="controls that the step sets")
    light: Light | None = Field(None, description="the part of the plot to look at")
    ask: Text | None = Field(None, description="a question before the next step")


class InquiryOption(Option):
    """An answer with its own reply."""

    shape: CurveShapeField | None = Field(None, description="holds when the answer is right")  # type: ignore[assignment]
    reply: Text | None = Field(None, description="said to whoever chose it")


def _kind_of_object(value: object) -> str:
    if isinstance(value, dict):
        return "figure" if "figure" in value else "curve"
    return "figure" if isinstance(value, FigurePart) else "curve"


class Inquiry(Record):
    """A question that a picture answers."""

    question: Text = Field(description="the question")
    on: Annotated[
        Annotated[Light, Tag("curve")] | Annotated[FigurePart, Tag("figure")],
        Discriminator(_kind_of_object),
    ] = Field(description="{curve, from, to} or {figure}")
    options: tuple[InquiryOption, ...] = Field(min_length=2, description="answers")
    because: Text = Field(description="why")


class Card(Record):
    """A practice card."""

    id: Id | None = Field(None, description="default its number")
    prompt: Text = Field(description="the task")
    hints: tuple[Text, Text, Text] = Field(description="three hints, in order")
    answer: Text = Field(description="the answer")
    claim: Ref | None = Field(None, description="the claim that it practises")


class Misconception(Record):
    """A sentence that is often believed, and the one to put in its place."""

    id: Id = Field(description="unique in the concept")
    text: Text = Field(description="the wrong sentence")
    instead: Text = Field(description="the right one")
    claim: Ref | None = Field(None, description="the claim that shows it")


class Symbol(Record):
    """An entry of the glossary of notation."""

    symbol: Annotated[Line, Prose()] = Field(description="`$…$`")
    means: Text = Field(description="what it stands for")
    unit: Line | None = Field(None, description="unit")


class Question(Record):
    """An open question of the research room."""

    object: ObjectKey | None = Field(None, description="default the concept")
    text: Text = Field(description="the question")
    evidence: tuple[Text, ...] = Field((), description="object keys or texts to inspect")
    resolved_when: tuple[Text, ...] = Field((), description="what would settle it")


class Concept(Record):
    """concept.yaml; the folder is the id."""

    title: Line = Field(description="heading")
    summary: Text = Field(description="one or two sentences")
    status: Status = Field("draft", description="the author's intent")
    importance: Literal["essential", "important", "supplementary"] = Field(
        "important", description="skip it and others break / worth it for all / for the curious"
    )
    difficulty: Annotated[int, Field(ge=1, le=5)] | None = Field(
        None, description="1 no background … 5 research reading"
    )
    math: Literal["none", "school", "undergraduate", "graduate", "research"] | None = Field(
        None, description="highest notation used"
    )
    tags: tuple[Id, ...] = Field((), description="free words")
    authors: tuple[PersonRef, ...] = Field((), description="writers; default authors of its claims")
    created: Date | None = Field(None, description="shown as typed")
    updated: Date | None = Field(None, description="shown as typed")
    aliases: tuple[ConceptRef, ...] = Field((), description="old ids; they redirect")
    superseded_by: ConceptRef | None = Field(None, description="for retired")
    cover: Cover | None = Field(None, description="a picture")
    claims: tuple[Ref, ...] | None = Field(None, description="reading order; default all")
    sources: tuple[SourceId, ...] = Field((), description="further reading")
    prerequisites: tuple[ConceptRef, ...] = Field((), description="to be known before; acyclic")
    leads_to: tuple[ConceptRef, ...] = Field((), description="where to go next")
    related: tuple[ConceptRef, ...] = Field((), description="neighbours")
    witnesses: tuple[Witness, ...] = Field((), description="programs")
    predictions: tuple[Prediction, ...] = Field((), description="prediction checkpoint")
    storyboard: tuple[Step, ...] = Field((), description="mechanism storyboard")
    inquiry: Inquiry | None = Field(None, description="visual inquiry")
    practice: tuple[Card, ...] = Field((), description="practice loop")
    misconceptions: tuple[Misconception, ...] = Field((), description="what is often believed")
    notation: tuple[Symbol, ...] = Field((), description="glossary")
    questions: tuple[Question, ...] = Field((), description="research room")
