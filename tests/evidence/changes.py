"""One change of each field under the digest, and changes of what is under none."""

from __future__ import annotations

from typing import Any, NamedTuple

CLAIM = "claims/calculus/midpoint/second-order.yaml"
FALLS = "claims/calculus/midpoint/falls.yaml"
CONCEPT = "content/calculus/midpoint/concept.yaml"
CODE = "content/calculus/midpoint/slices.py"
CURVE = "content/calculus/midpoint/curves/midpoint.csv"
PAGE = "content/calculus/midpoint/page.md"
SOURCES = "claims/sources.yaml"
ROWS = """\
x,y
2.0,0.020833333333333332
4.0,0.005208333333333333
8.0,0.0013020833333333333
"""
DEPENDENTS = {
    CONCEPT: "calculus/midpoint/falls",
    CODE: "calculus/midpoint/falls",
    CURVE: "calculus/midpoint/falls",
    "10.5555/Talvila.2012": "calculus/midpoint/kinks",
}
"""Which other claim rests on the same file, or the same words of it."""


class Change(NamedTuple):
    """One change, and the part of the digest that it is in."""

    path: str
    old: str
    new: str
    part: str

    @property
    def dependents(self) -> set[str]:
        """The claims whose reviews it makes stale."""
        others = {DEPENDENTS.get(self.path), DEPENDENTS.get(self.old)} - {None}
        return {"calculus/midpoint/second-order", *others}


