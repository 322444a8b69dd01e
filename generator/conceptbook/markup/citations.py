"""The grammar of citations: `[see @key, fig. 1; @other]` and `@key [p. 2]`."""

from __future__ import annotations

import re
from dataclasses import dataclass

KEY = r"[^\W_](?:[\w:.+\-]*[\w+])?"
BRACKET = re.compile(r"\[([^\[\]]{0,2000})\](?!\()")
MENTION = re.compile(rf"(?<![\w\\])@({KEY})")
NARRATIVE = re.compile(rf"@({KEY})(?:[ \n]\[([^\[\]@]{{0,500}})\](?!\())?")
UNCLOSED = re.compile(rf"\[(?:(?:see|cf\.)\s+)?@{KEY}")
_ITEM = re.compile(rf"\s*(?P<prefix>[^@]*?)\s*@(?P<key>{KEY})(?P<rest>[^@]*)\Z", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """One item of a citation, at an offset of the block's text."""

    key: str
    prefix: str
    locator: str
    offset: int


def parts(content: str, offset: int) -> tuple[list[Part], list[tuple[int, str]]]:
    """The items between a citation's brackets, and its faults as (offset, message)."""
    items: list[Part] = []
    faults: list[tuple[int, str]] = []
    for piece in content.split(";"):
        item, fault = _part(piece, offset)
        if item:
            items.append(item)
        else:
            faults.append((offset + len(piece) - len(piece.lstrip()), fault))
        offset += len(piece) + 1
    return items, faults


def _part(piece: str, offset: int) -> tuple[Part | None, str]:
    match = _ITEM.match(piece)
    if not match:
        if len(MENTION.findall(piece)) > 1:
            return None, "two sources stand without `;` between them"
        return None, f'"{squeeze(piece)}" names no source'
    rest = match["rest"].strip()
    if rest and not rest.startswith(","):
        return None, f'a comma is wanted between "@{match["key"]}" and "{squeeze(rest)}"'
    place = offset + match.start("key") - 1
    return Part(match["key"], squeeze(match["prefix"]), squeeze(rest[1:]), place), ""


def squeeze(text: str) -> str:
    """The text on one line, its white space folded."""
    return " ".join(text.split())
