"""An audit walk that is under way: each piece of evidence alone, what was opened, what it says.

The walk is kept in `.conceptbook/reviews/` after every answer, so that an interrupted one can
be taken up again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ..evidence.conclusion import proposed
from ..evidence.identity import claim_digest
from ..load import LoadedClaim, LoadedNotebook
from .atomic import replace_file
from .stops import Stop

FOLDER = ".conceptbook/reviews"


@dataclass
class Walk:
    """The answers so far. `digest` is the claim's when the walk began."""

    claim: str
    by: str
    digest: dict[str, str]
    checks: dict[str, dict[str, str]] = field(default_factory=dict)
    """Key of a stop → {"access", "finding", "note"}."""
    conclusion: str | None = None
    summary: str | None = None
    interests: str | None = None

    def fields(self, stops: tuple[Stop, ...]) -> dict[str, Any]:
        """The review's fields, but for its date and digest; checks in the order of the stops."""
        return {
            "by": self.by,
            "conclusion": self.conclusion,
            "checks": [
                {"evidence": stop.key, **self.checks[stop.key]}
                for stop in stops
                if stop.key in self.checks
            ],
            "summary": self.summary,
            "interests": self.interests,
        }

    def proposed(self, stops: tuple[Stop, ...], *, caveats: bool) -> str:
        found = [
            (stop.stance, self.checks[stop.key]["finding"])
            for stop in stops
            if stop.key in self.checks
        ]
        return proposed(found, caveats=caveats)


def begin(claim: LoadedClaim, notebook: LoadedNotebook, by: str) -> Walk:
    """A walk that has no answer yet, pinned to the claim as it stands."""
    return Walk(claim.id, by, claim_digest(claim, notebook) or {})


def keep(walk: Walk, root: Path) -> None:
    """Write the walk down, to be taken up again. Raises OSError."""
    replace_file(_path(root, walk.claim), json.dumps(asdict(walk), indent=1).encode())


def forget(walk: Walk, root: Path) -> None:
    """Delete what `keep` wrote, where it wrote anything."""
    _path(root, walk.claim).unlink(missing_ok=True)


def kept(root: Path, claim: str | None = None) -> Walk | None:
    """The interrupted walk of a claim, or the newest of all; None where there is none."""
    paths = [_path(root, claim)] if claim else sorted((root / FOLDER).glob("*.json"), key=_age)
    try:
        return Walk(**json.loads(paths[-1].read_text(encoding="utf-8")))
    except (OSError, IndexError, ValueError, TypeError):
        return None


def outdated(walk: Walk, now: Mapping[str, str]) -> list[str]:
    """Parts of the claim that changed since the walk began."""
    return [name for name in {**walk.digest, **now} if walk.digest.get(name) != now.get(name)]


def _path(root: Path, claim: str) -> Path:
    return root / FOLDER / f"{claim.replace('/', '.')}.json"


def _age(path: Path) -> float:
    return path.stat().st_mtime
