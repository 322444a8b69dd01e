"""conceptbook record"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from . import completing
from .working import working

if TYPE_CHECKING:
    from ..author import RecordResult
    from ..witness.nursery import Nursery


@click.command("record")
@click.argument("concepts", nargs=-1, shell_complete=completing.concepts)
@click.option("--accept", is_flag=True, help="Write what the programs computed.")
@click.option("--force", is_flag=True, help="Write curves anew that still hold.")
@click.pass_context
def command(ctx: click.Context, concepts: tuple[str, ...], accept: bool, force: bool) -> None:
    """Run the witnesses of CONCEPTS (default all) and show how their curves differ from the record.

    Nothing is written without --accept. A curve that still holds within its tolerance keeps its
    file as it is. Where CONCEPTS are named, only what their programs need is read.

    \b
    Examples:
      conceptbook record scaling/double-descent
      conceptbook record scaling/double-descent --accept
    """
    from ..witness.native import nursery

    # It comes up while the rest of this program is imported.
    with nursery() as home:
        _record(ctx, concepts, home, accept=accept, force=force)


def _record(
    ctx: click.Context,
    concepts: tuple[str, ...],
    home: Nursery | None,
    *,
    accept: bool,
    force: bool,
) -> None:
    from ..author import record
    from ..witness.trial import runner
    from .notebook import FAULTS, root_of, runnable

    notebook = runnable(root_of(ctx), concepts, checked=False)
    run, ok, pending = runner(notebook, home), True, 0
    for concept in concepts or notebook.concepts:
        with working(f"running {concept}"):
            result = record(notebook, concept, run=run, accept=accept, force=force)
        _show(result)
        ok &= result.ok
        pending += len(result.written)
    if pending and not accept:
        click.echo("Nothing was written; add --accept to write it.", err=True)
    if not ok:
        sys.exit(FAULTS)


def _show(result: RecordResult) -> None:
    for witness in result.witnesses:
        state = witness.verdict["state"] if witness.verdict else "not run"
        click.echo(f"{result.concept} {witness.witness}: {state}")
        for change in witness.curves:
            if witness.refused and change.state == "missing":
                continue  # The refusal says why.
            for line in change.lines():
                click.echo(f"  {line}")
        if witness.refused:
            from ..witness.report import below

            click.echo(f"  not recorded: {below(witness.refused)}")
    if not result.witnesses:
        click.echo(f"{result.concept}: no witness that runs here, nothing to record")
    for path in result.written:
        click.echo(f"  {'wrote' if result.accepted else 'would write'} {path}")