CHANGES = [
    Change(*change)
    for change in [
        (CLAIM, "by four.", "by five.", "statement"),
        (CLAIM, "kind: theorem", "kind: empirical", "kind"),
        (CLAIM, "Twice", "Thrice", "scope"),
        (CLAIM, "need not.", "need not", "caveats"),
        (CLAIM, "the other claim", "the other claims", "caveats"),
        (CLAIM, "  - The bound holds, equality need not.\n", "", "caveats"),
        (CLAIM, "stance: supports", "stance: qualifies", "evidence"),
        (CLAIM, "p. 54", "p. 55", "evidence"),
        (CLAIM, "order two", "order 2", "evidence"),
        (CLAIM, "quote_lang: en", "quote_lang: fr", "evidence"),
        (CLAIM, "zweiter", "dritter", "evidence"),
        (CLAIM, "same constant", "Same constant", "evidence"),
        (CLAIM, "Theorem 1", "Theorem 2", "evidence"),
        (CLAIM, "at: 4", "at: 8", "witnesses"),
        (CLAIM, "each step", "every step", "witnesses"),
        (CLAIM, "the example", "one example", "witnesses"),
        (CLAIM, "It falls", "It fell", "witnesses"),
        (CLAIM, "the general case", "general cases", "proofs"),
        (CLAIM, "source: talvila-2012", "source: notes-2020", "sources"),
        (CONCEPT, "x: counts\n            y: mid", "x: count\n            y: mid", "witnesses"),
        (CONCEPT, "y: midpoint_errors", "y: midpoint_error", "witnesses"),
        (CONCEPT, "low: low", "low: lowest", "witnesses"),
        (CONCEPT, "high: high", "high: highest", "witnesses"),
        (CONCEPT, "rtol: 1e-3", "rtol: 2e-3", "witnesses"),
        (CONCEPT, "atol: 1e-8", "atol: 1e-9", "witnesses"),
        (CONCEPT, "Rounding", "rounding", "witnesses"),
        (CONCEPT, "slack: 0.01", "slack: 0.02", "witnesses"),
        (CONCEPT, "from: 2", "from: 4", "witnesses"),
        (CONCEPT, "- below: {curve", "- above: {curve", "witnesses"),
        (CONCEPT, "Each halving", "Every halving", "witnesses"),
        (CONCEPT, "id: left, x: counts, y: left_", "id: left, x: counts, y: low_", "witnesses"),
        (CONCEPT, "atol: 1e-8\n", "atol: 1e-8\n            judge: shapes\n", "witnesses"),
        (CONCEPT, "label: midpoint rule", "label: left rule", "witnesses"),
        (CONCEPT, "x: {label: slices}", "x: {label: slice}", "witnesses"),
        (CONCEPT, "y: {label: error}", "y: {label: error, unit: m}", "witnesses"),
        (CODE, "most = 8", "most = 9", "witnesses"),
        (CODE, "# Error", "# Errors", "witnesses"),
        (CODE, "> midpoint_errors[-1]", ">= midpoint_errors[-1]", "witnesses"),
        (CURVE, "0.0013020833333333333", "0.0013020833333333335", "witnesses"),
        (CURVE, "x,y\n2.0,", "x,y\n1.0,", "witnesses"),
        (
            CURVE,
            ROWS,
            ROWS.replace("x,y", "x,y,atol").replace("\n", ",0.0\n").replace("atol,0.0", "atol"),
            "witnesses",
        ),
        (PAGE, "{24 n^2}", "{12 n^2}", "proofs"),
        (PAGE, "by four.", "by 4.", "proofs"),
        (SOURCES, "10.5555/Talvila.2012", "10.5555/talvila.2013", "sources"),
        (SOURCES, "0-12-206360-0", "978-0-486-45339-2", "sources"),
        (SOURCES, 'edition: "2"', 'edition: "3"', "sources"),
        (SOURCES, "title: Notes on Quadrature", "title: Notes on Sums", "sources"),
        (SOURCES, "type: report", "type: book", "sources"),
        (SOURCES, "issued: 2020", "issued: 2021", "sources"),
        (SOURCES, "Office of Slices", "Office of Sums", "sources"),
    ]
]
SAME = {
    "white-space-in-text": (CLAIM, "Halving the width", "Halving   the\n  width"),
    "literal-block": (
        CLAIM,
        "scope: Twice differentiable functions on a closed interval.",
        "scope: |\n  Twice differentiable functions\n  on a closed interval.",
    ),
    "quoting": (CLAIM, "locator: Theorem 1", 'locator: "Theorem 1"'),
    "flow-style": (
        CLAIM,
        "  - source: talvila-2012\n    stance: qualifies\n    locator: Theorem 1",
        "  - {locator: Theorem 1, stance: qualifies, source: talvila-2012}",
    ),
    "key-order": (
        CLAIM,
        "statement: Halving the width divides the error of the midpoint rule by four.\n"
        "kind: theorem",
        "kind: theorem\nstatement: Halving the width divides the error of the midpoint rule by"
        " four.",
    ),
    "comment": (CLAIM, "# The claim", "# A claim"),
    "translator": (CLAIM, "by: Ann Author", "by: A. Author"),
    "authors": (CLAIM, "kind: theorem", "kind: theorem\nauthors: [cyd]"),
    "relations": (CLAIM, "kind: theorem", "kind: theorem\nrelations: {refines: [kinks]}"),
    "default-written-out": (CONCEPT, "rtol: 1e-3", "rtol: 1e-3\n            judge: points"),
    "number-form": (CONCEPT, "rtol: 1e-3", "rtol: 0.0010"),
    "plot": (CONCEPT, "title: Error by slices", "title: Errors"),
    "control-range": (CONCEPT, "max: 64", "max: 32"),
    "concept-title": (CONCEPT, "title: Midpoint sums", "title: Sums"),
    "trailing-blanks-in-code": (CODE, "most = 8\n", "most = 8  \n"),
    "crlf-in-code": (CODE, "\n", "\r\n"),
    "crlf-in-claim": (CLAIM, "\n", "\r\n"),
    "csv-number-form": (CURVE, "2.0,", "2,"),
    "prose-beside-the-proof": (PAGE, "Slices.", "Thin slices."),
    "white-space-in-proof": (PAGE, "halving the width", "halving the\nwidth"),
    "doi-case": (SOURCES, "Talvila.2012", "TALVILA.2012"),
    "isbn-hyphens": (SOURCES, "0-12-206360-0", "0122063600"),
    "title-of-a-book-with-isbn": (SOURCES, "Methods of Numerical", "Methods of numerical"),
    "given-name": (SOURCES, "given: Erik", "given: E."),
    "person": ("notebook.yaml", "name: Ben Reviewer", "name: Benedict Reviewer"),
}
RENAMES = {
    "source-key": [
        (SOURCES, "davis-1984", "davis1984"),
        (CLAIM, "davis-1984", "davis1984"),
        (PAGE, "davis-1984", "davis1984"),
    ],
    "cited-source-key": [
        (SOURCES, "notes-2020", "office-2020"),
        (CLAIM, "@notes-2020", "@office-2020"),
    ],
    "curve": [(path, "id: midpoint", "id: middle") for path in (CONCEPT, CLAIM, FALLS)],
    "other-curve": [(CONCEPT, "id: left", "id: west"), (CONCEPT, "curve: left", "curve: west")],
    "proof": [(PAGE, "{#halving}", "{#halved}"), (CLAIM, "id: halving", "id: halved")],
    "equation": [
        (PAGE, "(bound)", "(limit)"),
        (PAGE, "(equation:bound)", "(equation:limit)"),
        (CLAIM, "id: bound", "id: limit"),
    ],
    "linked-claim": [(CLAIM, "claim:kinks", "claim:corners")],
    "person-id": [("notebook.yaml", "ben:", "benny:"), (CLAIM, "by: ben", "by: benny")],
}


class Unchanged:
    """Edits that leave every review current."""

    def __init__(self, *edits: tuple[str, str, str], moved: tuple[str, str] | None = None):
        self.edits, self.moved = edits, moved

    def __call__(self, book: Any) -> None:
        for edit in self.edits:
            book.edit(*edit)
        if self.moved:
            curves = book.root / "content/calculus/midpoint/curves"
            (curves / self.moved[0]).rename(curves / self.moved[1])


MOVED = {"curve": ("midpoint.csv", "middle.csv"), "other-curve": ("left.csv", "west.csv")}
UNCHANGED = {
    **{name: Unchanged(edit) for name, edit in SAME.items()},
    **{f"renamed-{n}": Unchanged(*edits, moved=MOVED.get(n)) for n, edits in RENAMES.items()},
}
