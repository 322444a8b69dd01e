"""conceptbook import continuous-function"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from ..diagnostics import Report, Severity
from ..diagnostics.data import to_json
from ..diagnostics.human import encodable, print_human, short
from .notebook import FAULTS, readable, root_of, show

if TYPE_CHECKING:
    from ..author.continuous_function import Plan


@click.command("continuous-function")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--force", is_flag=True, help="Write over concepts that are there already.")
@click.option("--skip-faulty", is_flag=True, help="Leave out concepts that have faults.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["human", "json"]),
    default="human",
    help="The report for people, or as JSON.",
)
@click.pass_context
def continuous_function(
    ctx: click.Context, folder: Path, dry_run: bool, force: bool, skip_faulty: bool, style: str
) -> None:
    """From the records of the Continuous Function.

    FOLDER holds content/domains.

    Nothing is written where a file has a fault. The report names what was left behind or is
    another here, and why.

    \b
    Examples:
      conceptbook import continuous-function ../their-notebook --dry-run
      conceptbook import continuous-function ../their-notebook --format json > report.json
    """
    from ..author.continuous_function import plan
    from ..author.new import NotMade

    root = root_of(ctx)
    made = plan(readable(root), folder, force=force, skip_faulty=skip_faulty)
    if made.ok and not dry_run:
        try:
            made.write(root)
        except NotMade as reason:
            raise click.ClickException(str(reason)) from reason
    written = made.ok and not dry_run
    if style == "json":
        click.echo(encodable(json.dumps(_data(made, written), indent=2, ensure_ascii=False)))
    else:
        _tell(made, folder, written)
    if not made.ok:
        sys.exit(FAULTS)


def _data(made: Plan, written: bool) -> dict[str, object]:
    return {
        "schema": 1,
        "written": written,
        "counts": asdict(made.counts),
        "files": sorted(made.files),
        "report": to_json(made.report),
        "check": to_json(made.faults),
        "left_out": to_json(Report(list(made.left_out))),
    }


def _tell(made: Plan, folder: Path, written: bool) -> None:
    if not made.ok:
        click.echo("nothing was written: the notebook cannot come over as it is\n")
        if not made.report.ok:
            show(_errors(made.report), folder)
        else:
            click.echo("in its files as they would be written:\n")
            texts = {path: text.splitlines() for path, text in made.files.items()}
            errors = _errors(made.faults)
            print_human(errors, lambda path: texts.get(path, []), Console(highlight=False))
        return
    for title, faults in (
        ("left out, with all that stands in their folders", made.left_out),
        ("not carried over, or in another form", made.report),
        ("what `check` says of it", made.faults),
    ):
        lines = [short(fault) for fault in Report(list(faults))]
        if lines:
            click.echo(f"{title}:")
            for line in lines:
                click.echo(f"  {encodable(line)}")
    counts = made.counts
    click.echo(
        f"{'imported' if written else 'would import'} {_of(counts.concepts, 'concept')} "
        f"({_of(counts.domains, 'new domain')}), {_of(counts.claims, 'claim')}, "
        f"{_of(counts.sources, 'source')}, {_of(counts.programs, 'program')} "
        f"({counts.not_runnable} shown and not run), {_of(counts.reviews, 'review')} (none current)"
    )


def _of(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _errors(report: Report) -> Report:
    return Report([fault for fault in report if fault.severity is Severity.ERROR])
