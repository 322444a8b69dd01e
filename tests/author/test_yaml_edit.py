"""Text goes in at the end of a list, and every other byte stays."""

import pytest
from conceptbook.author.yaml_edit import CannotEdit, append

ITEM = {"by": "ben", "date": "2026-02-01"}


def added(text, after):
    """The text that was put in: the rest must be as it was."""
    for cut in range(len(text), -1, -1):
        if after.startswith(text[:cut]) and after.endswith(text[cut:]):
            return after[cut : len(after) - (len(text) - cut)]
    raise AssertionError(f"other bytes changed: {after!r}")


CASES = {
    "no-list-yet": ("a: b\n", "a: b\nreviews:\n  - by: ben\n    date: 2026-02-01\n"),
    "list": (
        "a: b\nreviews:\n  - by: ann\n",
        "a: b\nreviews:\n  - by: ann\n  - by: ben\n    date: 2026-02-01\n",
    ),
    "dashes-at-the-margin": (
        "reviews:\n- by: ann\n",
        "reviews:\n- by: ann\n- by: ben\n  date: 2026-02-01\n",
    ),
    "deep-dashes": (
        "reviews:\n    - by: ann\n",
        "reviews:\n    - by: ann\n    - by: ben\n      date: 2026-02-01\n",
    ),
    "no-last-newline": (
        "reviews:\n  - by: ann",
        "reviews:\n  - by: ann\n  - by: ben\n    date: 2026-02-01",
    ),
    "no-list-and-no-last-newline": (
        "a: b",
        "a: b\nreviews:\n  - by: ben\n    date: 2026-02-01",
    ),
    "windows": (
        "a: b\r\nreviews:\r\n  - by: ann\r\n",
        "a: b\r\nreviews:\r\n  - by: ann\r\n  - by: ben\r\n    date: 2026-02-01\r\n",
    ),
    "blank-lines-and-comments-at-the-end": (
        "reviews:\n  - by: ann  # first\n\n# the end\n",
        "reviews:\n  - by: ann  # first\n  - by: ben\n    date: 2026-02-01\n\n# the end\n",
    ),
    "a-block-text-at-the-end": (
        "reviews:\n  - by: ann\n    note: |\n      text\n      # of it\n",
        "reviews:\n  - by: ann\n    note: |\n      text\n      # of it\n"
        "  - by: ben\n    date: 2026-02-01\n",
    ),
    "not-the-last-key": (
        "reviews:\n  - by: ann\n\n# about b\nb: c\n",
        "reviews:\n  - by: ann\n  - by: ben\n    date: 2026-02-01\n\n# about b\nb: c\n",
    ),
    "empty-list": (
        "reviews: []  # none\nb: c\n",
        "reviews:  # none\n  - by: ben\n    date: 2026-02-01\nb: c\n",
    ),
    "nothing": ("reviews:\n", "reviews:\n  - by: ben\n    date: 2026-02-01\n"),
    "comment-on-top": (
        "# top\n\na: b # x\n",
        "# top\n\na: b # x\nreviews:\n  - by: ben\n    date: 2026-02-01\n",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_item_goes_to_the_end(name):
    before, after = CASES[name]
    assert append(before, "a.yaml", "reviews", [ITEM]) == after


def test_mixed_line_ends_stay_mixed():
    text = "a: b\nb: c\r\nreviews:\n  - by: ann\r\n"
    assert added(text, append(text, "a.yaml", "reviews", [ITEM])) == (
        "  - by: ben\r\n    date: 2026-02-01\r\n"
    )


@pytest.mark.parametrize(
    "text",
    ["{a: b}\n", '{"a": "b",\n "reviews": []}\n', "reviews: [{by: ann}]\n", "- a\n", "a: [\n"],
)
def test_a_form_that_cannot_be_extended_is_refused(text):
    with pytest.raises(CannotEdit):
        append(text, "a.yaml", "reviews", [ITEM])
