"""People and tools that write, review and edit."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from .base import Id, Line, Record, Text, _text


def _orcid(value: str) -> str:
    """ORCID's own check: ISO 7064 MOD 11-2 over the first fifteen digits."""
    digits = value.removeprefix("https://orcid.org/").replace("-", "")
    if not re.fullmatch(r"\d{15}[\dX]", digits):
        raise PydanticCustomError("bad_identifier", "wants an ORCID, 0000-0000-0000-0000")
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[15] != ("X" if check == 10 else str(check)):
        raise PydanticCustomError("bad_identifier", "is an ORCID with a wrong last digit")
    return "-".join(digits[i : i + 4] for i in range(0, 16, 4))


Orcid = Annotated[str, BeforeValidator(_text), AfterValidator(_orcid)]
Kind = Literal["human", "ai"]


class Tool(Record):
    """The program behind a machine-made check."""

    name: Line = Field(description="name of the tool")
    version: Line = Field(description="its version, as it names itself")


class Person(Record):
    """Somebody of `people` in notebook.yaml."""

    name: Line = Field(description="as it is printed")
    kind: Kind = Field("human", description="human, or ai for a machine-made check")
    orcid: Orcid | None = Field(None, description="ORCID iD")
    github: Line | None = Field(None, description="GitHub account, without @")
    email: Line | None = Field(None, description="never printed")
    affiliation: Line | None = Field(None, description="where they work")
    role: Literal["author", "reviewer", "editor"] | None = Field(None, description="main role")
    tool: Tool | None = Field(None, description="for kind ai: which tool, which version")
    interests: Text | None = Field(None, description="standing competing interests")


class InlinePerson(Record):
    """A person who is not listed in `people`, written where they are named."""

    name: Line = Field(description="as it is printed")
    kind: Kind = Field(description="human, or ai")
    orcid: Orcid | None = Field(None, description="ORCID iD")
    github: Line | None = Field(None, description="GitHub account, without @")
    tool: Tool | None = Field(None, description="for kind ai")


PersonRef = Annotated[
    Annotated[Id, Tag("id")] | Annotated[InlinePerson, Tag("record")],
    Discriminator(lambda value: "id" if isinstance(value, str) else "record"),
    Field(description="key of `people`, or {name, kind, orcid, github, tool}"),
]
