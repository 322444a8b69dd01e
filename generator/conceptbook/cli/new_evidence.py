"""conceptbook new claim, conceptbook new source"""

from __future__ import annotations

from typing import Any

import click

from ..load import LoadedNotebook
from . import making
from .notebook import readable, root_of

KINDS = ["empirical", "theorem", "definition", "computation", "record", "guidance", "conjecture"]
STANCES = ["supports", "qualifies", "contradicts", "background"]
SCOPED = {"empirical", "theorem", "computation", "guidance"}


@click.command("claim")
@click.argument("claim")
@click.option("--statement", help="One sentence that somebody can check.")
@click.option("--kind", type=click.Choice(KINDS), help="What it is; decides what grounds it.")
@click.option("--scope", help="Where it is meant to hold.")
@click.option("--source", help="Citation key of the work that bears on it.")
@click.option("--stance", type=click.Choice(STANCES), default="supports", show_default=True)
@click.option("--locator", help="The place in the source: page, figure, theorem.")
@click.option("--curve", help="A curve of the concept that shows it.")
@click.option("--shows", help="What the curve shows.")
@click.pass_context
def claim(ctx: click.Context, claim: str, **given: Any) -> None:
    """One sentence with its evidence; CLAIM is domain/concept/claim.

    \b
    Example:
      conceptbook new claim series/geometric/limit --kind theorem \\
        --source rudin-1976-analysis --locator "Theorem 3.26"
    """
    from ..author.new import NotMade, claim_files

    root = root_of(ctx)
    making.well_formed(claim, 3, "domain/concept/claim, lower case words joined by hyphens")
    loaded = readable(root)
    making.known(claim.rpartition("/")[0], loaded.concepts, "concept")
    try:
        files = claim_files(loaded, claim, _claim_fields(loaded, given))
    except NotMade as reason:
        raise click.ClickException(str(reason)) from reason
    before = {name: loaded.texts[name] for name in files if name in loaded.texts}
    making.write_sound(root, files, before)


@click.command("source")
@click.argument("key")
@click.option("--type", "kind", help="CSL type, such as article-journal, book or webpage.")
@click.option("--title", help="Title of the work.")
@click.option("--author", "authors", multiple=True, help='"Family, Given"; once for each.')
@click.option("--issued", help="Year, year-month or year-month-day.")
@click.option("--container", help="Journal, proceedings or book that it stands in.")
@click.option("--publisher")
@click.option("--edition")
@click.option("--doi", help="Without https://doi.org/.")
@click.option("--isbn")
@click.option("--url")
@click.option("--arxiv", help="Number at arXiv, such as 1812.11118.")
@click.option("--accessed", help="Day that a web page was looked at.")
@click.pass_context
def source(ctx: click.Context, key: str, **given: Any) -> None:
    """A work of the bibliography; KEY is its citation key.

    `conceptbook import bibtex FILE` takes many at once.

    \b
    Example:
      conceptbook new source rudin-1976-analysis --type book --author "Rudin, Walter" \\
        --title "Principles of Mathematical Analysis" --issued 1976 --isbn 978-0-07-054235-8
    """
    from ..author.bibliography import NotAdded, add, plan
    from ..bibliography.csl_reader import Reading, take

    root = root_of(ctx)
    loaded = readable(root)
    if key in loaded.sources:
        raise click.ClickException(f'there is a source "{key}" already')
    reading = Reading()
    take(reading, {"id": key, **_source_fields(given)})
    if reading.lost:
        raise click.UsageError("; ".join(words for _, words in reading.lost))
    addition = plan(loaded, reading)
    for _, known, what in addition.duplicates:
        raise click.ClickException(f'that work is "{known}" already (same {what})')
    try:
        add(loaded, addition)
    except NotAdded as reason:
        raise click.ClickException(str(reason)) from reason
    click.echo("wrote claims/sources.yaml")
    making.finish(root)


def _claim_fields(loaded: LoadedNotebook, given: dict[str, Any]) -> dict[str, Any]:
    statement = making.asked(given["statement"], "--statement", "Statement, one sentence")
    kind = making.asked(given["kind"], "--kind", "Kind", type=click.Choice(KINDS))
    scope = given["scope"]
    if scope is None and kind in SCOPED:
        scope = making.asked(None, "--scope", "Where is it meant to hold")
    curve, source = given["curve"], given["source"]
    if kind == "computation":
        curve = making.asked(curve, "--curve", "Curve that shows it")
    elif source is None:
        known = ", ".join(loaded.sources) or "none yet; `conceptbook new source` makes one"
        source = making.asked(None, "--source", f"Source ({known})")
    if source:
        making.known(source, loaded.sources, "source")
    place = None
    if source and given["stance"] in {"supports", "qualifies"}:
        place = making.asked(given["locator"], "--locator", "Place in the source")
    evidence = {"source": source, "stance": given["stance"], "locator": place or given["locator"]}
    return {
        "statement": statement,
        "kind": kind,
        "scope": scope,
        "evidence": [evidence] if source else [],
        "witnesses": [{"id": curve, "shows": given["shows"]}] if curve else [],
    }


def _source_fields(given: dict[str, Any]) -> dict[str, Any]:
    title = making.asked(given["title"], "--title", "Title")
    kind = making.asked(given["kind"], "--type", "CSL type", "article-journal")
    authors = given["authors"] or tuple(
        making.asked(None, "--author", 'Authors, "Family, Given", with ; between', "").split(";")
    )
    names = [name for name in map(str.strip, authors) if name]
    arxiv = given["arxiv"]
    fields = {
        "type": kind,
        "title": title,
        "author": [_name(name) for name in names],
        "issued": making.asked(given["issued"], "--issued", "Year", ""),
        "container-title": given["container"],
        "publisher": given["publisher"],
        "edition": given["edition"],
        "DOI": given["doi"]
        or (making.asked(None, "--doi", "DOI", "") if not _found(given) else None),
        "ISBN": given["isbn"],
        "URL": given["url"] or (f"https://arxiv.org/abs/{arxiv}" if arxiv else None),
        "archive": "arXiv" if arxiv else None,
        "archive_location": arxiv,
        "accessed": given["accessed"],
    }
    return {name: value for name, value in fields.items() if value}


def _found(given: dict[str, Any]) -> bool:
    return any(given[name] for name in ("isbn", "url", "arxiv"))


def _name(words: str) -> dict[str, str]:
    family, comma, rest = words.partition(",")
    if not comma:
        return {"literal": words}
    return {"family": family.strip(), "given": rest.strip()}
