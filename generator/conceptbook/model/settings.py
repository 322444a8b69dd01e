"""notebook.yaml: the notebook as a whole."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from .base import Id, Line, Record, Sha256, Text, Url, WheelFile, _text
from .people import Person

FORMAT = 1
HOST = re.compile(r"localhost|([\w-]+\.)+[\w-]+", re.IGNORECASE)
NOT_IN_A_URL = re.compile(r"[\s\x00-\x1f<>\"\\^`{|}]")


def base_url_fault(text: str) -> str | None:
    """Why a text cannot be the absolute address of a site; None where it can."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return "is no web address: its host or port cannot be read"
    if parts.scheme not in {"http", "https"} or NOT_IN_A_URL.search(text):
        return "is no web address such as https://me.github.io/notes/"
    if "@" in parts.netloc:
        return "must not hold a user or a password"
    if not HOST.fullmatch(parts.hostname or "") or port == 0:
        return "is no web address: it names no host such as me.github.io, or localhost"
    if "?" in text or "#" in text:
        return "must not have a query or a fragment"
    if {".", ".."} & set(unquote(parts.path).split("/")):
        return 'must not have a step "." or ".."'
    return None


def _base_url(text: str) -> str:
    if why := base_url_fault(text):
        raise PydanticCustomError("bad_form", "{why}", {"why": why})
    return text


BaseUrl = Annotated[str, BeforeValidator(_text), AfterValidator(_base_url)]


class Licence(Record):
    """SPDX identifiers; quotations are outside them."""

    code: Line = Field(description="licence of the witnesses, SPDX")
    text: Line = Field(description="licence of the prose, SPDX")


class Planned(Record):
    """A concept that is to come."""

    id: Id = Field(description="its folder's name, later")
    title: Line = Field(description="its heading")


class Domain(Record):
    """A folder of content/."""

    id: Id = Field(description="name of the folder")
    title: Line = Field(description="heading")
    summary: Text | None = Field(None, description="one sentence")
    planned: tuple[Planned, ...] = Field((), description="concepts to come")


class PublishedPolicy(Record):
    """What each claim of a published concept needs."""

    reviews: Annotated[int, Field(ge=0)] = Field(1, description="current passes")
    human: Annotated[int, Field(ge=0)] = Field(1, description="current passes by people")


class ReviewPolicy(Record):
    """How reviews count."""

    published: PublishedPolicy = Field(PublishedPolicy(), description="needed for `published`")
    independent: bool = Field(True, description="a reviewer is no author of the claim")
    ai_counts: bool = Field(False, description="AI passes count towards `reviews`")
    require: tuple[Literal["locator", "quote", "check"], ...] = Field(
        ("locator", "check"), description="what each grounding entry and each pass needs"
    )
    due_after: Annotated[int, Field(gt=0)] | None = Field(
        None, description="days after which `audit` lists a review as due"
    )


class Quotes(Record):
    """Quotations belong to their authors."""

    max_chars: Annotated[int, Field(gt=0)] = Field(300, description="longest quotation")


class Limit(Record):
    """What one run of a witness may use."""

    seconds: Annotated[float, Field(gt=0, le=60)] = Field(30, description="time budget, s")
    memory_mb: Annotated[int, Field(ge=64)] = Field(
        1024, description="memory over the baseline, MB"
    )


class BrowserLimit(Limit):
    """What one run may use in the page."""

    seconds: Annotated[float, Field(gt=0, le=60)] = Field(20, description="time budget, s")


class Limits(Record):
    """Budgets of the two places where witnesses run."""

    native: Limit = Field(Limit(), description="for `verify` and `record`")
    browser: BrowserLimit = Field(BrowserLimit(), description="in the page")


class LockedWheel(Record):
    """A pure-Python wheel that witnesses may import."""

    wheel: WheelFile = Field(
        description="a file of the notebook; a name without a folder is fetched from PyPI"
    )
    sha256: Sha256 = Field(description="of the whole file")


class RuntimeSettings(Record):
    """The Pyodide distribution that the site carries."""

    path: Line | None = Field(None, description="a folder of runtime files of your own")
    packages: tuple[LockedWheel, ...] = Field(
        (), description="pure-Python wheels that witnesses may import, locked by their hashes"
    )


class Settings(Record):
    """notebook.yaml."""

    conceptbook: int = Field(description="version of the format, 1")
    title: Line = Field(description="name of the notebook")
    description: str = Field("", description="one sentence, for the home page and link previews")
    language: Line = Field("en", description="BCP 47 tag of the text's language")
    base_url: BaseUrl | None = Field(None, description="absolute address; --base-url wins")
    repository: Url | None = Field(None, description="for edit, issue and source links")
    theme: Line = Field("default", description="a theme's name, or its folder")
    licence: Licence | None = Field(None, description="shown in the footer")
    people: dict[Id, Person] = Field({}, description="authors, reviewers, editors, tools")
    domains: tuple[Domain, ...] = Field(description="folders of content/, in order")
    review: ReviewPolicy = Field(ReviewPolicy(), description="the review policy")
    quotes: Quotes = Field(Quotes(), description="limits on quotations")
    limits: Limits = Field(Limits(), description="budgets of a witness")
    runtime: RuntimeSettings = Field(RuntimeSettings(), description="the browser's runtime")
