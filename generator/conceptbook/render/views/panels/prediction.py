"""Prediction checkpoints: commit to an answer, then the witness's own run decides."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ....load import LoadedConcept, LoadedWitness
from ....model.concept import Prediction as Record
from ....model.declare import shape
from ....model.shapes import CurveShape
from ...prose import inline
from ...resolver import PageResolver
from ..witness import embedded
from . import setting

MODES = {
    "quantity": "A quantity moves",
    "invariant": "An invariant holds",
    "boundary": "A boundary breaks",
}


@dataclass(frozen=True)
class Prediction:
    """`data` is what the script asks the run: {witness, plot, set, ask: [shape of each answer]}."""

    anchor: str
    key: str
    mode: str
    mode_words: str
    question: Markup
    options: tuple[Markup, ...]
    because: Markup
    file: str
    setting: str
    data: Markup


def views(concept: LoadedConcept, resolver: PageResolver) -> tuple[Prediction, ...]:
    """Those whose witness can be run."""
    found = []
    for index, record in enumerate(concept.record.predictions):
        name = record.witness or next(iter(concept.witnesses), "")
        witness = concept.witnesses.get(name)
        if witness is not None and witness.declaration is not None:
            found.append(_view(index, record, concept, witness, resolver))
    return tuple(found)


def _view(
    index: int,
    record: Record,
    concept: LoadedConcept,
    witness: LoadedWitness,
    resolver: PageResolver,
) -> Prediction:
    prose, place = concept.prose, ("predictions", index)
    assert witness.declaration is not None
    return Prediction(
        anchor=f"prediction-{index + 1}",
        key=str(index + 1),
        mode=record.mode,
        mode_words=MODES[record.mode],
        question=inline(prose, resolver, *place, "question"),
        options=tuple(
            inline(prose, resolver, *place, "options", number, "text")
            for number in range(len(record.options))
        ),
        because=inline(prose, resolver, *place, "because"),
        file=witness.record.path,
        setting=setting.words(witness.declaration, record.set),
        data=embedded(
            {
                "witness": witness.record.id,
                "curve": record.options[0].shape.curve,
                "set": dict(record.set),
                "ask": [_question(option.shape) for option in record.options],
            }
        ),
    )


def _question(record: CurveShape) -> dict[str, object]:
    asked = shape(record.shape)
    return {"curve": record.curve, "kind": asked.kind, "args": asked.args}
