"""conceptbook import"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

import click

from .import_notebook import continuous_function
from .notebook import FAULTS, readable, root_of

if TYPE_CHECKING:
    from ..author.bibliography import Addition
    from ..bibliography.csl_reader import Reading


@click.group("import")
def command() -> None:
    """Take sources from a bibliography, or the whole of a notebook of another format.

    \b
    Examples:
      conceptbook import bibtex sources.bib --dry-run
      conceptbook import csl sources.json
    """


command.add_command(continuous_function)


@command.command("bibtex")
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@click.option("--dry-run", is_flag=True, help="Say what would be added, and write nothing.")
@click.pass_context
def bibtex(ctx: click.Context, file: TextIO, dry_run: bool) -> None:
    """From BibTeX or BibLaTeX.

    FILE may be - for standard input.

    \b
    Examples:
      conceptbook import bibtex sources.bib
    """
    from ..bibliography.bibtex_reader import read_bibtex

    _take(ctx, file.read(), read_bibtex, dry_run)


@command.command("csl")
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@click.option("--dry-run", is_flag=True, help="Say what would be added, and write nothing.")
@click.pass_context
def csl(ctx: click.Context, file: TextIO, dry_run: bool) -> None:
    """From CSL as JSON or YAML, such as Zotero's.

    FILE may be - for standard input.

    \b
    Examples:
      conceptbook import csl zotero.json
    """
    from ..bibliography.csl_reader import read_csl

    _take(ctx, file.read(), read_csl, dry_run)


def _take(ctx: click.Context, text: str, read, dry_run: bool) -> None:  # type: ignore[no-untyped-def]
    from ..author.bibliography import NotAdded, add, plan
    from ..bibliography.csl_reader import Unreadable

    notebook = readable(root_of(ctx))
    try:
        reading: Reading = read(text)
        addition = plan(notebook, reading)
        if addition.items and not dry_run:
            add(notebook, addition)
    except (Unreadable, NotAdded) as reason:
        click.echo(f"nothing was added: {reason}", err=True)
        sys.exit(FAULTS)
    _tell(addition, dry_run)


def _tell(addition: Addition, dry_run: bool) -> None:
    for key, words in addition.lost:
        click.echo(f"{key}: {words}", err=True)
    for key, new in addition.renamed:
        click.echo(f'{key}: another work has this key; it is "{new}" now', err=True)
    for key, known, what in addition.duplicates:
        click.echo(f'{key}: is "{known}" already (same {what})', err=True)
    count = len(addition.items)
    would = "would be added" if dry_run else "added"
    click.echo(f"{count} source{'s' if count != 1 else ''} {would}")
