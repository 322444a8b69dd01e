"""Visual inquiry: a question that a picture answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from conceptbook_kit.shapes import XY, hold
from markupsafe import Markup

from ....load import LoadedConcept
from ....model.concept import FigurePart, InquiryOption
from ....model.declare import shape
from ...prose import inline
from ...resolver import PageResolver
from ..witness import embedded
from .storyboard import light, witness_of


@dataclass(frozen=True)
class Option:
    text: Markup
    reply: Markup
    ok: str


@dataclass(frozen=True)
class Inquiry:
    """On a `figure`, or on a curve: `data` is then {witness, light: {curve, from, to}}."""

    question: Markup
    options: tuple[Option, ...]
    because: Markup
    figure: str
    alt: str
    curve: str
    data: Markup

    @property
    def has_replies(self) -> bool:
        return any(option.reply for option in self.options)


def view(concept: LoadedConcept, resolver: PageResolver) -> Inquiry | None:
    """The visual inquiry; None where the concept has none."""
    record = concept.record.inquiry
    if record is None:
        return None
    figure = record.on.figure if isinstance(record.on, FigurePart) else ""
    lit = None if isinstance(record.on, FigurePart) else record.on
    prose, recorded = concept.prose, _recorded(concept)
    return Inquiry(
        question=inline(prose, resolver, "inquiry", "question"),
        options=tuple(
            Option(
                inline(prose, resolver, "inquiry", "options", index, "text"),
                inline(prose, resolver, "inquiry", "options", index, "reply"),
                _ok(option, recorded),
            )
            for index, option in enumerate(record.options)
        ),
        because=inline(prose, resolver, "inquiry", "because"),
        figure=figure,
        alt=_alt(concept, figure),
        curve=f"curve-{lit.curve}" if lit else "",
        data=embedded(
            {"witness": witness_of(concept, lit.curve) if lit else "", "light": light(lit)}
        ),
    )


def _ok(record: InquiryOption, recorded: Mapping[str, XY]) -> str:
    """Whether the recorded curve obeys the answer's shape; "" where that cannot be said."""
    asked = record.shape
    if asked is None or asked.curve not in recorded:
        return ""
    found = hold(shape(asked.shape), *recorded[asked.curve], recorded, {})
    return "" if found.ok is None else str(found.ok).lower()


def _recorded(concept: LoadedConcept) -> dict[str, XY]:
    return {
        name: (curve.x, curve.y)
        for witness in concept.witnesses.values()
        for name, curve in witness.asserted.items()
    }


def _alt(concept: LoadedConcept, figure: str) -> str:
    """The picture's words where it stands in the text, or as the cover."""
    for image in concept.page.images if concept.page and figure else ():
        if image.src == figure:
            return image.alt
    cover = concept.record.cover
    return " ".join(cover.alt.split()) if cover and cover.image == figure else ""
