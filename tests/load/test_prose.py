from conceptbook.load.prose import texts
from conceptbook.load.yaml import read
from conceptbook.model import Claim, Concept, Source

CONCEPT = """\
title: Not prose
summary: S
witnesses:
  - plots:
      - id: p
        title: P
        x: {label: x}
        y: {label: y}
        caption: C
        curves:
          - id: c
            x: x
            y: y
            tolerance_because: T
            shapes: [{peak: {at: 1, because: B}}]
predictions:
  - mode: boundary
    question: Q
    options:
      - {text: O1, shape: {curve: c, increasing: {because: I}}}
      - {text: O2, shape: {curve: c, decreasing: }}
    because: Why
practice:
  - {prompt: P, hints: [H1, H2, H3], answer: A}
notation:
  - {symbol: $n$, means: M}
questions:
  - {text: T, evidence: [E]}
"""


def test_every_prose_field_by_its_yaml_path():
    document, _ = read(CONCEPT, "concept.yaml")
    found = dict(texts(Concept.model_validate(document.data)))
    plot = ("witnesses", 0, "plots", 0)
    assert found == {
        ("summary",): "S",
        (*plot, "caption"): "C",
        (*plot, "curves", 0, "tolerance_because"): "T",
        (*plot, "curves", 0, "shapes", 0, "peak", "because"): "B",
        ("predictions", 0, "question"): "Q",
        ("predictions", 0, "options", 0, "text"): "O1",
        ("predictions", 0, "options", 0, "shape", "increasing", "because"): "I",
        ("predictions", 0, "options", 1, "text"): "O2",
        ("predictions", 0, "because"): "Why",
        ("practice", 0, "prompt"): "P",
        ("practice", 0, "hints", 0): "H1",
        ("practice", 0, "hints", 1): "H2",
        ("practice", 0, "hints", 2): "H3",
        ("practice", 0, "answer"): "A",
        ("notation", 0, "symbol"): "$n$",
        ("notation", 0, "means"): "M",
        ("questions", 0, "text"): "T",
        ("questions", 0, "evidence", 0): "E",
    }
    assert set(found) <= set(document.origins), "each is a path of the file"


def test_prose_of_claims():
    translation = {"text": "T", "by": "me"}
    claim = Claim.model_validate(
        {
            "statement": "S.",
            "kind": "definition",
            "caveats": ["C"],
            "evidence": [{"source": "a", "stance": "supports", "translation": translation}],
            "relations": {"refines": ["a/b/c"]},
        }
    )
    assert [path for path, _ in texts(claim)] == [
        ("statement",),
        ("caveats", 0),
        ("evidence", 0, "translation", "text"),
    ]


def test_what_never_reaches_the_site_is_not_parsed():
    fields = {"id": "a", "type": "book", "title": "T", "custom": {"note": "N"}}
    source = Source.model_validate({**fields, "abstract": "<b>", "note": "$"})
    assert dict(texts(source)) == {("custom", "note"): "N"}
