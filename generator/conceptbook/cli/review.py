"""conceptbook review"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..diagnostics import EnvironmentLacks, did_you_mean
from ..load import LoadedNotebook
from . import completing
from .notebook import FAULTS, readable, root_of

if TYPE_CHECKING:
    from ..author.review import Refused
    from ..author.walk import Walk

NO_TERMINAL = (
    "the walk needs a terminal. Fill in the form on the claim's page, or write the review as YAML "
    "and run `conceptbook review CLAIM --from FILE`"
)


@click.command("review")
@click.argument("claim", required=False, shell_complete=completing.claims)
@click.option("--next", "take_next", is_flag=True, help="Take the next claim of the queue.")
@click.option("--resume", is_flag=True, help="Take up an interrupted walk.")
@click.option(
    "--reaffirm",
    is_flag=True,
    help="Renew your stale review where only code changed and every point is equal.",
)
@click.option("--by", metavar="PERSON", help="The reviewer: an id of `people` in notebook.yaml.")
@click.option(
    "--from",
    "source",
    type=click.File(encoding="utf-8"),
    help="The review as YAML, without its digest; - reads standard input.",
)
@click.option("--yes", "-y", is_flag=True, help="Write without asking.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The date of the review.")
@click.pass_context
def command(
    ctx: click.Context,
    claim: str | None,
    take_next: bool,
    resume: bool,
    reaffirm: bool,
    by: str | None,
    source: Any,
    yes: bool,
    today: datetime.datetime | None,
) -> None:
    """Hold a claim against its evidence, step by step, and record the conclusion.

    CLAIM is an id such as scaling/double-descent/pattern-in-experiments, or the path of its file.
    The review is written into that file and pinned to what was reviewed.

    \b
    Examples:
      conceptbook review scaling/double-descent/pattern-in-experiments
      conceptbook review --next
    """
    from ..author.review import Refused

    root = root_of(ctx)
    notebook = readable(root)
    date = (today or datetime.datetime.now()).date()
    try:
        if source is not None:
            walk, fields = None, _from_file(source.read(), by, date)
            name = _claim(notebook, claim or fields.pop("claim", None))
            fields.pop("claim", None)
        elif reaffirm:
            name = _claim(notebook, claim)
            walk, fields = (
                None,
                {**_reaffirmed(notebook, name, _reviewer(notebook, root, by)), "date": date},
            )
        else:
            walk, fields = _walked(notebook, date, claim, take_next, resume, by)
            name, fields["date"] = walk.claim, date
        _write(notebook, name, fields, walk, yes)
    except Refused as refused:
        _refuse(refused)


def _walked(
    notebook: LoadedNotebook,
    today: datetime.date,
    claim: str | None,
    take_next: bool,
    resume: bool,
    by: str | None,
) -> tuple[Walk, dict[str, Any]]:
    from ..author.stops import stops
    from ..author.walk import begin, kept
    from . import walking

    if not sys.stdin.isatty():
        raise click.UsageError(NO_TERMINAL)
    root, walk = notebook.root, None
    if resume:
        walk = kept(root, _claim(notebook, claim) if claim else None)
        if walk is None or walk.claim not in notebook.claims:
            raise click.UsageError("there is no interrupted walk to take up")
        walking.refresh(walk, notebook)
    if walk is None:
        reviewer = _reviewer(notebook, root, by)
        name = _next(notebook, reviewer, today) if take_next else _claim(notebook, claim)
        walk = begin(notebook.claims[name], notebook, reviewer)
    loaded = notebook.claims[walk.claim]
    walking.allowed(loaded, notebook, walk.by)
    places = stops(loaded, notebook)
    try:
        walking.go(walk, loaded, notebook, places)
    except click.Abort:
        click.echo("\ninterrupted; take it up again with `conceptbook review --resume`", err=True)
        raise
    return walk, walk.fields(places)


def _write(
    notebook: LoadedNotebook, name: str, fields: dict[str, Any], walk: Walk | None, yes: bool
) -> None:
    from ..author.review import prepare, write
    from ..author.walk import forget
    from ..evidence import assess

    prepared = prepare(notebook, name, fields)
    click.echo("\n".join(prepared.difference))
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("nothing was written: add --yes to write this")
        click.confirm("Write this review?", default=True, abort=True)
    status = assess(write(notebook, prepared))[name]
    if walk:
        forget(walk, notebook.root)
    click.echo(f"{prepared.path}: written; the claim is {status.badge}")


def _from_file(text: str, by: str | None, date: datetime.date) -> dict[str, Any]:
    """The fields of a review in YAML: a mapping, or a list of one as it stands in a claim."""
    from ..author.review import Refused
    from ..load import yaml

    document, faults = yaml.read(text, "the review")
    data = document.data if document else None
    if isinstance(data, dict) and set(data) == {"reviews"}:
        data = data["reviews"]
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    if not isinstance(data, dict):
        raise Refused(faults[0].message if faults else "the file wants one review, a mapping")
    fields = {"date": date, **{key: value for key, value in data.items() if value is not None}}
    return {**fields, "by": by} if by else fields


def _reaffirmed(notebook: LoadedNotebook, name: str, reviewer: str) -> dict[str, Any]:
    from ..author.former import newest_stale, reaffirmed
    from ..author.history import History
    from ..evidence import assess

    states = assess(notebook)[name].reviews
    stale = [s.review for s in states if s.stale]
    claim = notebook.claims[name]
    review = newest_stale(claim, notebook, reviewer, stale)
    return reaffirmed(claim, notebook, review, History.of(notebook.root))


def _claim(notebook: LoadedNotebook, name: str | None) -> str:
    if name is None:
        raise click.UsageError("which claim? Name one, or take the queue's with --next")
    bare = name.removeprefix("./").removeprefix("claims/").removesuffix(".yaml")
    if bare in notebook.claims:
        return bare
    ends = [claim for claim in notebook.claims if claim.endswith(f"/{bare}")]
    if len(ends) == 1:
        return ends[0]
    hint = f"it may be {' or '.join(ends)}" if ends else _similar(bare, notebook)
    raise click.UsageError(f'there is no claim "{name}"{f"; {hint}" if hint else ""}')


def _similar(name: str, notebook: LoadedNotebook) -> str | None:
    short = [claim.rpartition("/")[2] for claim in notebook.claims]
    return did_you_mean(name, notebook.claims if "/" in name else short)


def _next(notebook: LoadedNotebook, reviewer: str, today: datetime.date) -> str:
    from ..evidence import assess
    from ..evidence.coverage import cover

    coverage = cover(notebook, assess(notebook), today)
    queue = coverage.queue_for(reviewer, notebook)
    if not queue:
        click.echo("no claim waits for your review")
        raise click.exceptions.Exit(0)
    return queue[0].claim.id


def _reviewer(notebook: LoadedNotebook, root: Path, by: str | None) -> str:
    """The person named; else whoever of `people` git calls its user."""
    from ..author.history import History, is_person

    people = notebook.settings.people
    if by:
        return by
    try:
        user = History.of(root).user()
    except EnvironmentLacks:
        user = None
    found = [name for name, person in people.items() if user and is_person(person, user)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(people) or "nobody yet"
    raise click.UsageError(f"who reviews? Say --by PERSON; `people` of notebook.yaml has {known}")


def _refuse(refused: Refused) -> None:
    click.echo(f"not written: {refused}", err=True)
    for hint in refused.hints:
        click.echo(f"  hint: {hint}", err=True)
    if refused.block:
        click.echo(f"\nThe block to paste:\n\n{refused.block}", err=True)
    sys.exit(FAULTS)
