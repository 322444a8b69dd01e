"""What leads from each version of the format to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """Leads from the version before `to`.

    `change` takes an author file's path and text and gives its new text; whatever it does not
    mean to change stays, byte for byte, comments and order too. It may raise CannotEdit.
    """

    to: int
    what: str
    """One sentence, as docs/upgrading.md has it."""
    change: Callable[[str, str], str]


STEPS: tuple[Step, ...] = ()
"""In order, one for each version after the first: format 1 is the first, so there is none yet."""
