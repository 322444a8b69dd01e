"""A setting of a witness's controls in words: `label noise = 0, training examples = 60`."""

from __future__ import annotations

from collections.abc import Mapping

from conceptbook_kit import declaration as kit
from conceptbook_kit.plaintext import plain


def words(declaration: kit.Declaration, settings: Mapping[str, kit.Scalar]) -> str:
    """Empty for the recorded setting."""
    parts = []
    for control in declaration.controls:
        if control.name in settings:
            value = settings[control.name]
            shown = {True: "yes", False: "no"}[value] if isinstance(value, bool) else f"{value}"
            shown = shown.removesuffix(".0")
            label = plain(control.label)
            label = label if label[1:2].isupper() else label[:1].lower() + label[1:]
            unit = f" {plain(control.unit)}" if control.unit else ""
            parts.append(f"{label} = {shown}{unit}")
    return ", ".join(parts)
