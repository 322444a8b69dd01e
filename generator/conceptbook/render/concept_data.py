"""What a concept's page fetches only when it is wanted: its objects and its witnesses' records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .press import Rendered
from .views.concept import Concept


def concept_data(view: Concept) -> Iterator[Rendered]:
    """The files below the page's own folder that its links name."""
    yield _json(f"{view.id}/{view.panels.research.file}", view.panels.research.objects)
    for witness in view.witnesses:
        yield _json(f"{view.id}/{witness.record_file}", witness.record)


def _json(path: str, data: Mapping[str, Any]) -> Rendered:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Rendered(path, f"{text}\n".encode())
