"""conceptbook export ipynb, markdown, json, jsonld, anki"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

from ..diagnostics import did_you_mean
from ..load import LoadedConcept, LoadedNotebook
from . import completing
from .notebook import readable, root_of

Writer = Callable[[LoadedConcept], str]
OUTPUT = click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for one file a concept; without it one CONCEPT goes to standard output.",
)


@click.command("ipynb")
@click.argument("concepts", nargs=-1, shell_complete=completing.concepts)
@OUTPUT
@click.pass_context
def ipynb(ctx: click.Context, concepts: tuple[str, ...], output: Path | None) -> None:
    """As Jupyter notebooks that run from top to bottom.

    All concepts, or those that are named.

    \b
    Example:
      conceptbook export ipynb --output notebooks
    """
    from ..author.ipynb_export import write_ipynb

    _each(ctx, concepts, output, "ipynb", lambda notebook: lambda one: write_ipynb(one, notebook))


@click.command("markdown")
@click.argument("concepts", nargs=-1, shell_complete=completing.concepts)
@OUTPUT
@click.pass_context
def markdown(ctx: click.Context, concepts: tuple[str, ...], output: Path | None) -> None:
    """As Markdown with programs, claims and works.

    All concepts, or those that are named.

    \b
    Example:
      conceptbook export markdown scaling/double-descent
    """
    from ..author.markdown_export import write_markdown

    _each(ctx, concepts, output, "md", lambda notebook: lambda one: write_markdown(one, notebook))


@click.command("json")
@click.argument("concepts", nargs=-1, shell_complete=completing.concepts)
@OUTPUT
@click.pass_context
def as_json(ctx: click.Context, concepts: tuple[str, ...], output: Path | None) -> None:
    """As JSON, with all that a page is made of.

    Record, words, programs, recorded numbers, claims with their status, works.

    \b
    Examples:
      conceptbook export json scaling/double-descent | jq .programs
      conceptbook export json --output json
    """
    from ..author.json_export import write_json
    from ..evidence import assess

    def writer(notebook: LoadedNotebook) -> Writer:
        statuses = assess(notebook)
        return lambda concept: write_json(concept, notebook, statuses)

    _each(ctx, concepts, output, "json", writer)


@click.command("jsonld")
@click.argument("concepts", nargs=-1, shell_complete=completing.concepts)
@OUTPUT
@click.option("--base-url", help="Address of the site; default that of notebook.yaml.")
@click.pass_context
def jsonld(
    ctx: click.Context, concepts: tuple[str, ...], output: Path | None, base_url: str | None
) -> None:
    """As JSON-LD in the words of schema.org.

    Each concept with its claims, reviews and works.

    \b
    Example:
      conceptbook export jsonld --output linked --base-url https://me.github.io/notes/
    """
    from ..evidence import assess
    from ..render.linked_data import linked_data

    def writer(notebook: LoadedNotebook) -> Writer:
        data = linked_data(notebook, assess(notebook), base_url or notebook.settings.base_url)
        return lambda one: json.dumps(data.whole(one), indent=1, ensure_ascii=False) + "\n"

    _each(ctx, concepts, output, "jsonld", writer)


@click.command("anki")
@click.argument("concepts", nargs=-1, shell_complete=completing.concepts)
@click.pass_context
def anki(ctx: click.Context, concepts: tuple[str, ...]) -> None:
    """As cards for Anki, on standard output.

    Practice, misconceptions and notation.

    \b
    Example:
      conceptbook export anki > cards.txt      then File → Import in Anki
    """
    from ..render.anki import write_anki

    notebook = readable(root_of(ctx))
    click.echo(write_anki(_chosen(notebook, concepts), notebook), nl=False)


def _each(
    ctx: click.Context,
    concepts: tuple[str, ...],
    output: Path | None,
    suffix: str,
    writer: Callable[[LoadedNotebook], Writer],
) -> None:
    notebook = readable(root_of(ctx))
    write = writer(notebook)
    chosen = _chosen(notebook, concepts)
    if output is None and len(chosen) != 1:
        raise click.UsageError("name one concept, or a folder with --output")
    for concept in chosen:
        text = write(concept)
        if output is None:
            click.echo(text, nl=False)
            return
        path = output / f"{concept.id}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"wrote {path}")


def _chosen(notebook: LoadedNotebook, names: tuple[str, ...]) -> list[LoadedConcept]:
    """The concepts named; else all but drafts and retired ones."""
    for name in names:
        if name not in notebook.concepts:
            hint = did_you_mean(name, notebook.concepts)
            raise click.UsageError(f'there is no concept "{name}"{f"; {hint}" if hint else ""}')
    if names:
        return [notebook.concepts[name] for name in names]
    return [
        concept
        for concept in notebook.concepts.values()
        if concept.record.status not in {"draft", "retired"}
    ]
