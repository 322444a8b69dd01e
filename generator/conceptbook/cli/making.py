"""What the commands of `new` share: asking, writing, and a check of what was made."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from ..diagnostics import Report, did_you_mean
from .notebook import FAULTS, fail, read, readable, show


def asked(given: str | None, flag: str, words: str, default: str | None = None, **how: Any) -> str:
    """What the flag says, else what the author answers; without a terminal the default."""
    if given is not None:
        return given
    if interactive():
        return click.prompt(words, default=default, **how)
    if default is None:
        raise click.UsageError(f"{flag} is wanted, since there is no terminal to ask at")
    return default


def interactive() -> bool:
    return sys.stdin.isatty()


def well_formed(name: str, levels: int, form: str) -> None:
    from ..model.base import ID_PATTERN, RESERVED_DOMAINS

    parts = name.split("/")
    if len(parts) != levels or not all(re.fullmatch(ID_PATTERN, part) for part in parts):
        raise click.UsageError(f'"{name}" is no id: it must be {form}')
    if parts[0] in RESERVED_DOMAINS:
        raise click.UsageError(f'"{parts[0]}" is an address of the site and cannot be a domain')


def known(name: str, names: Iterable[str], what: str) -> None:
    if name not in set(names):
        hint = did_you_mean(name, names)
        raise click.UsageError(f'there is no {what} "{name}"{f"; {hint}" if hint else ""}')


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


def finish(root: Path) -> None:
    """Show what `check` says of the notebook now."""
    _, report = read(root)
    if not report.ok:
        fail(report, root)


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
