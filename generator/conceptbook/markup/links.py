"""The grammar of links: objects of the notebook and the addresses that pages may have."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..diagnostics import did_you_mean
from .citations import KEY
from .fragment import OBJECT_KINDS

ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_LOCAL = re.compile(rf"(?:{ID}/{ID}/)?{ID}")
_TARGETS = {
    "concept": re.compile(rf"(?:{ID}/)?{ID}"),
    "source": re.compile(KEY),
}
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


@dataclass(frozen=True)
class ObjectAddress:
    kind: str
    target: str
    value: str | None


@dataclass(frozen=True)
class BadAddress:
    message: str
    hint: str | None = None


def address(href: str) -> ObjectAddress | BadAddress | str:
    """What a link's address is: an object, a plain address (itself), or a fault."""
    if not href:
        return BadAddress("the link leads nowhere", "write an address in the parentheses")
    if any(char <= " " or char in "\\\x7f" for char in href):
        return BadAddress(f'"{href}" holds a blank, a control character or a backslash')
    match = _SCHEME.match(href)
    if not match:
        if href.startswith("/"):
            return BadAddress(f'"{href}" leaves the site', "link an object, or write `https://…`")
        return href
    scheme, rest = match[1], href[match.end() :]
    if scheme in OBJECT_KINDS:
        return _object(scheme, rest)
    if scheme.lower() == "https" and rest.startswith("//") and len(rest) > 2:
        return href
    if scheme.lower() == "mailto" and "@" in rest:
        return href
    if scheme.lower() == "http":
        return BadAddress(f'"{href}" is not encrypted', "use https")
    kinds = (*OBJECT_KINDS, "https", "mailto")
    listed = f"they link {', '.join(f'{kind}:' for kind in kinds)}"
    return BadAddress(f'pages cannot link "{scheme}:"', did_you_mean(scheme, kinds) or listed)


def _object(kind: str, rest: str) -> ObjectAddress | BadAddress:
    target, at, value = rest.partition("@")
    form = f"`{kind}:{'[domain/]' if kind == 'concept' else '[concept/]'}id`"
    if kind == "value":
        form = "`value:[concept/]curve@x`"
        if not _NUMBER.fullmatch(value):
            return BadAddress(f'"{kind}:{rest}" gives no x after `@`', f"write {form}")
    if not _TARGETS.get(kind, _LOCAL).fullmatch(target):
        return BadAddress(f'"{kind}:{rest}" is not of the form {form}')
    if at and not value:
        return BadAddress(f'"{kind}:{rest}" has nothing after `@`')
    return ObjectAddress(kind, target, value if at else None)


def demo_state(value: str) -> dict[str, str]:
    """The settings that a link to a demo asks for: `noise=0.3&n_train=60`."""
    pairs = (part.partition("=") for part in value.split("&"))
    return {name: text for name, _, text in pairs}


def is_id(name: str) -> bool:
    """Whether a name is lower case words joined by hyphens."""
    return bool(re.fullmatch(ID, name))
