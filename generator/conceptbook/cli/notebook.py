"""What every command needs: the notebook around the working folder, and its report printed."""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ..diagnostics import Report, did_you_mean
from ..diagnostics.catalogue.fields import NEWER_FORMAT
from ..diagnostics.data import to_json
from ..load import LoadedNotebook, find_root, load, load_concepts
from .working import working

if TYPE_CHECKING:
    from ..diagnostics.human import Lines

FAULTS, WRONG_USE = 1, 2


def root_of(ctx: click.Context) -> Path:
    """The notebook's root: the folder with notebook.yaml, here or above."""
    start = Path(ctx.obj).resolve()
    root = find_root(start)
    if root is None:
        raise click.UsageError(
            f"there is no notebook.yaml in {start} or a folder above. "
            "Run the command inside a notebook, or name one with -C."
        )
    return root


def read(root: Path) -> tuple[LoadedNotebook | None, Report]:
    """Load and check."""
    from ..check import check

    notebook, report = load(root)
    if notebook is not None:
        report.extend(check(notebook))
    return notebook, report


def readable(root: Path) -> LoadedNotebook:
    """The notebook when every file of it can be read, whatever `check` would say of it."""
    with working("reading"):
        notebook, report = load(root)
    if notebook is None or not report.ok:
        fail(report, root)
    return notebook


def runnable(root: Path, concepts: tuple[str, ...], *, checked: bool) -> LoadedNotebook:
    """The notebook, or some concepts of it, to run programs; faults end the command.

    Where concepts are named, nothing else is read, and no fault elsewhere counts. `checked` tells
    whether `check` has a say, too.
    """
    with working("reading"):
        if concepts:
            notebook, report = load_concepts(root, concepts)
        else:
            notebook, report = read(root) if checked else load(root)
        if concepts and checked and notebook is not None:
            from ..check import check_runs

            report.extend(check_runs(notebook))
    known = {*notebook.concepts, *notebook.broken} if notebook else set(concepts)
    if not known.issuperset(concepts):
        know(readable(root), concepts)
    if notebook is None or not report.ok:
        fail(report, root)
    return notebook


def know(notebook: LoadedNotebook, concepts: tuple[str, ...]) -> None:
    """Raises UsageError for a concept that the notebook does not have."""
    for name in concepts:
        if name not in notebook.concepts:
            hint = did_you_mean(name, notebook.concepts)
            raise click.UsageError(f'there is no concept "{name}"{f"; {hint}" if hint else "."}')


def fail(report: Report, root: Path) -> NoReturn:
    """Print the report and end the command with its exit code."""
    show(report, root)
    sys.exit(exit_code(report))


def exit_code(report: Report) -> int:
    """Of a report with faults; a newer format is no fault of the notebook, but the wrong tool."""
    return WRONG_USE if any(fault.rule is NEWER_FORMAT for fault in report) else FAULTS


def show(report: Report, root: Path, style: str = "human") -> None:
    """Print a report: for people, one line each, as JSON, SARIF or GitHub annotations."""
    # Rich is not needed by a command that finds nothing wrong.
    from ..diagnostics.human import encodable, print_human, short, summary

    if style == "json":
        click.echo(encodable(json.dumps(to_json(report), indent=2, ensure_ascii=False)))
    elif style == "short":
        for diagnostic in report:
            click.echo(short(diagnostic))
        click.echo(summary(report), err=True)
    elif style == "sarif":
        from ..audit.sarif import to_sarif

        log = to_sarif(report, lines_of(root), prefix=repository_prefix(root))
        click.echo(encodable(json.dumps(log, indent=2, ensure_ascii=False)))
    elif style == "github":
        from ..audit.annotations import annotations

        for line in annotations(report, prefix=repository_prefix(root)):
            click.echo(encodable(line))
    else:
        from rich.console import Console

        print_human(report, lines_of(root), Console(highlight=False))


def lines_of(root: Path) -> Lines:
    """The lines of a file of the notebook; none where it is no text, or lies elsewhere."""
    home = root.resolve()

    @cache
    def lines(path: str) -> list[str]:
        file = root / path
        try:
            if not (file.is_file() and file.resolve().is_relative_to(home)):
                return []
            return file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return []

    return lines


def repository_prefix(root: Path) -> str:
    """The way from the repository's root to the notebook, "" or "docs/notebook/"; "" without one.

    Found by the `.git` in a folder above: GitHub wants paths from there.
    """
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            way = root.relative_to(folder).as_posix()
            return "" if way == "." else f"{way}/"
    return ""
