"""conceptbook check"""

from __future__ import annotations

import sys

import click

from .notebook import FAULTS, read, root_of, show


@click.command("check")
@click.option(
    "--format",
    "style",
    type=click.Choice(["human", "short", "json", "sarif", "github"]),
    default="human",
    help="For people, one line each, or as data.",
)
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.pass_context
def command(ctx: click.Context, style: str, strict: bool) -> None:
    """Look for faults in the author files; all of them at once.

    Nothing is run and nothing is written.
    """
    root = root_of(ctx)
    _, report = read(root)
    show(report, root, style)
    if not report.ok or (strict and len(report)):
        sys.exit(FAULTS)
