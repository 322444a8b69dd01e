"""What one run of a witness left behind: plain data, the same natively and in the page."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

ErrorKind = Literal["exception", "timeout", "memory", "stopped", "curve", "syntax", "import"]


@dataclass
class Outcome:
    """Output, error, asserts and the sequences and scalars of a run.

    `error`: None or {kind, message, line}. `asserts`: {ok, message, line}; ok is None where the
    program ended otherwise, before its asserts could all be met. `arrays`: every sequence that a
    curve or band needs; `array_faults` says why one is absent. `tampered`: what the program
    changed outside itself, "numpy.mean".
    """

    stdout: str = ""
    stdout_truncated: bool = False
    duration_s: float = 0.0
    error: dict[str, Any] | None = None
    asserts: dict[str, Any] = field(
        default_factory=lambda: {"ok": None, "message": None, "line": None}
    )
    arrays: dict[str, list[float]] = field(default_factory=dict)
    array_faults: dict[str, str] = field(default_factory=dict)
    scalars: dict[str, int | float] = field(default_factory=dict)
    tampered: list[str] = field(default_factory=list)

    @classmethod
    def empty(cls, kind: ErrorKind, message: str, line: int | None = None) -> Outcome:
        """The outcome of a run that left nothing: out of time, stopped, killed for memory."""
        return cls(error={"kind": kind, "message": message, "line": line})

    def to_json(self) -> dict[str, Any]:
        """JSON-able data; a number that is not finite becomes None."""
        data = asdict(self)
        data["arrays"] = {
            name: [v if math.isfinite(v) else None for v in values]
            for name, values in self.arrays.items()
        }
        data["scalars"] = {
            name: v if math.isfinite(v) else None for name, v in self.scalars.items()
        }
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Outcome:
        """The outcome again; None among numbers becomes NaN."""
        data = dict(data)
        data["arrays"] = {
            name: [math.nan if v is None else v for v in values]
            for name, values in data.get("arrays", {}).items()
        }
        data["scalars"] = {
            name: math.nan if v is None else v for name, v in data.get("scalars", {}).items()
        }
        return cls(**data)
