"""claims/sources.yaml: the bibliography, CSL items in YAML."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, create_model
from pydantic_core import PydanticCustomError

from .base import Date, Line, Record, SourceId, Text, Url, _text, describe

TYPES = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book",
    "broadcast", "chapter", "classic", "collection", "dataset", "document", "entry",
    "entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview",
    "legal_case", "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet",
    "paper-conference", "patent", "performance", "periodical", "personal_communication", "post",
    "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech",
    "standard", "thesis", "treaty", "webpage",
]  # fmt: skip
WEB_TYPES = frozenset({"webpage", "post", "post-weblog"})
VARIABLES = """abstract annote archive-place archive_collection authority call-number chapter-number
citation-number collection-number collection-title container-title container-title-short dimensions
division event event-title event-place genre jurisdiction keyword language license locator medium
note number number-of-pages number-of-volumes original-publisher original-publisher-place
original-title page page-first part-number part-title PMCID PMID printing-number publisher
publisher-place references reviewed-genre reviewed-title scale section source status
supplement-number title-short volume volume-title year-suffix""".split()
NAME_VARIABLES = """collection-editor compiler composer container-author contributor curator
director editorial-director executive-producer guest host illustrator interviewer narrator
organizer original-author performer producer recipient reviewed-author script-writer
series-creator translator""".split()
DATE_VARIABLES = "available-date event-date original-date submitted".split()


class Person(Record):
    """A CSL name: family and given, or literal for a body."""

    family: Line | None = Field(None, description="family name")
    given: Line | None = Field(None, description="given names")
    literal: Line | None = Field(None, description="a body's name, whole")
    suffix: Line | None = Field(None, description="Jr, III …")
    dropping_particle: Line | None = Field(
        None, alias="dropping-particle", description="as in Ludwig van Beethoven: van"
    )
    non_dropping_particle: Line | None = Field(
        None, alias="non-dropping-particle", description="as in Vincent van Gogh: van"
    )


def _has_name(value: Person) -> Person:
    if not (value.family or value.literal):
        raise PydanticCustomError("bad_form", "wants family and given, or literal")
    return value


Name = Annotated[Person, AfterValidator(_has_name)]


class CslDate(Record):
    """A date as precise as it is known."""

    year: int = Field(description="year; negative before the common era")
    month: Annotated[int, Field(ge=1, le=12)] | None = Field(None, description="1 to 12")
    day: Annotated[int, Field(ge=1, le=31)] | None = Field(None, description="1 to 31")
    circa: bool = Field(False, description="about")
    until: CslDate | None = Field(None, description="the end, of an interval")


def _csl_date(value: Any) -> Any:
    """EDTF text, `[{year, month, day}]` or date-parts, as one year-month-day record; of an
    interval its beginning, with the end as `until`."""
    if isinstance(value, CslDate):
        return value
    if isinstance(value, str):
        return _edtf(value)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _interval(value)
    if isinstance(value, dict) and "date-parts" in value:
        parts = value["date-parts"]
        if isinstance(parts, list) and parts and all(isinstance(p, list) and p for p in parts):
            days = [dict(zip(("year", "month", "day"), one, strict=False)) for one in parts]
            about = {"circa": value["circa"]} if "circa" in value else {}
            return _interval([{**days[0], **about}, *days[1:]])
    if isinstance(value, dict) and "year" in value:
        return value
    raise PydanticCustomError(
        "bad_date", "wants a date such as 2019-08, [{year: 2019, month: 8}] or date-parts"
    )


def _interval(days: list[dict[str, Any]]) -> dict[str, Any]:
    return {**days[0], "until": days[1]} if len(days) > 1 else days[0]


def _edtf(text: str) -> dict[str, Any]:
    begin, _, end = text.partition("/")
    return _interval([_day(begin), *([_day(end)] if end.strip(".") else [])])


def _day(text: str) -> dict[str, Any]:
    match = re.fullmatch(r"(-?\d{4,})(?:-(\d{2}))?(?:-(\d{2}))?([?~%])?", text)
    if not match:
        raise PydanticCustomError("bad_date", "wants a date such as 2019, 2019-08 or 2019-08-06")
    year, month, day, doubt = match.groups()
    season = month is not None and int(month) > 12
    return {
        "year": year,
        "month": None if season else month,
        "day": None if season else day,
        "circa": bool(doubt),
    }


def _doi(value: str) -> str:
    if not re.fullmatch(r"10\.\d{4,9}/\S+", value):
        raise PydanticCustomError(
            "bad_identifier",
            "wants a DOI such as 10.1073/pnas.1903070116, without https://doi.org/",
        )
    return value


def _isbn(value: str) -> str:
    digits = value.replace("-", "").replace(" ", "").upper()
    if re.fullmatch(r"\d{13}", digits):
        good = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10 == 0
    elif re.fullmatch(r"\d{9}[\dX]", digits):
        good = sum((10 if d == "X" else int(d)) * (10 - i) for i, d in enumerate(digits)) % 11 == 0
    else:
        good = False
    if not good:
        raise PydanticCustomError(
            "bad_identifier", "is no ISBN: its length or check digit is wrong"
        )
    return value


def _is_list(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise PydanticCustomError("wrong_type", "wants a list, not {got}", {"got": describe(value)})
    return value


DateField = Annotated[CslDate, BeforeValidator(_csl_date)]
Names = Annotated[tuple[Name, ...], BeforeValidator(_is_list)]
Doi = Annotated[str, BeforeValidator(_text), AfterValidator(_doi)]
Isbn = Annotated[str, BeforeValidator(_text), AfterValidator(_isbn)]


class Archived(Record):
    """A copy in an archive."""

    url: Url = Field(description="address of the copy")
    date: Date = Field(description="when it was made")


class Custom(Record):
    """What CSL has no variable for."""

    model_config = ConfigDict(extra="allow")

    archived: Archived | None = Field(None, description="a copy in an archive")
    access: Literal["open", "registration", "paywalled", "print"] = Field(
        "open", description="what a reader needs to open it"
    )
    version_of: SourceId | None = Field(None, description="another record of the same work")
    note: Text | None = Field(None, description="what it grounds in general")


_Variables = create_model(
    "_Variables",
    __base__=Record,
    **{
        name.replace("-", "_"): (kind | None, Field(None, alias=name, description="as CSL has it"))
        for names, kind in ((VARIABLES, Line), (NAME_VARIABLES, Names), (DATE_VARIABLES, DateField))
        for name in names
    },
)


class Source(_Variables):  # type: ignore[valid-type, misc]
    """One CSL 1.0.2 item."""

    id: SourceId = Field(description="citation key, as Zotero wrote it")
    type: TYPES = Field(description="CSL type")
    title: Line = Field(description="title")
    abstract: Text | None = Field(None, description="never reaches the site")
    note: Text | None = Field(None, description="never reaches the site")
    author: Names = Field((), description="authors: {family, given} or {literal}")
    editor: Names = Field((), description="editors")
    issued: DateField | None = Field(None, description="date of publication")
    accessed: DateField | None = Field(None, description="wanted for web types")
    DOI: Doi | None = Field(None, description="without https://doi.org/")
    ISBN: Isbn | None = Field(None, description="10 or 13 digits")
    ISSN: Line | None = Field(None, description="as printed")
    URL: Url | None = Field(None, description="web address")
    archive: Line | None = Field(None, description="such as arXiv")
    archive_location: Line | None = Field(None, description="such as 1812.11118")
    version: Line | None = Field(None, description="version")
    edition: Line | None = Field(None, description="edition")
    issue: Line | None = Field(None, description="issue")
    custom: Custom = Field(Custom(), description="beyond CSL")

    @property
    def arxiv(self) -> str | None:
        """The arXiv id, with its version where one is given."""
        if self.archive and self.archive.casefold() == "arxiv" and self.archive_location:
            return self.archive_location.removeprefix("arXiv:")
        match = re.match(
            r"https?://arxiv\.org/(?:abs|pdf)/([\w.-]+?(?:/\d+)?(?:v\d+)?)$", self.URL or ""
        )
        return match[1] if match else None


class Sources(Record):
    """claims/sources.yaml."""

    references: tuple[Source, ...] = Field(description="CSL items")
