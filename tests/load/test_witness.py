"""What is no Python, and what is."""

import warnings

import pytest
from conceptbook.load.witness import program


@pytest.mark.parametrize(
    ("code", "words", "line"),
    [
        ("x = 1\nreturn 3\n", "'return' outside function", 2),
        ("break\n", "'break' outside loop", 1),
        ("nonlocal x\n", "nonlocal declaration not allowed", 1),
        ("def f(a, a): pass\n", "duplicate argument 'a'", 1),
        ("def f():\n    x = 1\n    global x\n", "before global declaration", 3),
        ("x = (\n", "was never closed", 1),
    ],
)
def test_what_only_compiling_finds_is_a_fault_too(code, words, line):
    with pytest.raises(SyntaxError, match=words) as raised:
        program(code, "w.py")
    assert raised.value.lineno == line


def test_a_warning_of_the_compiler_is_no_fault_and_is_silent():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert program("x = '\\d'\ny = x is 1\n", "w.py").body
