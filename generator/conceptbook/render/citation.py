"""Sources as they are named: the short author-year label and the full reference line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from string import ascii_lowercase

from ..load import LoadedSource
from ..model import Source

MOST_AUTHORS = 6


def labels(sources: Mapping[str, LoadedSource]) -> dict[str, str]:
    """`Belkin et al. 2019` for each source; letters after the year tell equal ones apart.

    After `z` comes `aa`, as in CSL.
    """
    same: dict[str, list[str]] = defaultdict(list)
    for key in sorted(sources):
        same[_label(sources[key].record)].append(key)
    return {
        key: label if len(keys) == 1 else f"{label}{_letters(index)}"
        for label, keys in same.items()
        for index, key in enumerate(keys)
    }


def reference(source: Source) -> str:
    """Authors, year and where it appeared: all but the title, as plain text."""
    parts = [_authors(source), year(source), _container(source)]
    if source.edition:
        parts.append(f"{source.edition} edition")
    if source.publisher:
        parts.append(source.publisher)
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def year(source: Source) -> str:
    """The year of publication, or "n.d."."""
    if source.issued is None:
        return "n.d."
    value = source.issued.year
    shown = str(value) if value > 0 else f"{1 - value} BCE"
    return f"c. {shown}" if source.issued.circa else shown


def addresses(source: Source) -> list[tuple[str, str]]:
    """(words, address) of every place where the source can be opened; the best first."""
    found: list[tuple[str, str]] = []
    if source.DOI:
        found.append((f"doi:{source.DOI}", f"https://doi.org/{source.DOI}"))
    if source.arxiv:
        found.append((f"arXiv:{source.arxiv}", f"https://arxiv.org/abs/{source.arxiv}"))
    elif source.URL:
        found.append(("Open source", source.URL))
    if source.custom.archived:
        copy = source.custom.archived
        found.append((f"archived {copy.date.isoformat()}", copy.url))
    return found


def _label(source: Source) -> str:
    return f"{_short_names(source)} {year(source)}"


def _letters(index: int) -> str:
    """a, b … z, aa, ab …"""
    before, last = divmod(index, len(ascii_lowercase))
    return (_letters(before - 1) if before else "") + ascii_lowercase[last]


def _short_names(source: Source) -> str:
    names = [_family(name) for name in source.author or source.editor]
    if not names:
        return source.title_short or source.title
    if len(names) > 2:
        return f"{names[0]} et al."
    return " & ".join(names)


def _family(name: object) -> str:
    particle = getattr(name, "non_dropping_particle", None)
    family = getattr(name, "literal", None) or getattr(name, "family", "")
    return f"{particle} {family}" if particle else family


def _authors(source: Source) -> str:
    people = source.author or source.editor
    names = [_full(name) for name in people[:MOST_AUTHORS]]
    if len(people) > MOST_AUTHORS:
        names.append("et al.")
    line = ", ".join(names)
    if people and not source.author:
        line += " (ed.)" if len(people) == 1 else " (eds)"
    return line


def _full(name: object) -> str:
    given = getattr(name, "given", None)
    dropping = getattr(name, "dropping_particle", None)
    suffix = getattr(name, "suffix", None)
    return " ".join(part for part in (given, dropping, _family(name), suffix) if part)


def _container(source: Source) -> str:
    """Journal volume(issue), pages; or the archive for what is nowhere else."""
    title = source.container_title
    if not title:
        return f"arXiv:{source.arxiv}" if source.arxiv else ""
    volume = source.volume or ""
    if source.issue:
        volume += f"({source.issue})"
    pages = source.page.replace("-", "–") if source.page else ""
    return ", ".join(part for part in (" ".join((title, volume)).strip(), pages) if part)
