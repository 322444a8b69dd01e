"""conceptbook verify"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import click

from . import completing

if TYPE_CHECKING:
    from ..load import LoadedNotebook
    from ..witness.nursery import Nursery
    from ..witness.verify import VerifyReport


@click.command("verify")
@click.argument("concepts", nargs=-1, shell_complete=completing.concepts)
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

    Where CONCEPTS are named, only what their programs need is read, and no fault elsewhere hinders.

    \b
    Examples:
      conceptbook verify
      conceptbook verify scaling/double-descent --in native,browser --points
      conceptbook verify --format junit > verify.xml
    """
    from ..witness.native import nursery

    chosen = [place.strip() for place in places.split(",")]
    # It comes up while the rest of this program is imported.
    with nursery() if "native" in chosen else nullcontext() as home:
        found = _found(ctx, concepts, chosen, home, jobs=jobs, points=points)
        _show(found, style, points)


def _found(
    ctx: click.Context,
    concepts: tuple[str, ...],
    chosen: list[Any],
    home: Nursery | None,
    *,
    jobs: int,
    points: bool,
) -> VerifyReport:
    from concurrent.futures import ThreadPoolExecutor

    from ..witness.row import PLACES
    from ..witness.verify import verify
    from .notebook import root_of, runnable

    if points and len(set(chosen)) < len(PLACES):
        raise click.UsageError("--points compares places: add --in native,browser.")
    if unknown := [f'"{place}"' for place in chosen if place not in PLACES]:
        raise click.UsageError(f"--in takes {' and '.join(PLACES)}, not {', '.join(unknown)}.")
    notebook = runnable(root_of(ctx), concepts, checked=True)
    with (
        tempfile.TemporaryDirectory(prefix="conceptbook-") as folder,
        ThreadPoolExecutor(jobs) as executor,
        _progress() as progress,
    ):
        # What shows the result is loaded while the programs run.
        Thread(target=import_module, args=("conceptbook.witness.report",)).start()
        return verify(
            notebook,
            executor=executor,
            places=chosen,
            concepts=concepts or None,
            site=_site(notebook, Path(folder)) if "browser" in chosen else None,
            progress=progress,
            nursery=home,
        )


def _show(found: VerifyReport, style: str, points: bool) -> None:
    from rich.console import Console

    from ..witness import report as formats
    from .notebook import FAULTS

    if style == "human":
        formats.print_human(found, Console(highlight=False), points=points)
    else:
        click.echo({"json": formats.to_json, "junit": formats.to_junit}[style](found), nl=False)
    if not found.ok:
        sys.exit(FAULTS)


def _site(notebook: LoadedNotebook, folder: Path) -> Path:
    """The notebook built for the browser, drafts too."""
    from ..build import Options, build
    from .notebook import fail

    site = folder / "site"
    options = Options(base_url="http://localhost/", drafts=True)
    built = build(notebook.root, site, options, progress=_say)
    if not built.report.ok:
        fail(built.report, notebook.root)
    return site


@contextmanager
def _progress() -> Iterator[Callable[..., None] | None]:
    """A bar for whoever looks at a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("verify", total=None)
        yield lambda row, done, total: bar.update(
            task, completed=done, total=total, description=f"{row.concept} {row.witness}"
        )


def _say(message: str) -> None:
    click.echo(message, err=True)
