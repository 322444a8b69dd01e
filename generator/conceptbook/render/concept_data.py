"""What a concept's page fetches only when it is wanted: objects, records, cards for Anki."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .anki import write_anki
from .press import Rendered
from .resolver import Shown
from .views.concept import Concept


def concept_data(view: Concept, shown: Shown) -> Iterator[Rendered]:
    """The files below the page's own folder that its links name."""
    yield _json(f"{view.id}/{view.panels.research.file}", view.panels.research.objects)
    for witness in view.witnesses:
        yield _json(f"{view.id}/{witness.record_file}", witness.record)
    if view.panels.practice:
        cards = write_anki([shown.concepts[view.id]], shown.notebook)
        yield Rendered(f"{view.id}/{view.cards_file}", cards.encode())


def _json(path: str, data: Mapping[str, Any]) -> Rendered:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Rendered(path, f"{text}\n".encode())
