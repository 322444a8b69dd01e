"""What a concept's page fetches only when it is wanted: objects, records, cards for Anki."""

from __future__ import annotations

from collections.abc import Iterator

from .anki import write_anki
from .press import Rendered
from .resolver import Shown
from .views.concept import Concept


def concept_data(view: Concept, shown: Shown) -> Iterator[Rendered]:
    """The files below the page's own folder that its links name."""
    for file in (view.panels.research.objects, *(witness.record for witness in view.witnesses)):
        yield Rendered(f"{view.id}/{file.path}", file.content)
    if view.panels.practice:
        cards = write_anki([shown.concepts[view.id]], shown.notebook)
        yield Rendered(f"{view.id}/{view.cards_file}", cards.encode())
