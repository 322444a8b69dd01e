"""Data beside a page is of the page's own build, whatever a host or a browser still keeps."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from conceptbook.load import LoadedNotebook, LoadedWitness
from conceptbook.render.data_file import data_file

NAME = "scaling/double-descent"


def test_other_data_has_another_address() -> None:
    one, same, other = (data_file("objects", {"n": n}) for n in (1, 1, 2))
    assert one == same and one.content == b'{"n":1}\n'
    assert one.path != other.path
    assert re.fullmatch(r"data/objects\.[0-9a-f]{12}\.json", one.path)


def test_a_page_names_the_record_and_the_objects_of_its_own_build(
    bundled: LoadedNotebook, render_pages: Callable[..., dict[str, bytes]]
) -> None:
    concept = bundled.concepts[NAME]
    after = {name: moved(witness) for name, witness in concept.witnesses.items()}
    record = concept.record.model_copy(update={"title": "Another title"})
    concepts = {
        **bundled.concepts,
        NAME: replace(concept, record=record, witnesses=after),
    }
    before = data_of(render_pages(bundled))
    now = data_of(render_pages(replace(bundled, concepts=concepts)))
    assert len(before) == len(now) == 1 + len(concept.witnesses)
    assert not before & now


def moved(witness: LoadedWitness) -> LoadedWitness:
    asserted = {
        key: replace(curve, y=tuple(value + 1 for value in curve.y))
        for key, curve in witness.asserted.items()
    }
    return replace(witness, asserted=asserted)


def data_of(pages: dict[str, bytes]) -> set[str]:
    """The data that the page fetches; all of it is there."""
    page = pages[f"{NAME}/index.html"].decode()
    named = set(re.findall(r'="(data/[^"]+\.json)"', page))
    assert named == {
        path.removeprefix(f"{NAME}/")
        for path in pages
        if path.startswith(f"{NAME}/data/") and path.endswith(".json")
    }
    return named
