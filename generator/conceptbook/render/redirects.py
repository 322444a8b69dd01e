"""Old ids: an address that an object once had leads on to where it is now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..load import absolute
from .address import claim_page, concept_page
from .resolver import Shown
from .site import relative


@dataclass(frozen=True)
class Redirect:
    """A page at an old address."""

    path: str
    target: str
    """The path of the page that it leads to."""
    title: str

    @property
    def href(self) -> str:
        return relative(self.path, self.target)


def redirects(shown: Shown) -> Iterator[Redirect]:
    """Each alias of each concept with its claims, and each alias of each claim."""
    moved = {
        alias: concept.id for concept in shown.concepts.values() for alias in concept.record.aliases
    }
    for alias, concept in moved.items():
        title = shown.concepts[concept].record.title
        yield Redirect(concept_page(alias), concept_page(concept), title)
    former_of: dict[str, list[str]] = {}
    for alias, concept in moved.items():
        former_of.setdefault(concept, []).append(alias)
    for name, claim in shown.notebook.claims.items():
        if not shown.has_claim(name):
            continue
        short = name.removeprefix(f"{claim.concept}/")
        former = [absolute(alias, claim.concept) for alias in claim.record.aliases]
        former += [f"{alias}/{short}" for alias in former_of.get(claim.concept, ())]
        for alias in dict.fromkeys(former):
            if alias not in shown.notebook.claims:
                yield Redirect(claim_page(alias), claim_page(name), f"The claim {name}")
