"""What a run has of its curves so far: drawn as provisional while the program prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any

import numpy

from conceptbook_kit.collect import MOST_POINTS, NotASequence, sequence
from conceptbook_kit.declaration import Declaration

SHARE = 0.015
"""Of a run's time, for all its glimpses together."""
FIRST_S = 0.03
"""What the first is taken to cost; the next are taken to cost what the last did. So a run of less
than two seconds has none: its verdict is there before anybody would look."""
PLAIN = (list, tuple, numpy.ndarray)
ANYTHING = BaseException
"""Bound here, since the program may have deleted the builtin."""

Arrays = dict[str, list[float]]


class Glimpses:
    """Called wherever the program's output is passed on; looks as often as its share allows."""

    def __init__(
        self,
        declaration: Declaration,
        space: Mapping[str, Any],
        show: Callable[[Arrays], object],
    ) -> None:
        self._declaration = declaration
        self._space = space
        self._show = show
        self._began = perf_counter()
        self._spent, self._next = 0.0, FIRST_S
        self._seen: Arrays = {}

    def look(self) -> None:
        """Show the curves if there is time for it and they have changed."""
        now = perf_counter()
        if self._spent + self._next > SHARE * (now - self._began):
            return
        try:
            arrays = so_far(self._declaration, self._space)
            if arrays and arrays != self._seen:
                self._seen = arrays
                self._show(arrays)
        except ANYTHING:
            # A glimpse is a courtesy: it must neither end the run nor change how it ends.
            self._seen = {}
        self._next = perf_counter() - now
        self._spent += self._next


def so_far(declaration: Declaration, space: Mapping[str, Any]) -> Arrays:
    """The curves whose two names are sequences of one length, by the names."""
    arrays: Arrays = {}
    for curve in declaration.curves:
        x, y = space.get(curve.x), space.get(curve.y)
        # Of any other type, a look could have the program's own code run.
        if type(x) not in PLAIN or type(y) not in PLAIN or not 0 < len(x) == len(y) <= MOST_POINTS:
            continue
        try:
            arrays |= {name: sequence(name, space) for name in (curve.x, curve.y)}
        except NotASequence:
            continue
    return arrays
