"""Digests of what was reviewed or recorded: canonical JSON (RFC 8785) under SHA-256."""

from __future__ import annotations

import hashlib
import math
import unicodedata
from typing import Any

import rfc8785
from conceptbook_kit.declaration import Curve, Declaration

EXACT = 2**53 - 1
"""The largest whole number that RFC 8785 writes: JSON's numbers are doubles."""


def canonical(obj: Any) -> bytes:
    """JSON-able data as RFC 8785 has it: keys sorted, one form for each number.

    Numbers that JSON has no form for (not finite, whole beyond 2^53) stand as their `repr`.
    """
    return rfc8785.dumps(_jsonable(obj))


def text(value: str) -> str:
    """Unicode NFC, runs of white space as one space, stripped."""
    return " ".join(unicodedata.normalize("NFC", value).split())


def code_text(code: str) -> str:
    """A program with LF line ends and without trailing blanks; comments count."""
    lines = code.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines).rstrip("\n")


def part(obj: Any) -> str:
    """The first 16 hex digits of the SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(obj)).hexdigest()[:16]


def run_digest(declaration: Declaration, code: str) -> str:
    """What a recorded run depends on: "sha256:…" of the program and what is judged of it.

    Ids of the concept and the witness, words, budgets, the look of plots and the ranges of
    controls are left out: no number and no verdict at the asserted setting hangs on them.
    """
    judged = {
        "code": code_text(code),
        "controls": declaration.defaults,
        "curves": {
            curve.id: {**judged_points(curve), "shapes": [[s.kind, s.args] for s in curve.shapes]}
            for curve in declaration.curves
        },
        **wheels(declaration),
    }
    return f"sha256:{hashlib.sha256(canonical(judged)).hexdigest()}"


def wheels(declaration: Declaration) -> dict[str, Any]:
    """{"wheels": hashes of the locked wheels}; nothing at all where there is none."""
    hashes = sorted(wheel.sha256 for wheel in declaration.wheels)
    return {"wheels": hashes} if hashes else {}


def judged_points(curve: Curve) -> dict[str, Any]:
    """The sequences of a curve, and what decides on its points."""
    return {
        "x": curve.x,
        "y": curve.y,
        "band": [curve.band.low, curve.band.high] if curve.band else None,
        "judge": curve.judge,
        "rtol": curve.rtol,
        "atol": curve.atol,
    }


def _jsonable(obj: Any) -> Any:
    match obj:
        case dict():
            return {key: _jsonable(value) for key, value in obj.items()}
        case list() | tuple():
            return [_jsonable(value) for value in obj]
        case int() if not isinstance(obj, bool) and abs(obj) > EXACT:
            return repr(obj)
        case float() if not math.isfinite(obj):
            return repr(obj)
        case _:
            return obj
