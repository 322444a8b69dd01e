"""conceptbook schema"""

from __future__ import annotations

import click

from .notebook import root_of


@click.command("schema")
@click.argument("name", required=False)
@click.option("--write", is_flag=True, help="Write all of them into .conceptbook/schema/.")
@click.pass_context
def command(ctx: click.Context, name: str | None, write: bool) -> None:
    """JSON Schemas (draft-07) of the author files: notebook, concept, claim, sources.

    With them an editor completes keys, shows what each means and underlines what is wrong.

    \b
    Examples:
      conceptbook schema --write      for the settings in .vscode/settings.json
      conceptbook schema concept      on standard output
    """
    from ..author.schemas import schema_text, write_schemas
    from ..model.json_schema import FILES

    if bool(name) == write:
        raise click.UsageError("name one schema, or say --write for all")
    if write:
        for path in write_schemas(root_of(ctx)):
            click.echo(f"wrote {path}")
        return
    if name not in FILES:
        raise click.UsageError(f'there is no schema "{name}"; there are {", ".join(FILES)}')
    click.echo(schema_text(name), nl=False)
