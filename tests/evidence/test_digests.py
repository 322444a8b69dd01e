from dataclasses import replace

import pytest
from conceptbook.evidence.digests import canonical, code_text, part, run_digest, text
from conceptbook_kit.declaration import Axis, Band, Control, Curve, Declaration, Plot, Shape

CODE = "n = 3\nx = [1, 2, 3]\ny = [n * v for v in x]\n"
CURVE = Curve("line", "x", "y", "Line", shapes=(Shape("increasing", {"slack": 0}),))
PLOT = Plot("plot", "Plot", Axis("x"), Axis("y"), (CURVE,))
DECLARED = Declaration(
    concept="a/b",
    witness="w",
    file="w.py",
    title="W",
    seconds=5,
    memory_mb=256,
    controls=(Control("n", "N", 3, min=1, max=9),),
    plots=(PLOT,),
)


def with_curve(**changes):
    return replace(DECLARED, plots=(replace(PLOT, curves=(replace(CURVE, **changes),)),))


def test_canonical_sorts_keys_and_has_one_form_for_a_number():
    assert canonical({"b": 1.0, "a": [1, 1e-7]}) == b'{"a":[1,1e-7],"b":1}'


def test_numbers_without_a_json_form_are_no_error():
    assert canonical([2**64, float("inf"), True]) == b'["18446744073709551616","inf",true]'


def test_text_is_composed_and_folded():
    assert text("  Ko\u0301vacs\n\t wrote ") == "K\u00f3vacs wrote"


def test_a_part_is_sixteen_hex_digits_and_stays():
    assert part("A sentence.") == "a20b608de7a5f223"


def test_a_run_digest_stays():
    assert run_digest(DECLARED, CODE) == (
        "sha256:5943aa308fd7ee40b254caf1e4dee3935db17a044dba70a6544083158c1061ab"
    )


@pytest.mark.parametrize(
    "same",
    [
        CODE.replace("\n", "\r\n"),
        CODE.replace("\n", "\r"),
        CODE.replace("\n", "  \t\n"),
        CODE + "\n\n  \n",
        CODE.rstrip("\n"),
    ],
    ids=["crlf", "cr", "trailing-blanks", "blank-lines-at-end", "no-last-newline"],
)
def test_line_ends_and_trailing_blanks_do_not_count(same):
    assert run_digest(DECLARED, same) == run_digest(DECLARED, CODE)


@pytest.mark.parametrize("other", [f"# why\n{CODE}", CODE.replace("3", "4"), f" {CODE}"])
def test_every_other_character_of_the_program_counts(other):
    assert run_digest(DECLARED, other) != run_digest(DECLARED, CODE)


def test_code_text_keeps_separators_that_are_no_line_ends():
    assert code_text("a = '\u2028'\f\nb") == "a = '\u2028'\f\nb"


@pytest.mark.parametrize(
    "change",
    [
        {"id": "other"},
        {"x": "z"},
        {"y": "z"},
        {"band": Band("low", "high")},
        {"judge": "shapes"},
        {"rtol": 1e-3},
        {"atol": 1e-3},
        {"shapes": ()},
        {"shapes": (Shape("decreasing", {"slack": 0}),)},
        {"shapes": (Shape("increasing", {"slack": 0.1}),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_the_judge_reads_counts(change):
    assert run_digest(with_curve(**change), CODE) != run_digest(DECLARED, CODE)


def test_a_controls_default_counts():
    moved = replace(DECLARED, controls=(Control("n", "N", 4, min=1, max=9),))
    assert run_digest(moved, CODE) != run_digest(DECLARED, CODE)


@pytest.mark.parametrize(
    "same",
    [
        replace(DECLARED, concept="c/d", witness="v", file="v.py", title="V"),
        replace(DECLARED, seconds=9, memory_mb=512),
        replace(DECLARED, controls=(Control("n", "Size", 3, help="How many.", max=20),)),
        replace(DECLARED, plots=(replace(PLOT, id="p", title="P", x=Axis("t", "s", "log")),)),
        with_curve(label="Curve", mark="points", tolerance_because="rounding"),
        with_curve(shapes=(Shape("increasing", {"slack": 0}, because="of this"),)),
    ],
    ids=["names", "budgets", "control-words", "axes", "curve-words", "shape-words"],
)
def test_words_looks_and_budgets_do_not_count(same):
    assert run_digest(same, CODE) == run_digest(DECLARED, CODE)
