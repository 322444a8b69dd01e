"""conceptbook new"""

from __future__ import annotations

from pathlib import Path

import click

from . import making, new_evidence
from .notebook import readable, root_of


@click.group("new")
def command() -> None:
    """Make a notebook, a concept, a claim or a source.

    What no flag says is asked for, where there is a terminal. Nothing is ever overwritten.

    \b
    Examples:
      conceptbook new notebook my-notes
      conceptbook new concept series/geometric
      conceptbook new source rudin-1976-analysis
      conceptbook new claim series/geometric/limit
    """


@command.command("notebook")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", help="Name of the notebook; default the folder's.")
@click.option("--author", help="Your name, as it is printed.")
@click.pass_context
def notebook(ctx: click.Context, folder: Path, title: str | None, author: str | None) -> None:
    """A small complete notebook in FOLDER.

    It has one concept with its recorded curve.

    \b
    Example:
      conceptbook new notebook my-notes --title "My notes" --author "Ada Byron"
    """
    from ..author.new import notebook_files
    from ..author.schemas import write_schemas

    root = Path(ctx.obj, folder).resolve()
    words = root.name.replace("-", " ").replace("_", " ").strip().capitalize()
    title = making.asked(title, "--title", "Title", words)
    author = making.asked(author, "--author", "Author", "The author")
    making.write(root, notebook_files(title, author))
    write_schemas(root)
    for concept in readable(root).concepts:
        making.record(root, concept)
    making.finish(root, ())
    click.echo(f"{folder} is a notebook now; look at it with:\n  cd {folder}\n  conceptbook serve")


@command.command("concept")
@click.argument("concept", required=False)
@click.option("--title", help="Heading of the page.")
@click.option("--summary", help="One or two sentences.")
@click.option("--bare", is_flag=True, help="Without a program: only the record and the words.")
@click.pass_context
def concept(
    ctx: click.Context, concept: str | None, title: str | None, summary: str | None, bare: bool
) -> None:
    """A draft with a program and its recorded curve.

    CONCEPT is domain/concept.

    \b
    Example:
      conceptbook new concept series/geometric --title "The geometric series"
    """
    from ..author.new import NotMade, concept_files

    root = root_of(ctx)
    loaded = readable(root)
    concept = making.asked(
        concept, "CONCEPT", "Concept, as domain/concept", check=making.well_formed(2)
    )
    title = making.asked(
        title, "--title", "Title", concept.split("/")[1].replace("-", " ").capitalize()
    )
    summary = making.asked(
        summary, "--summary", "Summary", "What this page is about, in one sentence."
    )
    try:
        files = concept_files(loaded, concept, title, summary, bare=bare)
    except NotMade as reason:
        raise click.ClickException(str(reason)) from reason
    making.write(root, files, changed=("notebook.yaml",))
    if not bare:
        making.record(root, concept)
    making.finish(root, files)


command.add_command(new_evidence.claim)
command.add_command(new_evidence.source)
