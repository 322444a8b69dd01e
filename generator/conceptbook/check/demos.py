"""States of a demo that prose links against the controls that they set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..diagnostics import Diagnostic
from ..load import LoadedNotebook, absolute
from ..markup import ObjectLink, demo_state
from .controls import default_of, wrong_settings


def state_faults(notebook: LoadedNotebook, here: str, link: ObjectLink) -> Iterator[Diagnostic]:
    """What the linked demo could not be set to; nothing for a link without a state."""
    owner, _, name = absolute(link.target, here).rpartition("/")
    concept = notebook.concepts.get(owner)
    if not link.value or concept is None:
        return
    witness = next((each for each in concept.record.witnesses if each.id == name), None)
    if witness is None:
        return
    values = {
        key: _typed(text, default_of(concept, witness, key))
        for key, text in demo_state(link.value).items()
    }
    for wrong in wrong_settings(concept, [witness], values):
        yield wrong.rule.at(link.span, wrong.message, wrong.hint)


def _typed(text: str, default: Any) -> Any:
    """The text as the page reads it; a text where it spells no value of the control's kind."""
    if isinstance(default, bool):
        return {"true": True, "false": False}.get(text, text)
    if isinstance(default, int | float):
        try:
            return int(text) if text.lstrip("+-").isdecimal() else float(text)
        except ValueError:
            return text
    return text
