"""Tokens → the objects of a Fragment with their spans, and the faults that the text gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, takewhile

from markdown_it.token import Token

from ..diagnostics import Diagnostic, Rule, Span
from ..diagnostics.catalogue.prose import BAD_CITATION, BAD_LINK, BAD_MATH, MISSING_ALT, RAW_HTML
from ..diagnostics.catalogue.references import DUPLICATE_ID
from . import citations, links
from .fragment import Citation, CitationItem, Formula, Fragment, Image, ObjectLink, PlainLink
from .math import MathError, glyphs, mathml, shown
from .origin import Origin
from .places import Locator, Place

_BEFORE_STOP = re.compile(r" (?=[.,;:!?)])")
"""The blank that a citation leaves where it is taken out."""


class Collector:
    """Reads the tokens of one text in their order; `fragment` gives one for each part of it."""

    def __init__(self, source: str, origin: Origin, *, names_equations: bool) -> None:
        self.origin = origin
        self.locator = Locator(source)
        self.names_equations = names_equations
        self.equations: dict[str, Formula] = {}
        self.diagnostics: list[Diagnostic] = []
        self._begin()

    def fragment(self, tokens: Sequence[Token]) -> Fragment:
        self._begin()
        for index, token in enumerate(tokens):
            if token.type == "inline":
                self._inline(token, self._place(token, tokens[index - 1]))
            elif token.type == "math_block":
                self._equation(token)
            elif token.type in ("fence", "code_block"):
                self._words.append(token.content)
        return Fragment(
            tokens=tuple(tokens),
            citations=tuple(self._citations),
            links=tuple(self._links),
            hrefs=tuple(self._hrefs),
            images=tuple(self._images),
            formulas=tuple(self._formulas),
            plain=_BEFORE_STOP.sub("", " ".join("".join(self._words).split())),
        )

    def span(self, place: Place, start: int, end: int) -> Span:
        """From one offset of a block's text to another, or to the end of the first line."""
        line, column = place(start)
        last, end_column = place(end)
        if last != line:
            end_column = len(self.locator.lines[line])
        return self.origin.span(line, column, end_column - column)

    def fault(self, rule: Rule, span: Span, message: str, *hints: str | None) -> None:
        self.diagnostics.append(rule.at(span, message, *hints))

    def _begin(self) -> None:
        self._citations: list[Citation] = []
        self._links: list[ObjectLink] = []
        self._hrefs: list[PlainLink] = []
        self._images: list[Image] = []
        self._formulas: list[Formula] = []
        self._words: list[str] = []

    def _place(self, token: Token, before: Token) -> Place:
        if before.type in ("th_open", "td_open"):
            return self.locator.cell(token)
        if before.type == "heading_open" and before.markup.startswith("#"):
            return self.locator.heading(token)
        return self.locator.paragraph(token)

    def _inline(self, token: Token, place: Place) -> None:
        children = token.children or []
        stray = False
        for index, child in enumerate(children):
            self._words.append(word(child))
            at = child.meta.get("at")
            if at is None:
                continue
            span = self.span(place, *at)
            match child.type:
                case "math_inline":
                    self._formula(child, place, at[0] + 1, span)
                case "citation" | "narrative_citation":
                    self._citation(child, place, at[0], span)
                case "link_open":
                    self._link(children, index, span)
                case "image":
                    self._image(child, span)
                case "footnote_ref":
                    child.meta["span"] = span
                case "raw_html" if not child.content.startswith("</"):
                    self._raw_html(child, span)
                case "unclosed_citation":
                    message = "the citation is not closed, or holds another bracket"
                    self.fault(BAD_CITATION, span, message, "close it with `]`")
                case "stray_dollars" if not stray:
                    stray = True
                    self._stray_dollars(span)
        self._words.append("\n")

    def _raw_html(self, token: Token, span: Span) -> None:
        message = f"raw HTML: {citations.squeeze(token.content)}"
        self.fault(RAW_HTML, span, message, "a less-than sign is written `\\<`")

    def _stray_dollars(self, span: Span) -> None:
        self.fault(
            BAD_MATH,
            span,
            "the display formula is not closed, or does not stand on lines of its own",
            "close it with `$$` or `$$ (id)` at a line's end, without blank lines inside",
            "a dollar sign is written `\\$`",
        )

    def _formula(self, token: Token, place: Place, start: int, span: Span) -> None:
        self._convert(token, place, start, display=False)
        self._formulas.append(Formula(token.content, False, None, span))
        self._words.append(formula_text(token))

    def _equation(self, token: Token) -> None:
        place = self.locator.formula(token)
        line = token.map[0] if token.map else 0
        span = self.origin.span(*self.locator.start(line, "$$"), 2)
        self._convert(token, place, 0, display=True)
        name = token.info if token.meta["named"] else None
        number = self._name(name, span)
        formula = Formula(token.content.strip(), True, name, span, number)
        self._formulas.append(formula)
        self._words.append(f" {formula_text(token)}\n")
        if name and number:
            token.meta.update(id=name, number=number)
            self.equations[name] = formula

    def _name(self, name: str | None, span: Span) -> int | None:
        """The number of a named equation; None where the name cannot be used."""
        if name is None:
            return None
        if not self.names_equations:
            self.fault(BAD_MATH, span, f"({name}): only the equations of page.md have names")
        elif not links.is_id(name):
            hint = "use lower case words joined by hyphens"
            self.fault(BAD_MATH, span, f'"{name}" cannot be the name of an equation', hint)
        elif name in self.equations:
            first = self.equations[name].span
            message = f'another equation is named "{name}"'
            related = [(first, "the first one")]
            self.diagnostics.append(DUPLICATE_ID.at(span, message, related=related))
        else:
            return len(self.equations) + 1
        return None

    def _convert(self, token: Token, place: Place, start: int, *, display: bool) -> None:
        tex = token.content
        lead = len(tex) - len(tex.lstrip())
        try:
            token.meta["mathml"] = mathml(tex.strip(), display)
        except MathError as error:
            begin = start + lead + error.offset
            span = self.span(place, begin, begin + error.length)
            self.fault(BAD_MATH, span, error.message.rstrip("."))

    def _citation(self, token: Token, place: Place, start: int, span: Span) -> None:
        narrative = token.type == "narrative_citation"
        found, faults = citations.parts(token.content, start + (0 if narrative else 1))
        hint = "write `[@key, p. 3; see @other]` or `@key [p. 3]`; an `@` alone is `\\@`"
        for offset, message in faults:
            self.fault(BAD_CITATION, self.span(place, offset, offset + 1), message, hint)
        if faults or not found:
            return
        items = tuple(
            CitationItem(
                part.key,
                part.prefix,
                part.locator,
                self.span(place, part.offset, part.offset + len(part.key) + 1),
            )
            for part in found
        )
        citation = Citation(items, narrative, span)
        self._citations.append(citation)
        token.meta["citation"] = citation

    def _link(self, tokens: Sequence[Token], index: int, span: Span) -> None:
        token = tokens[index]
        href = str(token.attrs.get("href", ""))
        address = links.address(href)
        if isinstance(address, links.BadAddress):
            self.fault(BAD_LINK, span, address.message, address.hint)
        elif isinstance(address, str):
            self._hrefs.append(PlainLink(address, span))
            token.meta["href"] = address
        else:
            inside = takewhile(
                lambda child: child.type != "link_close", islice(tokens, index, None)
            )
            text = "".join(word(child) or formula_text(child) for child in inside)
            link = ObjectLink(address.kind, address.target, address.value, text.strip(), span)
            self._links.append(link)
            token.meta["link"] = link

    def _image(self, token: Token, span: Span) -> None:
        alt = word(token).strip()
        decorative = bool(token.meta.get("decorative"))
        if not alt and not decorative:
            hint = "describe it in the brackets, or write `{.decorative}` after it"
            self.fault(MISSING_ALT, span, "the image has no alternative text", hint)
        elif alt and decorative:
            hint = "leave one of the two away"
            self.fault(MISSING_ALT, span, "a decorative image has alternative text", hint)
        image = Image(str(token.attrs.get("src", "")), alt, decorative, span)
        self._images.append(image)
        token.meta["image"] = image


def word(token: Token) -> str:
    """What an inline token adds to the plain text, formulas apart."""
    match token.type:
        case "text" | "code_inline" | "raw_html" | "stray_dollars" | "unclosed_citation":
            return token.content
        case "narrative_citation":
            return token.content.removeprefix("@").partition(",")[0]
        case "softbreak" | "hardbreak":
            return " "
        case "image":
            return "".join(word(child) or formula_text(child) for child in token.children or [])
    return ""


def formula_text(token: Token) -> str:
    """The characters that a formula shows; its TeX where it could not be converted."""
    if token.type not in ("math_inline", "math_block"):
        return ""
    return shown(token.meta["mathml"]) if "mathml" in token.meta else token.content


def formula_characters(fragment: Fragment) -> set[str]:
    """The characters that the fragment's formulas show, for the subset of the math font."""
    return {
        char
        for block in fragment.tokens
        for token in (block, *(block.children or ()))
        if "mathml" in token.meta
        for char in glyphs(token.meta["mathml"])
    }
