"""A setting of a witness's controls in words: `label noise = 0, training examples = 60`."""

from __future__ import annotations

from collections.abc import Mapping

from conceptbook_kit import declaration as kit
from conceptbook_kit.plaintext import plain
from conceptbook_kit.scales import format_number


def words(declaration: kit.Declaration, settings: Mapping[str, kit.Scalar]) -> str:
    """Empty for the recorded setting."""
    parts = []
    for control in declaration.controls:
        if control.name in settings:
            shown = _shown(settings[control.name])
            label = plain(control.label)
            label = label if label[1:2].isupper() else label[:1].lower() + label[1:]
            unit = f" {plain(control.unit)}" if control.unit else ""
            parts.append(f"{label} = {shown}{unit}")
    return ", ".join(parts)


def _shown(value: kit.Scalar) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else format_number(value, digits=6)
