"""The command line: one thin file a command; each is imported only when it is called."""

from __future__ import annotations

import atexit
import errno
import gc
import sys
from importlib import import_module
from keyword import iskeyword

import click

from .. import __version__
from ..diagnostics import EnvironmentLacks, did_you_mean

COMMANDS = {
    "audit": "Show the state of the evidence, or what changed since a revision.",
    "build": "Write the site.",
    "check": "Look for faults in the author files.",
    "export": "Write concepts, the bibliography or the whole site for other programs.",
    "import": "Take sources from a bibliography, or another notebook whole.",
    "migrate": "Bring author files of an older format to the present one.",
    "new": "Make a notebook, a concept, a claim or a source.",
    "record": "Record the curves that witnesses compute, after a look at the difference.",
    "review": "Hold a claim against its evidence, step by step, and record the conclusion.",
    "runtime": "Obtain and prepare the browser's Python.",
    "schema": "Write JSON Schemas of the author files, for editors.",
    "serve": "Build, serve and rebuild on every change.",
    "verify": "Run every witness and hold it against its asserted curves.",
}
ENVIRONMENT_LACKS = 3
REFUSED = frozenset(
    {
        errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT,
        errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG,
    }
)  # fmt: skip
"""What a system says that lets nobody write, has no room, or has something else in the place."""
COLLECT_AFTER = 100_000
"""New containers before the garbage is collected."""


class _Commands(click.Group):
    """Loads a command's module when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        return import_module(f"{__name__}.{module}").command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            if hint := did_you_mean(args[0], COMMANDS):
                error.message += f" {hint[0].upper()}{hint[1:]}"
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "directory",
    default=".",
    type=click.Path(exists=True, file_okay=False),
    help="Run as if started in this folder.",
)
@click.version_option(__version__, prog_name="conceptbook")
@click.pass_context
def cli(ctx: click.Context, directory: str) -> None:
    """Build concept notebooks: every claim with its evidence, every curve with its code.

    \b
    Examples:
      conceptbook check            all faults, with file, line and hint
      conceptbook serve            build, serve, rebuild on change
      conceptbook verify scaling/double-descent

    Exit codes: 0 fine, 1 the notebook has faults, 2 wrong usage, 3 the environment lacks
    something (the message says what to run).
    """
    ctx.obj = directory


def main() -> None:
    # What imports and models leave lives to the end: looking through it again and again is a tenth
    # of a short command's time.
    gc.set_threshold(COLLECT_AFTER)
    # Another tenth at the end, when all memory goes back anyway.
    atexit.register(gc.freeze)
    try:
        cli(prog_name="conceptbook")
    except EnvironmentLacks as lack:
        click.echo(f"conceptbook: {lack}", err=True)
        sys.exit(ENVIRONMENT_LACKS)
    except OSError as error:
        if error.errno not in REFUSED:
            raise
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"conceptbook: {place}{error.strerror}", err=True)
        sys.exit(ENVIRONMENT_LACKS)
