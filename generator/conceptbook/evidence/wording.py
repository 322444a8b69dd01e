"""An author's text as a digest sees it: words, without the ids that it refers by.

A renamed claim, curve or citation key costs no review; what a citation leads to is under the
digest as the identity of its source.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from ..markup.fragment import OBJECT_KINDS
from .digests import text

_LINK = re.compile(rf"\]\(({'|'.join(OBJECT_KINDS)}):[^\s()@]*(@[^\s()]*)?\)")
_NAMED = re.compile(r"\$\$[ \t]*\([^()$\n]*\)[ \t]*$", re.MULTILINE)
_NOTE = re.compile(r"\[\^[^\]\s]+(?=\])")
_CITATION = re.compile(r"(?<![\w@/.])@([A-Za-z0-9_][\w:.+-]*)")


def wording(value: str, sources: Collection[str]) -> str:
    """The words: of object links their text, kind and value stay; of citations the mark `@`."""

    def without_key(match: re.Match[str]) -> str:
        key = _known(match[1], sources)
        return f"@{match[1][len(key) :]}" if key else match[0]

    return text(_CITATION.sub(without_key, _LINK.sub(r"](\1:\2)", value)))


def derivation(value: str, sources: Collection[str]) -> str:
    """The words of a proof: its equations and footnotes stay, what they are called does not."""
    return wording(_NOTE.sub("[^", _NAMED.sub("$$", value)), sources)


def citations(values: Iterable[str], sources: Collection[str]) -> Iterator[str]:
    """The known citation keys in some texts, in reading order."""
    for value in values:
        for match in _CITATION.finditer(_LINK.sub("", value)):
            if key := _known(match[1], sources):
                yield key


def _known(key: str, sources: Collection[str]) -> str | None:
    """The key, without the punctuation that may follow it in a sentence."""
    bare = key.rstrip(":.+-")
    return next((name for name in (key, bare) if name in sources), None)
