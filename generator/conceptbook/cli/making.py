"""What the commands of `new` share: asking, writing, and a check of what was made."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from ..diagnostics import Report, did_you_mean
from .notebook import FAULTS, fail, read, readable, show

Check = Callable[[str], None]
"""Raises UsageError for an answer that will not do; at a terminal it is asked again."""


def asked(
    given: str | None,
    flag: str,
    words: str,
    default: str | None = None,
    check: Check | None = None,
    **how: Any,
) -> str:
    """What the flag says, else what the author answers; without a terminal the default."""
    if given is None and interactive():
        if check is not None:
            how["value_proc"] = lambda answer: _checked(answer, check)
        shown = bool(default) and how.get("show_default", True)
        return click.prompt(words, default=default, **(how | {"show_default": shown}))
    if given is None and default is None:
        raise click.UsageError(f"{flag} is wanted, since there is no terminal to ask at")
    answer = default if given is None else given
    return answer if check is None or not answer else _checked(answer, check)


def _checked(answer: str, check: Check) -> str:
    check(answer.strip())
    return answer.strip()


def interactive() -> bool:
    """Whether somebody sits at a terminal and can be asked."""
    return sys.stdin.isatty()


def well_formed(levels: int) -> Check:
    """For ids of so many levels: two of a concept, three of a claim."""
    form = "/".join(["domain", "concept", "claim"][:levels])

    def check(name: str) -> None:
        from ..model.base import ID_PATTERN, RESERVED_DOMAINS

        parts = name.split("/")
        if len(parts) != levels or not all(re.fullmatch(ID_PATTERN, part) for part in parts):
            wanted = f"it must be {form}, lower case words joined by hyphens"
            raise click.UsageError(f'"{name}" is no id: {wanted}')
        if parts[0] in RESERVED_DOMAINS:
            raise click.UsageError(f'"{parts[0]}" is an address of the site and cannot be a domain')

    return check


def known(names: Iterable[str], what: str) -> Check:
    """A check that raises UsageError for a name that is none of these."""
    there = list(names)

    def check(name: str) -> None:
        if name not in there:
            hint = did_you_mean(name, there)
            raise click.UsageError(f'there is no {what} "{name}"{f"; {hint}" if hint else ""}')

    return check


def write(root: Path, files: dict[str, str], changed: tuple[str, ...] = ()) -> None:
    """Write files and say so; those `changed` may be there already."""
    _write(root, files, changed)
    tell(files)


def tell(files: Iterable[str]) -> None:
    for name in files:
        click.echo(f"wrote {name}")


def record(root: Path, concept: str) -> None:
    """Run the new program and write its curves down."""
    from ..author import record
    from ..witness.trial import runner

    loaded = readable(root)
    result = record(loaded, concept, run=runner(loaded), accept=True)
    tell(result.written)


def finish(root: Path, made: Iterable[str]) -> None:
    """Show what `check` says of the notebook now: its errors, and warnings of what was made."""
    _, report = read(root)
    if not report.ok:
        fail(report, root)
    mine = Report([fault for fault in report if fault.span.path in set(made)])
    if len(mine):
        show(mine, root)


def write_sound(root: Path, files: dict[str, str], before: dict[str, str]) -> None:
    """Write files, and take them back where they would have faults; `before` is what they were."""
    _write(root, files, tuple(before))
    _, report = read(root)
    mine = Report()
    mine.extend(fault for fault in report if fault.span.path in files)
    if mine.ok:
        tell(files)
        return
    click.echo("nothing was written: what was asked for would have these faults", err=True)
    show(mine, root)
    for name in files:
        if name in before:
            (root / name).write_bytes(before[name].encode())
        else:
            (root / name).unlink()
    sys.exit(FAULTS)


def _write(root: Path, files: dict[str, str], changed: tuple[str, ...]) -> None:
    from ..author.new import NotMade, write_new

    try:
        write_new(root, files, changed=changed)
    except NotMade as reason:
        raise click.ClickException(str(reason)) from reason
