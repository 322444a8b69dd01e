"""A prediction's own run decides which answer is right: exactly one shape may hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from conceptbook_kit.asking import ask
from conceptbook_kit.declaration import Declaration, Scalar
from conceptbook_kit.outcome import Outcome
from conceptbook_kit.settings import settle

from ..load.loaded import LoadedConcept, LoadedWitness
from ..model.concept import Option, Prediction
from ..model.declare import shape


@dataclass(frozen=True)
class OptionResult:
    """One answer: whether its shape held; None where it cannot be judged, and `detail` says why."""

    text: str
    ok: bool | None
    detail: str


@dataclass(frozen=True)
class PredictionResult:
    """One prediction of a concept, by its position from 0."""

    index: int
    question: str
    witness: str
    settings: Mapping[str, Scalar]
    options: tuple[OptionResult, ...]
    fault: str | None
    """Why it cannot be answered, in words; None where exactly one answer is right."""

    @property
    def ok(self) -> bool:
        return self.fault is None


def check_predictions(
    concept: LoadedConcept,
    run: Callable[[LoadedWitness, Mapping[str, Scalar]], Outcome],
    witness: str | None = None,
) -> tuple[PredictionResult, ...]:
    """Every prediction of the concept, or of one of its witnesses.

    `run` is called once for each distinct setting of a witness.
    """
    outcomes: dict[str, Outcome] = {}
    results = []
    for index, prediction in enumerate(concept.record.predictions):
        name = owner(concept, prediction)
        loaded = concept.witnesses.get(name)
        if (witness and name != witness) or loaded is None or loaded.declaration is None:
            continue
        settings = settle(loaded.declaration, prediction.set)
        key = json.dumps([name, settings], sort_keys=True)
        if key not in outcomes:
            outcomes[key] = run(loaded, settings)
        results.append(_result(index, prediction, loaded.declaration, settings, outcomes[key]))
    return tuple(results)


def owner(concept: LoadedConcept, prediction: Prediction) -> str:
    """The id of the witness that a prediction is about; "" where the concept has none."""
    return prediction.witness or next(iter(concept.witnesses), "")


def _result(
    index: int,
    prediction: Prediction,
    declaration: Declaration,
    settings: Mapping[str, Scalar],
    outcome: Outcome,
) -> PredictionResult:
    options = tuple(_option(option, declaration, outcome) for option in prediction.options)
    return PredictionResult(
        index,
        prediction.question,
        declaration.witness,
        settings,
        options,
        _fault(options, outcome, settings),
    )


def _option(option: Option, declaration: Declaration, outcome: Outcome) -> OptionResult:
    held = ask(option.shape.curve, shape(option.shape.shape), declaration, outcome)
    return OptionResult(option.text, held.ok, held.detail)


def _fault(
    options: tuple[OptionResult, ...], outcome: Outcome, settings: Mapping[str, Scalar]
) -> str | None:
    at = ", ".join(f"{name} = {value!r}" for name, value in settings.items()) or "its own setting"
    if outcome.error:
        return f"the run at {at} ended in an error: {outcome.error['message']}"
    for number, option in enumerate(options, 1):
        if option.ok is None:
            return f"answer {number} cannot be judged at {at}: {option.detail}"
    right = [str(number) for number, option in enumerate(options, 1) if option.ok]
    if len(right) == 1:
        return None
    if not right:
        return f"no answer is right at {at}"
    both = "both" if len(right) == 2 else "all"
    return f"answers {' and '.join(right)} are {both} right at {at}; exactly one may be"
