"""Settings of the controls: any input becomes values that the declaration allows."""

from __future__ import annotations

import math
from collections.abc import Mapping

from conceptbook_kit.declaration import Control, Declaration, Scalar


def settle(declaration: Declaration, settings: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """A value for every control: of its type, within its bounds, on its steps, of its choices."""
    return {
        control.name: _settled(control, settings.get(control.name, control.default))
        for control in declaration.controls
    }


def _settled(control: Control, value: Scalar) -> Scalar:
    default = control.default
    if type(value) is type(default) and value == default:
        return default
    if control.choices:
        equal = (choice for choice in control.choices if choice == value)
        return next(equal, default)
    if isinstance(default, bool):
        return value if isinstance(value, bool) else default
    if isinstance(default, str):
        return value if isinstance(value, str) else default
    if isinstance(value, bool | str) or not math.isfinite(value):
        return default
    number = _bounded(control, value)
    if number == default:
        return default
    return round(number) if isinstance(default, int) else float(number)


def _bounded(control: Control, value: float) -> float:
    low = control.min if control.min is not None else value
    high = control.max if control.max is not None else value
    value = min(max(value, low), high)
    if control.step and control.scale == "linear" and control.min is not None:
        steps = round((value - control.min) / control.step)
        value = min(float(f"{control.min + steps * control.step:.12g}"), high)
    return value
