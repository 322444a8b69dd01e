"""TeX → MathML: the only module that knows math-core."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import Any

LONGEST, DEEPEST = 4000, 60
"""Characters and nested groups of one formula: math-core recurses, and a deep one ends the
process."""
MACROS = {
    "R": r"\mathbb{R}",
    "N": r"\mathbb{N}",
    "Z": r"\mathbb{Z}",
    "E": r"\mathbb{E}",
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "widetilde": r"\tilde{#1}",
    "argmin": r"\operatorname*{arg\,min}",
    "argmax": r"\operatorname*{arg\,max}",
}
REFUSED = {
    r"\\(?:textcolor|color)(?![A-Za-z])": "Colour belongs to the theme; leave it out.",
    r"\\(?:(?:eq)?ref|label|tag)(?![A-Za-z])": (
        "Equations are named after the dollars, `$$ … $$ (id)`, and linked by `equation:id`."
    ),
    r"\\begin\s*\{(?:equation|align|alignat|gather|multline|flalign)\}": (
        "Equations are numbered by their name, `$$ … $$ (id)`; use `aligned` or `gathered`."
    ),
    r"\\(?:(?:re)?newcommand|providecommand|def|let|global)(?![A-Za-z])": (
        "Commands cannot be defined in a formula; write it out."
    ),
}
CLASSES = {
    "text-align:right": "math-right",
    "text-align:left": "math-left",
    "justify-items:end": "",
    "justify-items:start": "",
    "padding-left:0": "math-pl-0",
    "padding-right:0": "math-pr-0",
    "padding-top:0": "math-pt-0",
    "padding-bottom:0": "math-pb-0",
    "padding-left:1em": "math-pl-1em",
    "padding-left:0.1em": "math-pl-hair",
    "padding-right:0.1em": "math-pr-hair",
    "padding-left:0.1667em": "math-pl-thin",
    "padding-right:0.1667em": "math-pr-thin",
    "padding-left:0.2222em": "math-pl-medium",
    "padding-right:0.2222em": "math-pr-medium",
    "padding-left:0.2778em": "math-pl-thick",
    "padding-right:0.2778em": "math-pr-thick",
    "padding-top:0.1667em": "math-pt-thin",
    "border-top:0.05em solid currentcolor": "math-line-top",
    "border-left:0.05em solid currentcolor": "math-line-left",
    "border-right:0.05em solid currentcolor": "math-line-right",
    "border-top:0.05em dashed currentcolor": "math-dash-top",
    "border-left:0.05em dashed currentcolor": "math-dash-left",
    "border-right:0.05em dashed currentcolor": "math-dash-right",
    "width:100%": "math-wide",
    "width:50%": "math-fill",
    "width:7.5%": "math-margin",
    "margin-left:-0.16666667em": "math-neg-thin",
    "margin-left:-0.22222222em": "math-neg-medium",
    "margin-left:-0.2777778em": "math-neg-thick",
    "math-shift:compact": "math-cramped",
    "font-variant-caps:small-caps": "math-small-caps",
}
"""Every style that math-core writes and pages may have, as a class that themes must define."""

ITALIC = {
    "h": "\u210e",
    "ı": "\U0001d6a4",
    "ȷ": "\U0001d6a5",
    "∇": "\U0001d6fb",
    "∂": "\U0001d715",
    "ϵ": "\U0001d716",
    "ϑ": "\U0001d717",
    "ϰ": "\U0001d718",
    "ϕ": "\U0001d719",
    "ϱ": "\U0001d71a",
    "ϖ": "\U0001d71b",
    "ϴ": "\U0001d6f3",
}
"""Letters whose italic form stands outside the alphabets' own rows."""

_LONE_LETTER = re.compile(r"<mi>(.)</mi>")
_STYLED = re.compile(r'(<[a-z]+[^<>]*?) style="([^"<>]*)"')
_ROW_SPACE = re.compile(r"(?<=\\\\)\s*\[\s*-?[\d.]+\s*(?:em|ex|pt|mu|mm|cm|px)\s*\]")
_NESTING = re.compile(r"\\[{}\\]|([{]|\\left(?![a-z])|\\begin)|([}]|\\right(?![a-z])|\\end)")
_REFUSED = [(re.compile(pattern), message) for pattern, message in REFUSED.items()]


