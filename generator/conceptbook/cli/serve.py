"""conceptbook serve"""

from __future__ import annotations

import click

from .notebook import root_of, show

DEFAULT_EDITOR = "vscode"


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
@click.option(
    "--editor",
    default=DEFAULT_EDITOR,
    show_default=True,
    envvar="CONCEPTBOOK_EDITOR",
    show_envvar=True,
    help="Where a fault's link on the page opens its file: vscode, vscodium, cursor, idea, "
    "textmate, none, or an address with {path}, {line} and {column}.",
)
@click.pass_context
def command(ctx: click.Context, port: int, host: str, no_watch: bool, editor: str) -> None:
    """Build the notebook, drafts too, serve it, and rebuild when a file changes.

    Faults are shown here and on the open page, with a link that opens the file at the line; the
    last good site stays up, and the page follows by itself, scrolled and set as it was.

    \b
    Examples:
      conceptbook serve
      conceptbook serve --port 0 --editor 'zed://file{path}:{line}:{column}'
    """
    from ..serve import EDITORS, Preview, pattern_of, serve

    root = root_of(ctx)
    pattern = pattern_of(editor)
    if pattern is None:
        known = ", ".join(EDITORS)
        raise click.UsageError(
            f'"{editor}" is neither one of {known} nor an address with {{path}} in it'
        )
    preview = Preview(
        root,
        pattern,
        say=lambda message: click.echo(message, err=True),
        show=lambda report: show(report, root),
    )
    serve(preview, host=host, port=port, watch=not no_watch)
