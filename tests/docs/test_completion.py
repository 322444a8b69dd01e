"""The shell completion that docs/editors.md describes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "editors.md"
SHELLS = re.findall(r"_CONCEPTBOOK_COMPLETE=(\w+)_source", PAGE.read_text(encoding="utf-8"))


def test_the_page_names_three_shells() -> None:
    assert SHELLS == ["bash", "zsh", "fish"]


@pytest.mark.parametrize("shell", SHELLS)
def test_each_gets_its_script(shell: str, plain_environment) -> None:
    program = Path(sys.executable).with_name("conceptbook")
    environment = {**plain_environment, "_CONCEPTBOOK_COMPLETE": f"{shell}_source"}
    done = subprocess.run([program], env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and "conceptbook" in done.stdout
    words = {
        **plain_environment,
        "_CONCEPTBOOK_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": "conceptbook ver",
        "COMP_CWORD": "ver" if shell == "fish" else "1",
    }
    offered = subprocess.run([program], env=words, capture_output=True, text=True).stdout
    assert "verify" in offered


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("conceptbook verify sca", "scaling/double-descent"),
        ("conceptbook -C {root} export ipynb sca", "scaling/scaling-laws"),
        ("conceptbook review scaling/double-descent/pat", "double-descent/pattern-in-experiments"),
    ],
)
def test_concepts_and_claims_are_offered(line: str, wanted: str, plain_environment) -> None:
    root = PAGE.parents[1]
    words = line.format(root=root)
    environment = {
        **plain_environment,
        "_CONCEPTBOOK_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    program = Path(sys.executable).with_name("conceptbook")
    folder = Path("/") if "-C" in line else root / "docs"
    done = subprocess.run([program], env=environment, cwd=folder, capture_output=True, text=True)
    offered = [said.partition(",")[2] for said in done.stdout.splitlines()]
    assert any(said.endswith(wanted) for said in offered), done
    assert all(said.startswith(line.split()[-1]) for said in offered)
