"""conceptbook serve"""

from __future__ import annotations

import click

from .notebook import root_of, show


@click.command("serve")
@click.option(
    "--port",
    "-p",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="0 takes any free port.",
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--no-watch", is_flag=True, help="Do not rebuild on changes.")
@click.pass_context
def command(ctx: click.Context, port: int, host: str, no_watch: bool) -> None:
    """Build the notebook, drafts too, serve it, and rebuild when a file changes.

    Faults are printed and the last good site stays up.
    """
    from ..serve import serve

    root = root_of(ctx)
    serve(
        root,
        host=host,
        port=port,
        watch=not no_watch,
        say=lambda message: click.echo(message, err=True),
        show=lambda report: show(report, root),
    )
