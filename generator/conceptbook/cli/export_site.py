"""conceptbook export site"""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from .notebook import fail, root_of
from .working import working


@click.command("site")
@click.argument("archive", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--base-url", help="Its address, where that is known; default that of notebook.yaml.")
@click.option("--drafts", is_flag=True, help="Drafts too.")
@click.pass_context
def site(ctx: click.Context, archive: Path, base_url: str | None, drafts: bool) -> None:
    """The whole site as one zip file, the same bytes every time.

    Unpacked into any folder of any static host it works, at whatever address that folder has.

    \b
    Example:
      conceptbook export site my-notes.zip
    """
    from ..author.atomic import replace_file
    from ..build import Options, build
    from ..write.archive import zipped

    root = root_of(ctx)
    options = Options(base_url=base_url, drafts=drafts, portable=True)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "site"
        with working("building"):
            built = build(root, place, options, progress=lambda words: click.echo(words, err=True))
        if not built.report.ok:
            fail(built.report, root)
        replace_file(archive, zipped(place))
    size = archive.stat().st_size / 1_000_000
    click.echo(f"wrote {archive}: {built.pages} pages, {built.files} files, {size:.1f} MB")
