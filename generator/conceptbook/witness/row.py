"""What became of one witness in one place, or why it was not run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from .parity import Parity
from .predictions import PredictionResult

Place = Literal["native", "browser"]
PLACES: tuple[Place, ...] = ("native", "browser")


@dataclass(frozen=True)
class Row:
    """One witness in one place."""

    concept: str
    witness: str
    place: Place
    verdict: Mapping[str, Any] | None
    """None where the browser gave none; `faults` says why."""
    guards: tuple[str, ...] = ()
    """What held the native run; see NativeRun."""
    predictions: tuple[PredictionResult, ...] = ()
    faults: tuple[str, ...] = ()
    """What is wrong beside the verdict."""
    parity: Parity | None = None
    """The curve that is farthest from its record."""
    agreement: Parity | None = None
    """In the browser's row: the curve that is farthest from the native run."""
    wheels: tuple[str, ...] = ()
    """Files of the locked wheels that it ran with."""

    @property
    def state(self) -> str:
        return self.verdict["state"] if self.verdict else "error"

    @property
    def ok(self) -> bool:
        return self.state == "holds" and not self.complaints

    @property
    def complaints(self) -> tuple[str, ...]:
        """The faults, the predictions' too."""
        asked = (p for p in self.predictions if p.fault)
        return (*self.faults, *(f"prediction {p.index + 1}: {p.fault}" for p in asked))

    def to_json(self) -> dict[str, Any]:
        return {"ok": self.ok, "state": self.state, **asdict(self)}


@dataclass(frozen=True)
class LeftOut:
    """A witness that is never run, and why."""

    concept: str
    witness: str
    why: str
