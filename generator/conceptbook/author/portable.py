"""A page's text in plain CommonMark: object links as words, citations as names and years."""

from __future__ import annotations

import re

from ..diagnostics import Span
from ..load import LoadedConcept, LoadedNotebook
from ..markup import Citation, ObjectLink

_SECTION = re.compile(r"(?m)^## ")
_LABEL = re.compile(r"(?m)(\$\$) *\([a-z0-9-]+\) *$")
_OBJECT = re.compile(r"\[([^\]]*)\]\((?!https?:|mailto:)\w+:[^)\s]*\)")
_BRACKETS = re.compile(r"\[[^\]]*\](?:\(\w+:[^)\s]*\))?")
_CITED = re.compile(r"\[@([\w:.+-]*\w)([^\]]*)\]")
_CONTAINER = re.compile(r"(?m)^:::+ *(\w+)?.*$\n?")


def portable_page(concept: LoadedConcept, notebook: LoadedNotebook) -> str:
    """The whole page; empty where the concept has none."""
    page = concept.page
    if page is None:
        return ""
    changes = [(link.span, _link(link)) for link in page.links]
    changes += [(one.span, _citation(one, notebook)) for one in page.citations]
    words = _LABEL.sub(r"\1", _replaced(page.text, changes))
    return _CONTAINER.sub(_container, words).strip()


def portable_line(text: str, notebook: LoadedNotebook) -> str:
    """A text of a record on one line."""
    words = _OBJECT.sub(r"\1", " ".join(text.split()))
    return _CITED.sub(lambda match: f"({short_name(match[1], notebook)}{match[2]})", words)


def portable_sections(concept: LoadedConcept, notebook: LoadedNotebook) -> dict[str, str]:
    """The text of each section by its heading, in the page's order."""
    parts = _SECTION.split(portable_page(concept, notebook))
    found = {}
    for part in parts[1:]:
        heading, _, text = part.partition("\n")
        found[heading.split(" {")[0].strip()] = text.strip()
    return found


def short_name(key: str, notebook: LoadedNotebook) -> str:
    """A source as `Belkin et al. 2018`; its key where nobody knows it."""
    source = notebook.sources.get(key)
    if source is None:
        return key
    names = source.record.author or source.record.editor
    family = [name.family or name.literal or "" for name in names]
    who = " and ".join(family) if len(family) < 3 else f"{family[0]} et al."
    year = str(source.record.issued.year) if source.record.issued else "n.d."
    return f"{who or source.record.title} {year}"


def references(concept: LoadedConcept, notebook: LoadedNotebook) -> list[str]:
    """The works that the page cites or its record lists, one line each."""
    lines = []
    for key in cited(concept):
        if source := notebook.sources.get(key):
            record = source.record
            place = f"https://doi.org/{record.DOI}" if record.DOI else record.URL or ""
            lines.append(f"- {short_name(key, notebook)}: *{record.title}*. {place}".rstrip(". "))
    return lines


def cited(concept: LoadedConcept) -> list[str]:
    """Keys of the works that the page cites or its record lists, each once."""
    citations = concept.page.citations if concept.page else ()
    keys = [item.key for one in citations for item in one.items]
    return list(dict.fromkeys([*keys, *concept.record.sources]))


def _link(link: ObjectLink) -> str:
    return link.text or link.target.rpartition("/")[2].replace("-", " ")


def _citation(citation: Citation, notebook: LoadedNotebook) -> str:
    cited = []
    for item in citation.items:
        name = short_name(item.key, notebook)
        words = [item.prefix.strip(), name]
        place = f", {item.locator.strip()}" if item.locator else ""
        cited.append(" ".join(filter(None, words)) + place)
    text = "; ".join(cited)
    return text if citation.narrative else f"({text})"


def _container(match: re.Match[str]) -> str:
    return f"**{match[1].capitalize()}.**\n" if match[1] else "\n"


def _replaced(text: str, changes: list[tuple[Span, str]]) -> str:
    """The text with spans exchanged; of two that overlap the outer one counts."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + column - 1

    def end(span: Span) -> int:
        # The span of what is broken over two lines ends with the first.
        whole = _BRACKETS.match(text, offset(span.line, span.column))
        return max(offset(span.end_line, span.end_column), whole.end() if whole else 0)

    found = sorted((offset(span.line, span.column), -end(span), new) for span, new in changes)
    parts, last = [], 0
    for start, minus_end, new in found:
        if start >= last:
            parts += [text[last:start], new]
            last = -minus_end
    return "".join([*parts, text[last:]])
