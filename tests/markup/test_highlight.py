"""Coloured code is the code."""

from __future__ import annotations

import re
from html import unescape

import pytest
from conceptbook.markup.highlight import highlight

SAMPLES = [
    "",
    "\n\n\nx = 1\n\n\n",
    "x = 1",
    "\tif x:\r\n\t\treturn '<&\"' # \U0001f600\r",
    'f"{x!r:>{width}}" \\\n  """doc\n"""',
    "def broken(:\n  'unclosed",
    "\x0b ??? $ ` \u2028",
]


@pytest.mark.parametrize("language", ["python", "json", "bash", "nonsense", ""])
@pytest.mark.parametrize("code", SAMPLES)
def test_text_is_kept(code: str, language: str) -> None:
    html = highlight(code, language)
    assert unescape(re.sub(r"<[^>]*>", "", html)) == code


def test_only_classes() -> None:
    html = highlight("def f(x):\n    return x  # why\n")
    assert '<span class="k">def</span>' in html
    assert set(re.findall(r"<(?!/span>)[^>]*>", html)) <= {
        f'<span class="{name}">' for name in re.findall(r'class="([a-z0-9]+)"', html)
    }


def test_very_long_code_stays_plain() -> None:
    assert highlight("x = 1\n" * 20_000) == "x = 1\n" * 20_000
