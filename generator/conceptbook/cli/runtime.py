"""conceptbook runtime"""

from __future__ import annotations

from pathlib import Path

import click


@click.group("runtime")
def command() -> None:
    """Obtain and prepare the Python that runs in the reader's browser."""


@command.command("fetch")
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), help="Folder; default the cache."
)
def fetch(into: Path | None) -> None:
    """Fetch the pinned files into the cache; every byte is checked against its hash."""
    from ..runtime.obtain import obtain
    from ..runtime.pins import PYODIDE

    distribution = obtain(into, progress=lambda message: click.echo(message, err=True))
    click.echo(f"Pyodide {PYODIDE} is in {distribution.root}, every hash as pinned")
