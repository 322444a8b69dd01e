"""conceptbook export"""

from __future__ import annotations

import click

from ..load import LoadedNotebook
from ..model import Source
from . import export_concepts, export_site
from .notebook import readable, root_of


@click.group("export")
def command() -> None:
    """Write concepts, cards, the bibliography or the whole site for other programs.

    \b
    Examples:
      conceptbook export ipynb --output notebooks
      conceptbook export site my-notes.zip
    """


@command.command("bibtex")
@click.argument("keys", nargs=-1)
@click.pass_context
def bibtex(ctx: click.Context, keys: tuple[str, ...]) -> None:
    """As BibLaTeX: every source, or those with the KEYS.

    \b
    Example:
      conceptbook export bibtex > sources.bib
    """
    from ..bibliography.biblatex import write_biblatex

    click.echo(write_biblatex(_chosen(readable(root_of(ctx)), keys)), nl=False)


@command.command("csl")
@click.argument("keys", nargs=-1)
@click.pass_context
def csl(ctx: click.Context, keys: tuple[str, ...]) -> None:
    """As CSL JSON: every source, or those with the KEYS.

    \b
    Example:
      conceptbook export csl belkin-2018-bias-variance
    """
    from ..bibliography.csl import write_csl

    click.echo(write_csl(_chosen(readable(root_of(ctx)), keys)), nl=False)


def _chosen(notebook: LoadedNotebook, keys: tuple[str, ...]) -> list[Source]:
    from ..diagnostics import did_you_mean

    for key in keys:
        if key not in notebook.sources:
            hint = did_you_mean(key, notebook.sources)
            raise click.UsageError(f'there is no source "{key}"{f"; {hint}" if hint else ""}')
    names = keys or tuple(notebook.sources)
    return [notebook.sources[name].record for name in names]


for part in (
    export_concepts.ipynb,
    export_concepts.markdown,
    export_concepts.as_json,
    export_concepts.jsonld,
    export_concepts.anki,
    export_site.site,
):
    command.add_command(part)
