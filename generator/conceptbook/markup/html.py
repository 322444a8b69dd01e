"""Fragment → safe HTML: every text is escaped, every address was looked at when it was parsed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol
from urllib.parse import urlencode

from markdown_it.token import Token

from .collect import word
from .fragment import Citation, Fragment, ObjectLink
from .highlight import highlight
from .links import demo_state


@dataclass(frozen=True)
class Target:
    """Where an object link leads: `title` stands where the link has no text of its own."""

    href: str
    title: str
    class_name: str = ""
    description: str = ""


class Resolver(Protocol):
    """What the notebook knows and the text does not."""

    def link(self, link: ObjectLink) -> Target | None:
        """None where the object does not exist; the text is then shown without a link."""

    def cite(self, citation: Citation) -> str:
        """The citation as safe HTML."""

    def image(self, src: str) -> str:
        """The URL of a figure (`figures/…`), as seen from the page."""

    def equation(self, name: str) -> str:
        """The key of an equation of this text."""


def to_html(fragment: Fragment, resolve: Resolver, *, inline: bool = False) -> str:
    """The fragment as HTML; `inline` leaves the paragraph's element out."""
    writer = _Writer(resolve)
    return writer.flowing(fragment.tokens) if inline else writer.blocks(fragment.tokens)


ALERT_TITLES = {
    "note": "Note",
    "tip": "Tip",
    "important": "Important",
    "warning": "Warning",
    "caution": "Caution",
}
PLAIN = {
    "paragraph": "p",
    "bullet_list": "ul",
    "list_item": "li",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "em": "em",
    "strong": "strong",
}
"""Token name → element without attributes."""


class _Writer:
    def __init__(self, resolve: Resolver) -> None:
        self.resolve = resolve
        self._ends: list[str] = []

    def blocks(self, tokens: Sequence[Token]) -> str:
        return "".join(self._block(token) for token in tokens)

    def flowing(self, tokens: Sequence[Token]) -> str:
        """Paragraphs without their elements, with a line break between two."""
        pieces = [
            self._inline(token.children or []) if token.type == "inline" else _math(token)
            for token in tokens
            if token.type in ("inline", "math_block")
        ]
        return "<br>".join(pieces)

    def _block(self, token: Token) -> str:
        if token.type == "inline":
            return self._inline(token.children or [])
        if token.hidden:
            return ""
        if token.nesting:
            name, _, side = token.type.rpartition("_")
            return self._open(name, token) if side == "open" else self._close(name, token)
        match token.type:
            case "math_block":
                return self._equation(token)
            case "fence" | "code_block":
                return _code(token)
            case "hr":
                return "<hr>\n"
        return escape(token.content)

    def _equation(self, token: Token) -> str:
        name = token.meta.get("id")
        if not name:
            return f'<div class="equation">{_math(token)}</div>\n'
        key, number = escape(self.resolve.equation(name)), token.meta["number"]
        return (
            f'<div class="equation" id="equation-{name}" data-object="{key}">{_math(token)}'
            f'<a class="equation-number" href="#equation-{name}" aria-label="Equation {number}">'
            f"({number})</a></div>\n"
        )

    def _open(self, name: str, token: Token) -> str:
        start, end = _element(name, token)
        self._ends.append(end)
        return start

    def _close(self, name: str, token: Token) -> str:
        if name == "footnote":
            return _backlinks(token) + self._ends.pop()
        return self._ends.pop()

    def _inline(self, tokens: Sequence[Token]) -> str:
        pieces: list[str] = []
        ends: list[str] = []
        for index, token in enumerate(tokens):
            if token.type == "link_open":
                empty = index + 1 < len(tokens) and tokens[index + 1].type == "link_close"
                start, end = self._link(token, empty)
                pieces.append(start)
                ends.append(end)
            elif token.type == "link_close":
                pieces.append(ends.pop())
            else:
                pieces.append(self._leaf(token))
        return _BESIDE_SIGNS.sub(_held, "".join(pieces))

    def _leaf(self, token: Token) -> str:
        if token.nesting:
            name = PLAIN[token.tag]
            return f"<{name}>" if token.nesting > 0 else f"</{name}>"
        match token.type:
            case "math_inline":
                return _math(token)
            case "citation" | "narrative_citation":
                return self._cite(token)
            case "image":
                return self._image(token)
            case "footnote_ref":
                return _note_reference(token)
            case "code_inline":
                return f"<code>{escape(token.content)}</code>"
            case "softbreak":
                return "\n"
            case "hardbreak":
                return "<br>\n"
        return escape(word(token))

    def _cite(self, token: Token) -> str:
        citation = token.meta.get("citation")
        if citation:
            return self.resolve.cite(citation)
        written = token.content if token.type != "citation" else f"[{token.content}]"
        return escape(written)

    def _link(self, token: Token, empty: bool) -> tuple[str, str]:
        if link := token.meta.get("link"):
            return _object_link(link, self.resolve.link(link), empty)
        href = token.meta.get("href")
        if href is None:
            return "", ""
        text = escape(href) if empty else ""
        outside = href.lower().startswith("https:")
        rel = ' class="external" rel="noopener external"' if outside else ""
        return f'<a href="{escape(href)}"{rel}>{text}', "</a>"

    def _image(self, token: Token) -> str:
        image = token.meta.get("image")
        if image is None or not image.src.startswith("figures/") or ".." in image.src.split("/"):
            return escape(word(token))
        title = token.attrs.get("title")
        caption = f' title="{escape(str(title))}"' if title else ""
        url = escape(self.resolve.image(image.src))
        return f'<img src="{url}" alt="{escape(image.alt)}"{caption} loading="lazy">'


