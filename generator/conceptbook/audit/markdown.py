"""A difference as Markdown, for the comment on a pull request."""

from __future__ import annotations

import re

from ..diagnostics import Severity
from ..evidence.difference import Change
from .since import Since

MARKS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.NOTE: "·"}
LONGEST = 65_536 - 1_000
"""GitHub takes comments of 65,536 characters."""


def to_markdown(since: Since) -> str:
    """One heading, a line that counts, a list by claim; cut, and said so, where too long."""
    report = since.report
    counts = ", ".join(
        f"{count} {word}{'s' if count != 1 else ''}"
        for severity, word in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.NOTE, "note"),
        )
        if (count := report.count(severity))
    )
    head = f"### Claims since `{since.revision}`\n\n"
    if not since.changes:
        return f"{head}No claim, review or recorded curve changed.\n"
    text = f"{head}{counts}\n"
    subject = None
    for index, change in enumerate(sorted(since.changes, key=lambda c: c.subject)):
        block = "" if change.subject == subject else f"\n**{_escaped(change.subject)}**\n\n"
        block += _item(change)
        if len(text) + len(block) > LONGEST:
            return f"{text}\n… and {len(since.changes) - index} more changes.\n"
        text += block
        subject = change.subject
    return text


def _item(change: Change) -> str:
    diagnostic = change.diagnostic
    place = f"`{diagnostic.span.path}:{diagnostic.span.line}`"
    lines = [f"- {MARKS[diagnostic.severity]} {_escaped(diagnostic.message)} {place}"]
    if change.before is not None and change.after is not None:
        lines += [f"  - before: {_escaped(change.before)}", f"  - now: {_escaped(change.after)}"]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """Plain words: a claim's text cannot make links, mentions, images or HTML."""
    flat = " ".join(text.split())
    return re.sub(r"([\\`*_{}\[\]()<>#|!~@$&])", r"\\\1", flat).replace("\\@", "@\u200b")
