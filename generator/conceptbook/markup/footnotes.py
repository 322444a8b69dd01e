"""Footnotes: numbered over the page, each shown at the end of the section that first cites it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token


class Footnotes:
    """The definitions of a page, taken out of its sections."""

    def __init__(self) -> None:
        self._notes: dict[str, list[Token]] = {}
        self._openings: dict[str, Token] = {}
        self.twice: list[Token] = []
        """The openings of definitions whose label has one already."""
        self._labels: list[str] = []
        self._numbers: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._closings: dict[str, Token] = {}

    def take(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens without the definitions among them, which are kept here."""
        rest: list[Token] = []
        within = [rest]
        for token in tokens:
            if token.type == "footnote_reference_open":
                within.append(self._define(token))
            elif token.type == "footnote_reference_close":
                within.pop()
            else:
                within[-1].append(token)
        return rest

    def _define(self, opening: Token) -> list[Token]:
        label = opening.meta["label"]
        if label in self._notes:
            self.twice.append(opening)
            return []
        self._openings[label] = opening
        return self._notes.setdefault(label, [])

    @property
    def uncited(self) -> list[Token]:
        """The openings of the notes that nothing refers to, once all sections are closed."""
        return [token for label, token in self._openings.items() if label not in self._numbers]

    def close(self, tokens: list[Token]) -> tuple[list[Token], list[Token]]:
        """A section with its notes at its end, and its references that have no note."""
        first = len(self._labels)
        missing = self._number(tokens)
        shown: list[Token] = []
        index = first
        while index < len(self._labels):
            label = self._labels[index]
            missing += self._number(self._notes[label])
            shown += self._item(label)
            index += 1
        if not shown:
            return tokens, missing
        opening, closing = Token("footnotes_open", "", 1), Token("footnotes_close", "", -1)
        opening.meta["first"] = first + 1
        return [*tokens, opening, *shown, closing], missing

    def _number(self, tokens: Sequence[Token]) -> list[Token]:
        missing = []
        for token in references(tokens):
            label = token.content
            if label not in self._notes:
                missing.append(token)
                continue
            if label not in self._numbers:
                self._labels.append(label)
                self._numbers[label] = len(self._labels)
            number = self._numbers[label]
            self._counts[label] = self._counts.get(label, 0) + 1
            token.meta.update(number=number, count=self._counts[label])
            if label in self._closings:
                self._closings[label].meta["count"] = self._counts[label]
        return missing

    def _item(self, label: str) -> list[Token]:
        opening, closing = Token("footnote_open", "", 1), Token("footnote_close", "", -1)
        opening.meta["number"] = closing.meta["number"] = self._numbers[label]
        closing.meta["count"] = self._counts[label]
        self._closings[label] = closing
        return [opening, *self._notes[label], closing]


def references(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        for child in token.children or ():
            if child.type == "footnote_ref":
                yield child
