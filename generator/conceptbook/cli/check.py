"""conceptbook check"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator

import click

from ..diagnostics import Diagnostic
from ..load import LoadedNotebook
from .notebook import exit_code, read, root_of, show
from .working import working


@click.command("check")
@click.option(
    "--format",
    "style",
    type=click.Choice(["human", "short", "json", "sarif", "github"]),
    default="human",
    help="For people, one line each, or as data.",
)
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option(
    "--links",
    is_flag=True,
    help="Also ask the network whether the sources' addresses lead somewhere; kept in "
    "claims/links.json for 30 days.",
)
@click.pass_context
def command(ctx: click.Context, style: str, strict: bool, links: bool) -> None:
    """Look for faults in the author files; all of them at once.

    Nothing is run; without --links nothing is written and the network is not used.

    \b
    Examples:
      conceptbook check
      conceptbook check --strict --format short
    """
    root = root_of(ctx)
    with working("reading"):
        notebook, report = read(root)
    if links and notebook is not None:
        report.extend(_links(notebook))
    show(report, root, style)
    if not report.ok or (strict and len(report)):
        sys.exit(exit_code(report))


def _links(notebook: LoadedNotebook) -> Iterator[Diagnostic]:
    """Asks, one address after the other; what was answered is kept when it is interrupted."""
    from ..author.links import addresses, broken, look, remember, remembered

    known = remembered(notebook.root)
    answers = {url: answer for url, answer in known.items() if url in addresses(notebook)}
    today = datetime.date.today()
    try:
        for url, answer in look(addresses(notebook), known, today, say=_say):
            answers[url] = answer
    finally:
        if answers != known:
            remember(notebook.root, answers)
    return broken(notebook, answers)


def _say(message: str) -> None:
    click.echo(message, err=True)
