"""Plain text and names as BibTeX and BibLaTeX take them."""

from __future__ import annotations

import re
from collections.abc import Mapping

SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_{}"},
}


def latex(text: str) -> str:
    """Plain text as LaTeX: what would mean something else is escaped, ligatures are broken."""
    escaped = "".join(SPECIAL.get(char, char) for char in text)
    return re.sub(r"(?<=-)-|(?<=[`?!])`|(?<=')'", lambda match: "{}" + match[0], escaped)


def plain_name(name: Mapping[str, str]) -> str:
    """`von Family, Jr, Given`; a body's name in braces of its own."""
    if "literal" in name:
        return f"{{{latex(name['literal'])}}}"
    family = latex(name.get("family", ""))
    if not _is_simple(name.get("family", "")):
        family = f"{{{family}}}"
    if particle := name.get("non-dropping-particle") or name.get("dropping-particle"):
        family = f"{latex(particle)} {family}"
    given = latex(name.get("given", ""))
    if re.search(r",|\band\b", given):
        given = f"{{{given}}}"
    return ", ".join(part for part in (family, latex(name.get("suffix", "")), given) if part)


def _is_simple(family: str) -> bool:
    """Every word begins with a capital, and none means something to BibTeX."""
    return all(word[0].isupper() for word in family.split()) and not re.search(
        r"[,{}\\$`%#~]|\band\b", family
    )
