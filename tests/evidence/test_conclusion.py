"""The worst finding wins."""

from typing import get_args

import pytest
from conceptbook.evidence.conclusion import proposed
from conceptbook.evidence.vocabulary import CONCLUDES, FOUND, OPENED
from conceptbook.model.claim import Check, Conclusion


@pytest.mark.parametrize(
    ("found", "caveats", "conclusion"),
    [
        ([("supports", "supports")], False, "supported"),
        ([("supports", "supports")], True, "supported-with-caveats"),
        ([("supports", "supports"), ("supports", "qualifies")], False, "overstated"),
        ([("supports", "supports"), ("qualifies", "qualifies")], False, "supported-with-caveats"),
        ([("supports", "supports"), ("supports", "not-found")], False, "not-supported"),
        ([("supports", "background"), ("supports", "supports")], False, "misattributed"),
        ([("supports", "contradicts"), ("supports", "not-found")], False, "contradicted"),
        ([("supports", "supports"), ("supports", "not-checked")], False, "inconclusive"),
        ([("supports", "not-checked"), ("supports", "not-found")], False, "not-supported"),
        (
            [("contradicts", "contradicts"), ("supports", "supports")],
            False,
            "supported-with-caveats",
        ),
        ([("background", "background"), ("supports", "supports")], False, "supported"),
        ([("background", "contradicts"), ("supports", "supports")], False, "contradicted"),
        ([("background", "not-found"), ("supports", "supports")], False, "supported"),
        ([], False, "inconclusive"),
    ],
)
def test_what_is_proposed(found, caveats, conclusion):
    assert proposed(found, caveats=caveats) == conclusion


def test_every_word_has_its_meaning():
    assert tuple(OPENED) == get_args(Check.model_fields["access"].annotation)
    assert tuple(FOUND) == get_args(Check.model_fields["finding"].annotation)
    assert tuple(CONCLUDES) == get_args(Conclusion)
