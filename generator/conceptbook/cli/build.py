"""conceptbook build"""

from __future__ import annotations

import os
from pathlib import Path

import click

from .notebook import fail, root_of, show
from .working import working

OWN = ("content", "claims", "static")
"""Folders of a notebook that its author writes."""
NAMED = 3
"""So many drafts a build names."""


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
    """Write the site: a pure function of the files, the same bytes every time.

    \b
    Examples:
      conceptbook build
      conceptbook build --base-url https://me.github.io/notes/
    """
    from ..build import Options, build
    from ..model.settings import base_url_fault
    from ..write import NotASite

    if base_url is not None and (why := base_url_fault(base_url)):
        raise click.UsageError(f'--base-url: "{base_url}" {why}.')
    root = root_of(ctx)
    site = output or root / "site"
    _refuse_own(root, site)
    try:
        with working("building"):
            built = build(root, site, Options(base_url=base_url, drafts=drafts), progress=_say)
    except NotASite as reason:
        raise click.UsageError(f"{reason}.") from None
    if not built.report.ok:
        fail(built.report, root)
    if len(built.report):
        show(built.report, root, "short")
    click.echo(f"{built.pages} pages, {built.files} files in {site}")
    if not drafts and built.notebook:
        concepts = built.notebook.concepts.values()
        if left := [one.id for one in concepts if one.record.status == "draft"]:
            more = ", …" if len(left) > NAMED else ""
            named = f"{', '.join(left[:NAMED])}{more}"
            click.echo(f"{len(left)} left out as drafts, without --drafts: {named}", err=True)


def _refuse_own(root: Path, site: Path) -> None:
    """A site is never written over, around or into the author's own files."""
    absolute = Path(os.path.abspath(site))
    place = absolute.parent.resolve() / absolute.name
    if root.is_relative_to(place):
        raise click.UsageError(f"{site} holds the notebook itself; name another folder.")
    for name in OWN:
        own = root / name
        if place.is_relative_to(own) or own.is_relative_to(place):
            raise click.UsageError(f"{site} is in the notebook's {name}/; name another folder.")


def _say(message: str) -> None:
    click.echo(message, err=True)
