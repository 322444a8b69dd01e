"""conceptbook build"""

from __future__ import annotations

from pathlib import Path

import click

from .notebook import fail, root_of, show


@click.command("build")
@click.option(
    "--base-url", help="Absolute address of the site, such as https://me.github.io/notes/."
)
@click.option("--drafts", is_flag=True, help="Build drafts too.")
@click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder; default site/.",
)
@click.pass_context
def command(ctx: click.Context, base_url: str | None, drafts: bool, output: Path | None) -> None:
    """Write the site: a pure function of the files, the same bytes every time."""
    from ..build import Options, build

    root = root_of(ctx)
    site = output or root / "site"
    built = build(root, site, Options(base_url=base_url, drafts=drafts), progress=_say)
    if not built.report.ok:
        fail(built.report, root)
    if len(built.report):
        show(built.report, root, "short")
    click.echo(f"{built.pages} pages, {built.files} files in {site}")


def _say(message: str) -> None:
    click.echo(message, err=True)
