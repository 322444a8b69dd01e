"""conceptbook verify"""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ..load import LoadedNotebook
from .notebook import FAULTS, fail, know, root_of, sound


@click.command("verify")
@click.argument("concepts", nargs=-1)
@click.option(
    "--in",
    "places",
    default="native",
    show_default=True,
    help="native, browser, or both with a comma between.",
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="Native runs at once.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["human", "json", "junit"]),
    default="human",
    help="For people, JSON, or JUnit XML.",
)
@click.option(
    "--points",
    is_flag=True,
    help="With both places: native, browser and asserted side by side for each point.",
)
@click.pass_context
def command(
    ctx: click.Context,
    concepts: tuple[str, ...],
    places: str,
    jobs: int,
    style: str,
    points: bool,
) -> None:
    """Run every witness, or those of some CONCEPTS, and hold it against its asserted curves.

    \b
    Examples:
      conceptbook verify
      conceptbook verify scaling/double-descent --in native,browser --points
      conceptbook verify --format junit > verify.xml
    """
    from ..witness import report as formats
    from ..witness.verify import PLACES, verify

    chosen = [place.strip() for place in places.split(",")]
    if points and len(set(chosen)) < len(PLACES):
        raise click.UsageError("--points compares places: add --in native,browser.")
    if unknown := [f'"{place}"' for place in chosen if place not in PLACES]:
        raise click.UsageError(f"--in takes {' and '.join(PLACES)}, not {', '.join(unknown)}.")
    notebook = sound(root_of(ctx))
    know(notebook, concepts)
    with (
        tempfile.TemporaryDirectory(prefix="conceptbook-") as folder,
        ThreadPoolExecutor(jobs) as executor,
        _progress() as progress,
    ):
        site = _site(notebook, Path(folder)) if "browser" in chosen else None
        task = progress.add_task("verify", total=None)
        found = verify(
            notebook,
            executor=executor,
            places=chosen,
            concepts=concepts or None,
            site=site,
            progress=lambda row, done, total: progress.update(
                task, completed=done, total=total, description=f"{row.concept} {row.witness}"
            ),
        )
    if style == "human":
        formats.print_human(found, Console(highlight=False), points=points)
    else:
        click.echo({"json": formats.to_json, "junit": formats.to_junit}[style](found), nl=False)
    if not found.ok:
        sys.exit(FAULTS)


def _site(notebook: LoadedNotebook, folder: Path) -> Path:
    """The notebook built for the browser, drafts too."""
    from ..build import Options, build

    site = folder / "site"
    options = Options(base_url="http://localhost/", drafts=True)
    built = build(notebook.root, site, options, progress=_say)
    if not built.report.ok:
        fail(built.report, notebook.root)
    return site


def _progress() -> Any:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


def _say(message: str) -> None:
    click.echo(message, err=True)
