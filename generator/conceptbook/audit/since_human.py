"""A difference for people: by claim, with the words before and after."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from ..diagnostics.human import STYLES
from .since import Since


def print_since(since: Since, console: Console) -> None:
    """What changed, below the claim or concept that it concerns."""
    if not since.changes:
        console.print(f"no claim, review or recorded curve changed since {since.revision}")
        return
    subject = None
    for change in sorted(since.changes, key=lambda c: c.subject):
        if change.subject != subject:
            subject = change.subject
            console.print(Text(subject, "bold"), soft_wrap=True)
        diagnostic = change.diagnostic
        line = Text("  ")
        line.append(f"{diagnostic.rule.name}", STYLES[diagnostic.severity])
        line.append(f" {diagnostic.span.path}:{diagnostic.span.line}: {diagnostic.message}")
        console.print(line, soft_wrap=True)
        if change.before is not None and change.after is not None:
            console.print(f"    - {change.before}", style="red", soft_wrap=True)
            console.print(f"    + {change.after}", style="green", soft_wrap=True)