class MathError(Exception):
    """A formula that cannot be converted; `offset` is the place of the fault in the TeX."""

    def __init__(self, message: str, offset: int, length: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.length = length


def mathml(tex: str, display: bool) -> str:
    """The formula as MathML without styles, its TeX kept as an annotation.

    Raises MathError where the formula is faulty or uses what pages cannot have.
    """
    _refuse(tex)
    source = _ROW_SPACE.sub(lambda match: " " * len(match[0]), tex)
    converter, fault = _converter()
    try:
        markup = converter.convert_with_local_state(source, displaystyle=display)
    except fault as error:
        offset, _, message = str(error).partition(": ")
        start = min(int(offset), max(0, len(tex) - 1)) if offset.isdigit() else 0
        raise MathError(message or str(error), start, _width(tex, start)) from None
    markup = markup.replace('<menclose notation="box">', '<menclose class="math-box">')
    return _STYLED.sub(_classes, markup) if ' style="' in markup else markup


def shown(markup: str) -> str:
    """The text of a formula's MathML, without its annotation."""
    return unescape(re.sub(r"<[^>]*>", "", markup.partition("<annotation")[0]))


def glyphs(markup: str) -> set[str]:
    """The characters that a browser takes from the math font for a formula.

    Beside its text, the italic letter of each `<mi>` of one letter (MathML Core 4.2, italic
    mappings) and the radical sign of a root.
    """
    characters = set(shown(markup))
    characters |= {_italic(letter) for letter in _LONE_LETTER.findall(markup)}
    return characters | {"\u221a"} if "<msqrt" in markup or "<mroot" in markup else characters


def _italic(letter: str) -> str:
    """The mathematical italic form of a letter; the letter itself where there is none."""
    if letter in ITALIC:
        return ITALIC[letter]
    for first, last, italic in (("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("Α", "Ω", 0x1D6E2)):
        if first <= letter <= last:
            return chr(italic + ord(letter) - ord(first))
    return chr(0x1D6FC + ord(letter) - ord("α")) if "α" <= letter <= "ω" else letter


@cache
def _converter() -> tuple[Any, type[Exception]]:
    from math_core import LatexError, LatexToMathML

    return LatexToMathML(annotation=True, fancy_error=False, macros=MACROS), LatexError


def _refuse(tex: str) -> None:
    if len(tex) > LONGEST:
        raise MathError(f"A formula may have at most {LONGEST} characters.", LONGEST)
    depth = 0
    for match in _NESTING.finditer(tex):
        depth += bool(match[1]) - bool(match[2])
        if depth > DEEPEST:
            raise MathError(f"A formula may nest at most {DEEPEST} groups.", match.start())
    if tex.count("\\") > 20 and (chain := re.search(r"(?:\\[A-Za-z]+\s*){60}", tex)):
        raise MathError("Too many commands in a row.", chain.start())
    for pattern, message in _REFUSED:
        if match := pattern.search(tex):
            raise MathError(message, match.start(), len(match[0]))
    if not tex.strip():
        raise MathError("The formula is empty.", 0)


def _width(tex: str, start: int) -> int:
    match = re.compile(r"\\[A-Za-z]+|\\?.").match(tex, start)
    return len(match[0]) if match else 1


def _classes(match: re.Match[str]) -> str:
    names = []
    for declaration in match[2].split(";"):
        name, _, value = declaration.partition(":")
        plain = f"{name.strip()}:{value.strip()}"
        if plain == ":":
            continue
        if plain not in CLASSES:
            raise MathError(f"The formula asks for `{plain}`, which pages cannot have.", 0)
        names.append(CLASSES[plain])
    return f'{match[1]} class="{" ".join(filter(None, names))}"'
