"""conceptbook migrate"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

import click

from ..diagnostics import Report
from ..diagnostics.catalogue.fields import OLDER_FORMAT
from .notebook import fail, read, root_of


@click.command("migrate")
@click.option("--write", is_flag=True, help="Write the changes; without it they are only shown.")
@click.pass_context
def command(ctx: click.Context, write: bool) -> None:
    """Bring author files of an older format to the one that this program reads.

    Each file is changed where it stands: comments, order and reviews' digests stay. Nothing is
    written unless every file can be read afterwards. A notebook of the present format is only
    checked; one of a newer format is refused.

    \b
    Examples:
      conceptbook migrate            what would change, as a diff
      conceptbook migrate --write
    """
    from ..author.migrations import STEPS, CannotMigrate, plan
    from ..author.migrations import write as write_files

    root = root_of(ctx)
    version = _older(root)
    if version is None:
        return
    try:
        made = plan(root, version, STEPS)
    except CannotMigrate as reason:
        raise click.ClickException(f"{reason}. Nothing was written.") from None
    for step in made.steps:
        click.echo(f"format {step.to - 1} → {step.to}: {step.what}", err=True)
    _show(made.before, made.after)
    if not made.report.ok:
        click.echo("Nothing was written: these faults would be left", err=True)
        fail(made.report, root)
    if write:
        write_files(root, made)
        click.echo(f"wrote {len(made.after)} files; run `conceptbook check`", err=True)
    else:
        click.echo("Nothing was written; add --write to write it.", err=True)


def _older(root: Path) -> int | None:
    """The notebook's version where steps lead on from it; ends the command where it has faults."""
    from ..load.settings import FORMAT, version_of

    notebook, report = read(root)
    version = version_of(root)
    if version is not None and 1 <= version < FORMAT and _only_older(report):
        return version
    if version == FORMAT:
        click.echo(f"format {FORMAT} is the newest: nothing to do")
    if notebook is None or not report.ok:
        fail(report, root)
    click.echo(f"{len(notebook.texts)} files read, no errors")
    return None


def _only_older(report: Report) -> bool:
    return all(fault.rule is OLDER_FORMAT for fault in report)


def _show(before: Mapping[str, str], after: Mapping[str, str]) -> None:
    for path, text in sorted(after.items()):
        old, new = before[path].splitlines(), text.splitlines()
        for line in difflib.unified_diff(old, new, path, path, lineterm="", n=1):
            click.echo(line)
