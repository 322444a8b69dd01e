"""conceptbook new claim, conceptbook new source"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import click

from ..load import LoadedConcept, LoadedNotebook
from ..load.sources import PATH
from . import making
from .notebook import readable, root_of

KINDS = ["empirical", "theorem", "definition", "computation", "record", "guidance", "conjecture"]
STANCES = ["supports", "qualifies", "contradicts", "background"]
MOST = 6
"""A question names so many to choose from."""
SCOPED = {"empirical", "theorem", "computation", "guidance"}


@click.command("claim")
@click.argument("claim", required=False)
@click.option("--statement", help="One sentence that somebody can check.")
@click.option("--kind", type=click.Choice(KINDS), help="What it is; decides what grounds it.")
@click.option("--scope", help="Where it is meant to hold.")
@click.option("--source", help="Citation key of the work that bears on it.")
@click.option("--stance", type=click.Choice(STANCES), default="supports", show_default=True)
@click.option("--locator", help="The place in the source: page, figure, theorem.")
@click.option("--curve", help="A curve of the concept that shows it.")
@click.option("--shows", help="What the curve shows.")
@click.pass_context
def claim(ctx: click.Context, claim: str | None, **given: Any) -> None:
    """One sentence with its evidence.

    CLAIM is domain/concept/claim.

    \b
    Example:
      conceptbook new claim series/geometric/limit --kind theorem \\
        --source rudin-1976-analysis --locator "Theorem 3.26"
    """
    from ..author.new import NotMade, claim_files

    root = root_of(ctx)
    loaded = readable(root)

    def of_a_concept(name: str) -> None:
        making.well_formed(3)(name)
        making.known(loaded.concepts, "concept")(name.rpartition("/")[0])

    claim = making.asked(claim, "CLAIM", "Claim, as domain/concept/claim", check=of_a_concept)
    concept = loaded.concepts[claim.rpartition("/")[0]]
    try:
        files = claim_files(loaded, claim, _claim_fields(loaded, concept, given))
    except NotMade as reason:
        raise click.ClickException(str(reason)) from reason
    before = {name: loaded.texts[name] for name in files if name in loaded.texts}
    making.write_sound(root, files, before)


@click.command("source")
@click.argument("key", required=False)
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
def source(ctx: click.Context, key: str | None, **given: Any) -> None:
    """A work of the bibliography.

    KEY is its citation key.

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

    def is_new(name: str) -> None:
        if name in loaded.sources:
            raise click.UsageError(f'there is a source "{name}" already')

    key = making.asked(key, "KEY", "Citation key, such as rudin-1976-analysis", check=is_new)
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
    click.echo(f"wrote {PATH}")
    making.finish(root, [PATH])


def _claim_fields(
    loaded: LoadedNotebook, concept: LoadedConcept, given: dict[str, Any]
) -> dict[str, Any]:
    statement = making.asked(given["statement"], "--statement", "Statement, one sentence")
    kind = making.asked(given["kind"], "--kind", "Kind", type=click.Choice(KINDS))
    scope = given["scope"]
    if scope is None and kind in SCOPED:
        scope = making.asked(None, "--scope", "Where is it meant to hold")
    curve, source, shows = given["curve"], given["source"], given["shows"]
    if kind == "computation" or curve is not None:
        curves = [curve.id for one in concept.record.witnesses for curve in one.curves]
        words, there = f"Curve that shows it ({_some(curves)})", making.known(curves, "curve")
        curve = making.asked(curve, "--curve", words, check=there)
        shows = making.asked(shows, "--shows", "What the curve shows")
    if kind != "computation" or source is not None:
        words, there = f"Source ({_some(loaded.sources)})", making.known(loaded.sources, "source")
        source = making.asked(source, "--source", words, check=there)
    place = None
    if source and given["stance"] in {"supports", "qualifies"}:
        place = making.asked(given["locator"], "--locator", "Place in the source")
    evidence = {"source": source, "stance": given["stance"], "locator": place or given["locator"]}
    return {
        "statement": statement,
        "kind": kind,
        "scope": scope,
        "evidence": [evidence] if source else [],
        "witnesses": [{"id": curve, "shows": shows}] if curve else [],
    }


def _some(names: Iterable[str]) -> str:
    """Some of the names, to choose from."""
    there = list(names)
    if not there:
        return "none yet"
    return ", ".join(there[:MOST]) + (f", … {len(there)} in all" if len(there) > MOST else "")


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
        "DOI": given["doi"],
        "ISBN": given["isbn"],
        "URL": given["url"] or (f"https://arxiv.org/abs/{arxiv}" if arxiv else None),
        "archive": "arXiv" if arxiv else None,
        "archive_location": arxiv,
        "accessed": given["accessed"],
    }
    if not any(given[name] for name in ("doi", "isbn", "url", "arxiv")):
        place = making.asked(None, "--doi", "DOI, ISBN or web address", "").strip()
        fields[_kind_of_place(place)] = place
    return {name: value for name, value in fields.items() if value}


def _kind_of_place(words: str) -> str:
    """The field that a DOI, an ISBN or an address belongs into."""
    if words.startswith(("http://", "https://")) and "doi.org/" not in words:
        return "URL"
    return "ISBN" if re.fullmatch(r"[\d -]{9,16}[\dXx]", words) else "DOI"


def _name(words: str) -> dict[str, str]:
    family, comma, rest = words.partition(",")
    if not comma:
        return {"literal": words}
    return {"family": family.strip(), "given": rest.strip()}
