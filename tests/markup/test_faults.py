"""Each fault that a text alone shows: its place, its code and its words."""

from __future__ import annotations

import pytest
from conceptbook.diagnostics import Diagnostic
from conceptbook.markup import Origin, parse_inline, parse_page

from .conftest import fixtures


def told(diagnostics: list[Diagnostic]) -> str:
    return "\n".join(
        f"{fault.span.line}:{fault.span.column}-{fault.span.end_column} "
        f"{fault.rule.code} {fault.message}"
        for fault in sorted(diagnostics, key=lambda fault: fault.span)
    )


@pytest.mark.parametrize(("given", "wanted"), fixtures("faults.txt"))
def test_fixture(given: str, wanted: str) -> None:
    _, diagnostics = parse_page(given, "page.md")
    assert told(diagnostics) == wanted


def test_place_in_a_literal_block_of_yaml() -> None:
    # statement: |
    #   one
    #   two $\foo$
    origin = Origin("claim.yaml", line=8, column=3, indent=2)
    _, diagnostics = parse_inline("one\ntwo $\\foo$\n", origin)
    assert told(diagnostics) == '9:8-12 CB402 Unknown command "\\foo"'


def test_place_in_a_plain_value_of_yaml() -> None:
    _, diagnostics = parse_inline("see [@a", Origin("claim.yaml", line=2, column=12))
    assert [str(fault.span) for fault in diagnostics] == ["claim.yaml:2:16"]


def test_place_in_a_folded_value_is_its_start() -> None:
    origin = Origin("claim.yaml", line=2, column=12, exact=False)
    _, diagnostics = parse_inline("one two three [@a", origin)
    assert [str(fault.span) for fault in diagnostics] == ["claim.yaml:2:12"]


def test_fields_have_no_named_equations_and_no_footnotes() -> None:
    _, diagnostics = parse_inline("$$ x $$ (name)\n\na[^1]", Origin("a.yaml"))
    assert told(diagnostics) == (
        "1:1-3 CB402 (name): only the equations of page.md have names\n"
        '3:2-6 CB404 there is no footnote "1"'
    )


def test_a_misspelt_section_and_scheme_have_a_hint() -> None:
    _, diagnostics = parse_page("## Intution\n\n## Math\n\n[a](claims:x)", "page.md")
    assert [fault.hints for fault in diagnostics] == [
        ('did you mean "Intuition"?',),
        ('did you mean "claim"?',),
    ]


def test_text_before_the_first_section_is_never_lost_silently() -> None:
    for text in ("[^1]: note\n\nlost\n", "### lost\n\n", "- lost\n"):
        _, diagnostics = parse_page(text + "\n## Math\n", "page.md")
        assert [fault.rule.name for fault in diagnostics] == ["bad-heading"], text
