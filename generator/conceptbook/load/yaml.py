"""The only reader of YAML: text → plain data, and the place of every key and value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml as pyyaml

from ..diagnostics import Diagnostic, EnvironmentLacks, Span
from ..diagnostics.catalogue import files as rules
from ..markup import Origin
from ..model import Quoted
from .origins import origin
from .places import FieldPath, Places
from .traps import (
    MAX_LEVELS,
    TOO_DEEP,
    comments_in_block,
    cut_by_comment,
    split_by_comma,
    syntax_fault,
)

MAX_BYTES = 20_000_000
"""No text of an author is longer: the sources of 10,000 concepts are some 6 MB."""
EMPTY = frozenset({"", "~", "null"})
WRITE_OUT = "write the value out where it stands; if it is text, quote it"
NO_TAG = "the field decides what the value is: take the tag away; if it is text, quote it"


@dataclass(frozen=True)
class Document:
    """One YAML file: mappings, lists and text; scalars are `str`, or `Quoted` as written."""

    data: Any
    places: Places
    origins: Mapping[FieldPath, Origin]
    """Where each text value stands, by its path."""


def read(text: str, path: str) -> tuple[Document | None, list[Diagnostic]]:
    """The document; None where its YAML cannot be read or uses more than plain data.

    Raises EnvironmentLacks when PyYAML has only its slow parser, 17 times slower.
    """
    if not pyyaml.__with_libyaml__:
        raise EnvironmentLacks(
            "PyYAML has no C parser here; install a wheel of it: "
            "pip install --force-reinstall --only-binary :all: PyYAML"
        )
    if len(text) > MAX_BYTES or len(text.encode(errors="surrogatepass")) > MAX_BYTES:
        return None, [rules.YAML_TOO_LARGE.at(Span(path), "the file is larger than 20 MB")]
    reading = _Reading(path, text.splitlines())
    try:
        for event in pyyaml.parse(text, Loader=pyyaml.CSafeLoader):
            reading.take(event)
    except _NotPlain as stop:
        return None, [*reading.faults, stop.diagnostic]
    except pyyaml.YAMLError as error:
        return None, [*reading.faults, syntax_fault(error, text, path)]
    if reading.unusable:
        return None, reading.faults
    places = Places(path, reading.values, reading.keys)
    return Document(reading.root, places, reading.origins), reading.faults


class _NotPlain(Exception):
    def __init__(self, diagnostic: Diagnostic):
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass
class _Frame:
    """A mapping or list that is being filled."""

    value: dict[str, Any] | list[Any]
    path: FieldPath
    span: Span
    flow: bool
    key: str | None = None
    key_end: tuple[int, int] = (0, 0)
    repeated: bool = False
    """The pending key stood in the mapping before; its value is dropped."""

    @property
    def wants_key(self) -> bool:
        return isinstance(self.value, dict) and self.key is None


@dataclass
class _Reading:
    """The state of one pass over the event stream."""

    path: str
    lines: list[str]
    root: Any = None
    values: dict[FieldPath, Span] = field(default_factory=dict)
    keys: dict[FieldPath, Span] = field(default_factory=dict)
    origins: dict[FieldPath, Origin] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)
    unusable: bool = False
    frames: list[_Frame] = field(default_factory=list)
    documents: int = 0

    def take(self, event: pyyaml.Event) -> None:
        if isinstance(event, pyyaml.ScalarEvent):
            self._refuse_features(event)
            self._scalar(event)
        elif isinstance(event, pyyaml.CollectionStartEvent):
            self._refuse_features(event)
            self._open(event)
        elif isinstance(event, pyyaml.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, pyyaml.AliasEvent):
            self._feature(event, f"an alias, *{event.anchor}, is used", WRITE_OUT)
            if self.frames and self.frames[-1].wants_key:
                self._key(event, f"*{event.anchor}")
            else:
                self._put(None, self._span(event))
        elif isinstance(event, pyyaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(
                    rules.YAML_SYNTAX,
                    event,
                    "a second document begins here",
                    "an author file is one document: take the `---` line away",
                )

    def _refuse_features(self, event: pyyaml.NodeEvent) -> None:
        if event.anchor is not None:
            self._feature(event, f"an anchor, &{event.anchor}, is used", WRITE_OUT)
        if event.tag is not None:
            self._feature(event, f"a tag, {_short_tag(event.tag)}, is used", NO_TAG)

    def _feature(self, event: pyyaml.Event, message: str, hint: str) -> None:
        span = self._span(event)
        start = Span(self.path, span.line, span.column)
        self.faults.append(rules.YAML_FEATURE.at(start, message, hint))
        self.unusable = True

    def _stop(self, rule: Any, event: pyyaml.Event, message: str, *hints: str) -> None:
        raise _NotPlain(rule.at(self._span(event), message, *hints))

    def _open(self, event: pyyaml.CollectionStartEvent) -> None:
        if self.frames and self.frames[-1].wants_key:
            self._stop(
                rules.YAML_SYNTAX,
                event,
                "a key is a word, not a list or a mapping",
                "quote the key, or write `key: value`",
            )
        if len(self.frames) == MAX_LEVELS:
            self._stop(rules.YAML_TOO_LARGE, event, TOO_DEEP)
        path, span = self._here(), self._span(event)
        value: Any = {} if isinstance(event, pyyaml.MappingStartEvent) else []
        self._put(value, span)
        self.frames.append(_Frame(value, path, span, bool(event.flow_style)))

    def _close(self, event: pyyaml.CollectionEndEvent) -> None:
        frame = self.frames.pop()
        if frame.flow and frame.path in self.values:
            begin, end = frame.span, self._span(event)
            self.values[frame.path] = Span(
                self.path, begin.line, begin.column, end.end_line, end.end_column
            )
        elif isinstance(frame.value, dict) and frame.value and frame.path in self.values:
            first = next(iter(frame.value))
            self.values[frame.path] = self.keys[(*frame.path, first)]

    def _scalar(self, event: pyyaml.ScalarEvent) -> None:
        if self.frames and self.frames[-1].wants_key:
            self._key(event, event.value)
            return
        plain = event.style in (None, "")
        span = self._span(event)
        if plain:
            frame = self.frames[-1] if self.frames else None
            if frame and frame.flow and isinstance(frame.value, dict):
                fault = split_by_comma(frame.key or "", frame.key_end, self.lines, self.path)
                if fault:
                    self.faults.append(fault)
                    self.keys.pop(self._here(), None)
                    frame.key = None
                    return
            cut = cut_by_comment(event, self.lines, self.path)
            self.faults += [cut] if cut else []
        elif event.style in "|>":
            self.faults += comments_in_block(event, self.lines, self.path)
            span = Span(self.path, span.line, span.column)
        here = self._here()
        if plain and event.value in EMPTY:
            self._put(None, self.keys.get(here, span) if not event.value else span)
            return
        self._put(event.value if plain else Quoted(event.value), span)
        if here in self.values:
            self.origins.setdefault(here, origin(event, self.lines, self.path))

    def _key(self, event: pyyaml.Event, key: str) -> None:
        frame = self.frames[-1]
        span, path = self._span(event), (*frame.path, key)
        if key == "<<" and getattr(event, "style", None) in (None, ""):
            self._feature(event, "a merge key, <<, is used", "write its keys out")
        frame.key, frame.key_end = key, (event.end_mark.line, event.end_mark.column)
        frame.repeated = key in frame.value
        if frame.repeated:
            first = self.keys[path]
            self.faults.append(
                rules.DUPLICATE_KEY.at(
                    span, f'"{key}" stands twice in one mapping', related=[(first, "first here")]
                )
            )
        else:
            self.keys[path] = span

    def _here(self) -> FieldPath:
        if not self.frames:
            return ()
        frame = self.frames[-1]
        if isinstance(frame.value, dict):
            step = f"{frame.key} (again)" if frame.repeated else frame.key
            return (*frame.path, step or "")
        return (*frame.path, len(frame.value))

    def _put(self, value: Any, span: Span) -> None:
        path = self._here()
        if not self.frames:
            self.root = value
            self.values[path] = span
            return
        frame = self.frames[-1]
        if isinstance(frame.value, list):
            frame.value.append(value)
        else:
            key, frame.key = frame.key or "", None
            if frame.repeated:
                return
            frame.value[key] = value
        self.values[path] = span

    def _span(self, event: pyyaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        if (end.line, end.column) <= (start.line, start.column):
            return Span(self.path, start.line + 1, start.column + 1)
        return Span(self.path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _short_tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")
