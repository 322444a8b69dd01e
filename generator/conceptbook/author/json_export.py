"""A concept as one JSON file: its record, words, programs, recorded numbers, claims and works."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

from conceptbook_kit.declaration import Asserted

from ..bibliography.csl import to_csl
from ..evidence import ClaimStatus
from ..load import LoadedClaim, LoadedConcept, LoadedNotebook, LoadedWitness
from ..model.base import Record
from ..model.shapes import SHAPES, CurveShape
from .portable import cited, portable_sections

SCHEMA = 1
SHAPE_TYPES = tuple(SHAPES.values())


def write_json(
    concept: LoadedConcept, notebook: LoadedNotebook, statuses: Mapping[str, ClaimStatus]
) -> str:
    """The same text every time; records have the keys of the author files."""
    claims = [claim for claim in notebook.claims.values() if claim.concept == concept.id]
    keys = [*cited(concept), *(e.source for claim in claims for e in claim.record.evidence)]
    data = {
        "schema": SCHEMA,
        "format": notebook.settings.conceptbook,
        "id": concept.id,
        "record": written(concept.record),
        "sections": portable_sections(concept, notebook),
        "programs": {name: _program(one) for name, one in concept.witnesses.items()},
        "claims": {claim.id: _claim(claim, statuses[claim.id]) for claim in claims},
        "sources": [
            to_csl(notebook.sources[key].record)
            for key in dict.fromkeys(keys)
            if key in notebook.sources
        ],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def written(value: Any) -> Any:
    """A record as its author wrote it: defaults left out, shapes as one-key maps."""
    if isinstance(value, CurveShape):
        return {"curve": value.curve, **written(value.shape)}
    if isinstance(value, Record):
        fields = {
            type(value).model_fields[name].alias or name: written(inner)
            for name in type(value).model_fields
            if name in value.model_fields_set and (inner := getattr(value, name)) is not None
        }
        return {fields.pop("kind"): fields} if isinstance(value, SHAPE_TYPES) else fields
    if isinstance(value, Mapping):
        return {key: written(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [written(inner) for inner in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    # YAML's folded texts end with a newline.
    return value.strip() if isinstance(value, str) else value


def _program(witness: LoadedWitness) -> dict[str, Any]:
    return {
        "file": witness.record.path,
        "code": witness.code,
        "curves": {name: _numbers(curve) for name, curve in witness.asserted.items()},
    }


def _numbers(curve: Asserted) -> dict[str, list[float]]:
    columns = {name: getattr(curve, name) for name in ("x", "y", "rtol", "atol")}
    return {name: list(column) for name, column in columns.items() if column is not None}


def _claim(claim: LoadedClaim, status: ClaimStatus) -> dict[str, Any]:
    """With its computed status; of a claim whose words were removed only that it was withdrawn."""
    withdrawn = claim.record.withdrawn
    record = written(claim.record)
    if withdrawn is not None and withdrawn.statement == "remove":
        record = {"withdrawn": record["withdrawn"]}
    return {
        "record": record,
        "status": {
            "badge": status.badge,
            "evidence": status.evidence,
            "review": status.review,
            "flags": list(status.flags),
        },
    }
