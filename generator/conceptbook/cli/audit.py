"""conceptbook audit"""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from ..diagnostics import Report
from ..load import LoadedNotebook
from .notebook import FAULTS, readable, root_of, show
from .working import working

if TYPE_CHECKING:
    from ..audit.since import Since

FORMATS = ["human", "json", "sarif", "github", "markdown"]


@click.command("audit")
@click.option(
    "--format",
    "style",
    type=click.Choice(FORMATS),
    default="human",
    help="For people, or as data; markdown only with --since.",
)
@click.option("--since", "revision", metavar="REV", help="Only what changed since this revision.")
@click.option("--diff", is_flag=True, help="Show from git what changed under stale reviews.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge what is due.")
@click.pass_context
def command(
    ctx: click.Context,
    style: str,
    revision: str | None,
    diff: bool,
    today: datetime.datetime | None,
) -> None:
    """Show the state of the evidence: what is missing, stale, contradicted or due.

    With --since, what changed under the claims since a revision of git. Exit code 1 where a
    claim has collapsed, or a review was altered or removed.

    \b
    Examples:
      conceptbook audit
      conceptbook audit --since origin/main
    """
    root = root_of(ctx)
    notebook = readable(root)
    if revision is not None:
        report = _since(root, notebook, revision, style)
    elif style == "markdown":
        raise click.UsageError("--format markdown goes with --since REV")
    else:
        if diff and style != "human":
            raise click.UsageError("--diff is for people: leave --format out")
        day = today.date() if today else datetime.date.today()
        report = _state(root, notebook, day, style, diff)
    if not report.ok:
        sys.exit(FAULTS)


def _state(
    root: Path, notebook: LoadedNotebook, today: datetime.date, style: str, diff: bool
) -> Report:
    from ..audit import findings
    from ..audit.data import to_json
    from ..audit.human import print_human
    from ..audit.stale import stale_lines
    from ..evidence import assess
    from ..evidence.coverage import cover

    coverage = cover(notebook, assess(notebook), today)
    report = findings(coverage, notebook)
    if style == "json":
        _echo(to_json(coverage, notebook, report))
    elif style == "human":
        print_human(coverage, notebook, Console(highlight=False, markup=False))
        for line in stale_lines(coverage, notebook) if diff else ():
            click.echo(line)
    else:
        show(report, root, style)
    return report


def _since(root: Path, notebook: LoadedNotebook, revision: str, style: str) -> Report:
    from ..audit.markdown import to_markdown
    from ..audit.since import since
    from ..audit.since_human import print_since
    from ..author.history import UnknownRevision

    try:
        with working(f"reading {revision}"):
            changed: Since = since(revision, notebook)
    except UnknownRevision as unknown:
        raise click.BadParameter(str(unknown), param_hint="--since") from unknown
    if style == "json":
        _echo(changed.to_json())
    elif style == "human":
        print_since(changed, Console(highlight=False, markup=False))
    elif style == "markdown":
        click.echo(to_markdown(changed), nl=False)
    else:
        show(changed.report, root, style)
    return changed.report


def _echo(data: dict) -> None:
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))