def _element(name: str, token: Token) -> tuple[str, str]:
    """The opening and closing HTML of a block."""
    if tag := PLAIN.get(name):
        return f"<{tag}>", f"</{tag}>\n"
    write = _ELEMENTS.get(name)
    return write(token) if write else ("", "")


def _heading(token: Token) -> tuple[str, str]:
    tag = f"h{max(3, int(token.tag[1]))}"
    ident = token.meta.get("id")
    return (f'<{tag} id="{escape(ident)}">' if ident else f"<{tag}>"), f"</{tag}>\n"


def _ordered(token: Token) -> tuple[str, str]:
    start = token.attrs.get("start")
    return (f'<ol start="{int(start)}">' if start is not None else "<ol>"), "</ol>\n"


def _quotation(token: Token) -> tuple[str, str]:
    kind = token.meta.get("alert")
    if not kind:
        return "<blockquote>\n", "</blockquote>\n"
    title = f'<p class="alert-title">{ALERT_TITLES[kind]}</p>\n'
    return f'<div class="alert alert-{kind}" role="note">\n{title}', "</div>\n"


def _proof(token: Token) -> tuple[str, str]:
    kind = token.type.removesuffix("_open")
    ident = f' id="{kind}-{token.info}" data-object="{kind}:{token.info}"' if token.info else ""
    title = f'<p class="{kind}-title">{kind.capitalize()}</p>\n'
    return f'<div class="{kind}"{ident}>\n{title}', "</div>\n"


def _cell(token: Token) -> tuple[str, str]:
    align = str(token.attrs.get("style", "")).removeprefix("text-align:")
    name = f' class="align-{align}"' if align in ("left", "right", "center") else ""
    scope = ' scope="col"' if token.tag == "th" else ""
    return f"<{token.tag}{scope}{name}>", f"</{token.tag}>\n"


def _table(token: Token) -> tuple[str, str]:
    return '<div class="table-scroll">\n<table>\n', "</table>\n</div>\n"


def _notes(token: Token) -> tuple[str, str]:
    start = token.meta["first"]
    return f'<section class="footnotes">\n<ol start="{start}">\n', "</ol>\n</section>\n"


def _note(token: Token) -> tuple[str, str]:
    return f'<li id="fn-{token.meta["number"]}">', "</li>\n"


_ELEMENTS: dict[str, Callable[[Token], tuple[str, str]]] = {
    "heading": _heading,
    "ordered_list": _ordered,
    "blockquote": _quotation,
    "proof": _proof,
    "example": _proof,
    "table": _table,
    "th": _cell,
    "td": _cell,
    "footnotes": _notes,
    "footnote": _note,
}


_BESIDE_SIGNS = re.compile(r"([(\[“‘]*)<math>.*?</math>([.,;:!?)\]’”%]*)", re.DOTALL)


def _held(match: re.Match[str]) -> str:
    """A formula with the brackets and stops beside it: browsers would break a line between them."""
    return f'<span class="held">{match[0]}</span>' if match[1] or match[2] else match[0]


def _math(token: Token) -> str:
    if markup := token.meta.get("mathml"):
        return markup
    return f'<code class="math-error">{escape(token.content)}</code>'


def _code(token: Token) -> str:
    language = (token.info.split() or [""])[0]
    return (
        f'<pre class="code"><code class="highlight">{highlight(token.content, language)}'
        "</code></pre>\n"
    )


def _object_link(link: ObjectLink, target: Target | None, empty: bool) -> tuple[str, str]:
    if target is None:
        text = escape(link.target) if empty else ""
        return f'<span class="broken-link">{text}', "</span>"
    names = " ".join(filter(None, ("object", link.kind, target.class_name)))
    title = f' title="{escape(target.description)}"' if target.description else ""
    text = escape(target.title) if empty else ""
    state = demo_state(link.value) if link.kind == "demo" and link.value else {}
    data = f' data-state="{escape(urlencode(state))}"' if state else ""
    return f'<a class="{escape(names)}" href="{escape(target.href)}"{title}{data}>{text}', "</a>"


def _note_reference(token: Token) -> str:
    number, count = token.meta.get("number"), token.meta.get("count", 1)
    if number is None:
        return escape(f"[^{token.content}]")
    return (
        f'<sup class="footnote-ref"><a id="{_anchor(number, count)}" href="#fn-{number}">'
        f"{number}</a></sup>"
    )


def _anchor(number: int, count: int) -> str:
    return f"fnref-{number}" if count == 1 else f"fnref-{number}-{count}"


def _backlinks(token: Token) -> str:
    number = token.meta["number"]
    links = (
        f'<a class="footnote-back" href="#{_anchor(number, count)}" '
        f'aria-label="Back to reference {number}">\u21a9\ufe0e</a>'
        for count in range(1, token.meta.get("count", 1) + 1)
    )
    return f'<p class="footnote-backs">{" ".join(links)}</p>'
