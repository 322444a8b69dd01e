"""The audit walk at the terminal: one piece of evidence at a time."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Mapping

import click

from ..author.former import changed_lines, former
from ..author.history import History, UnknownRevision
from ..author.review import Refused, permit
from ..author.stops import Stop
from ..author.walk import Walk, keep, outdated
from ..diagnostics import EnvironmentLacks
from ..evidence import assess
from ..evidence.identity import claim_digest, claim_parts
from ..evidence.vocabulary import CONCLUDES, FOUND, OPENED
from ..load import LoadedClaim, LoadedNotebook

SUMMARY = """

# What did you compare with what? At least 40 characters.
# Lines that begin with # are left out. An empty text gives up.
"""


def allowed(claim: LoadedClaim, notebook: LoadedNotebook, by: str) -> None:
    """Refuses before the walk begins what would be refused at its end. Raises Refused."""
    permit(claim, notebook, by)


def refresh(walk: Walk, notebook: LoadedNotebook) -> None:
    """Throws away answers about a claim that changed since they were given."""
    now = claim_digest(notebook.claims[walk.claim], notebook) or {}
    changed = outdated(walk, now)
    if changed:
        click.echo(f"the claim changed since ({', '.join(changed)}): the walk begins anew")
        walk.digest, walk.checks, walk.conclusion = now, {}, None


def go(walk: Walk, claim: LoadedClaim, notebook: LoadedNotebook, stops: tuple[Stop, ...]) -> None:
    """Ask everything that is not answered yet; every answer is kept at once."""
    keep(walk, notebook.root)
    _show_claim(claim, notebook)
    for number, stop in enumerate(stops, 1):
        if stop.key not in walk.checks:
            walk.checks[stop.key] = _check(stop, f"{number} of {len(stops)}")
            keep(walk, notebook.root)
    if walk.conclusion is None:
        proposal = walk.proposed(stops, caveats=bool(claim.record.caveats))
        click.echo()
        walk.conclusion = _choice("Conclusion", CONCLUDES, proposal)
        keep(walk, notebook.root)
    if walk.summary is None:
        walk.summary = _summary()
        keep(walk, notebook.root)
    if walk.interests is None:
        walk.interests = click.prompt("Competing interests", default="none declared")
        keep(walk, notebook.root)


def _show_claim(claim: LoadedClaim, notebook: LoadedNotebook) -> None:
    record = claim.record
    click.secho(claim.id, bold=True)
    _paragraph("Statement", record.statement)
    _paragraph("Scope", record.scope or "(none)")
    for caveat in record.caveats:
        _paragraph("Caveat", caveat)
    for base in claim.related("rests_on"):
        if base in notebook.claims:
            _paragraph("Rests on", f"{notebook.claims[base].record.statement} ({base})")
    for state in assess(notebook)[claim.id].reviews:
        if state.stale:
            click.echo(f"\nThe review of {state.name} ({state.review.date}) is stale.")
            _show_changes(claim, notebook, state.index)


def _show_changes(claim: LoadedClaim, notebook: LoadedNotebook, index: int) -> None:
    """The words of the difference, where git still has what was reviewed."""
    try:
        was = former(claim, notebook, claim.record.reviews[index], History.of(notebook.root))
    except (EnvironmentLacks, UnknownRevision):
        return
    if was:
        click.echo(f"Since {was.commit[:10]}:")
        for line in changed_lines(was.parts, claim_parts(claim, notebook)):
            click.echo(f"  {line}")


def _check(stop: Stop, count: str) -> dict[str, str]:
    click.echo()
    click.secho(f"{count}: {stop.title} ({stop.stance})", bold=True)
    for line in stop.lines:
        click.echo(
            textwrap.fill(
                line,
                88,
                initial_indent="  ",
                subsequent_indent="  ",
                break_long_words=False,
                break_on_hyphens=False,
            )
        )
    access = _choice("What did you open", OPENED, None)
    finding = "not-checked"
    if access != "none":
        finding = _choice("What does it say", FOUND, None)
    note = click.prompt("Note", default="", show_default=False)
    return {"access": access, "finding": finding, **({"note": note.strip()} if note else {})}


def _choice(question: str, meanings: Mapping[str, str], default: str | None) -> str:
    """One of some words, or its number, or the beginning of one."""
    choices, width = list(meanings), max(map(len, meanings))
    for number, choice in enumerate(choices, 1):
        click.echo(f"  {number} {choice:{width}}  {meanings[choice]}")
    while True:
        answer = click.prompt(question, default=default).strip()
        if answer.isdigit() and 0 < int(answer) <= len(choices):
            return choices[int(answer) - 1]
        begun = [choice for choice in choices if choice.startswith(answer)]
        if answer in choices or len(begun) == 1:
            return answer if answer in choices else begun[0]
        click.echo(f"one of {', '.join(choices)}")


def _summary() -> str:
    """From the editor that the reviewer has named; else at the prompt."""
    text: str | None = None
    if any(os.environ.get(name) for name in ("VISUAL", "EDITOR")):
        text = click.edit(SUMMARY, extension=".md")
    else:
        text = click.prompt("Summary: what did you compare with what (at least 40 characters)")
    lines = [line for line in (text or "").splitlines() if not line.startswith("#")]
    summary = "\n".join(lines).strip()
    while len(" ".join(summary.split())) < 40:
        if not summary:
            raise Refused("no summary was given", "take the walk up again with --resume")
        click.echo("a summary has at least 40 characters: what was compared with what?")
        summary = click.prompt("Summary").strip()
    return summary


def _paragraph(label: str, words: str) -> None:
    click.echo(
        textwrap.fill(
            " ".join(words.split()), 88, initial_indent=f"{label}: ", subsequent_indent="  "
        )
    )
