"""conceptbook runtime"""

from __future__ import annotations

from pathlib import Path

import click


@click.group("runtime")
def command() -> None:
    """Obtain and prepare the Python that runs in the reader's browser.

    \b
    Examples:
      conceptbook runtime fetch
      conceptbook runtime prepare
    """


@command.command("fetch")
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), help="Folder; default the cache."
)
@click.pass_context
def fetch(ctx: click.Context, into: Path | None) -> None:
    """Fetch the pinned files into the cache.

    Every byte is checked against its hash.

    Inside a notebook, also the wheels that it locks and takes from PyPI.

    \b
    Examples:
      conceptbook runtime fetch
    """
    from ..load import find_root, load
    from ..runtime.obtain import obtain
    from ..runtime.pins import PYODIDE
    from ..runtime.wheels import fetch_wheels

    def tell(message: str) -> None:
        click.echo(message, err=True)

    distribution = obtain(into, progress=tell)
    click.echo(f"Pyodide {PYODIDE} is in {distribution.root}, every hash as pinned")
    if (root := find_root(Path(ctx.obj).resolve())) and (notebook := load(root)[0]):
        fetch_wheels(notebook, tell)


@command.command("prepare")
def prepare() -> None:
    """Compile the browser's Python, and take its snapshot.

    Both go into the cache.

    \b
    Examples:
      conceptbook runtime prepare
    """
    from importlib.resources import files

    import conceptbook_kit

    from ..diagnostics import EnvironmentLacks
    from ..runtime.compiled import NAMES, NotMade, compiled
    from ..runtime.obtain import obtain
    from ..runtime.wheel import build_kit_wheel

    def tell(message: str) -> None:
        click.echo(message, err=True)

    kit = build_kit_wheel(Path(str(files(conceptbook_kit))))
    try:
        made = compiled(obtain(progress=tell), kit, progress=tell)
    except NotMade as reason:
        raise EnvironmentLacks(str(reason)) from reason
    click.echo(f"The prepared runtime is in {made.folder}")
    for name in NAMES:
        click.echo(f"{len(made.files[name]):>10,}  {made.sha256[name]}  {name}")
