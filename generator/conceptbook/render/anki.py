"""Practice, misconceptions and notation as cards: a text that Anki imports as it is.

Each card has a lasting id, so that importing again updates the cards and adds none twice.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterable, Iterator

from ..load import LoadedConcept, LoadedNotebook
from ..load.loaded import absolute

HEAD = (
    "#separator:tab\n#html:true\n#notetype:Basic\n"
    "#columns:guid\tdeck\tfront\tback\ttags\n#guid column:1\n#deck column:2\n#tags column:5\n"
)


def write_anki(concepts: Iterable[LoadedConcept], notebook: LoadedNotebook) -> str:
    """Tab-separated, with the header lines that Anki reads since 2.1.54."""
    out = io.StringIO()
    out.write(HEAD)
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    for concept in concepts:
        deck = f"{notebook.settings.title}::{concept.record.title}"
        for part, front, back, claim in _cards(concept):
            tags = [concept.id, *([f"claim:{absolute(claim, concept.id)}"] if claim else [])]
            writer.writerow((f"conceptbook:{concept.id}:{part}", deck, front, back, " ".join(tags)))
    return out.getvalue()


def _cards(concept: LoadedConcept) -> Iterator[tuple[str, str, str, str | None]]:
    """Part, front, back and the claim of each card."""
    record = concept.record
    for number, card in enumerate(record.practice, 1):
        hints = "".join(f"<li>{_html(hint)}</li>" for hint in card.hints)
        back = f"{_html(card.answer)}<ol>{hints}</ol>"
        yield f"practice:{card.id or number}", _html(card.prompt), back, card.claim
    for wrong in record.misconceptions:
        front = f"What is wrong here? {_html(wrong.text)}"
        yield f"misconception:{wrong.id}", front, _html(wrong.instead), wrong.claim
    for symbol in record.notation:
        unit = f" [{_html(symbol.unit)}]" if symbol.unit else ""
        front = f"{_html(record.title)}: what is {_html(symbol.symbol)}?"
        yield f"notation:{symbol.symbol}", front, _html(symbol.means) + unit, None


def _html(text: str) -> str:
    """Inline Markdown as Anki shows it: its own marks for math, links as their words."""
    escaped = html.escape(" ".join(text.split()), quote=False)
    parts = re.split(r"(\$\$?[^$]+\$\$?)", escaped)
    return "".join(_math(part) if part.startswith("$") else _words(part) for part in parts)


def _math(part: str) -> str:
    tex = part.strip("$")
    return f"\\[{tex}\\]" if part.startswith("$$") else f"\\({tex}\\)"


def _words(part: str) -> str:
    part = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", part)
    part = re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", part)
    part = re.sub(r"(?<!\w)\*([^*]+)\*(?!\w)", r"<i>\1</i>", part)
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", part)
