"""Each rule earns its place: without it some case of tests/notebooks reads otherwise."""

import shutil
from pathlib import Path

import pytest
from conceptbook.check import RULES, WITNESS_RULES
from conceptbook.check.programs import programs
from conceptbook.load import load

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """Every case as a loaded notebook."""
    found = []
    for case in sorted(NOTEBOOKS.iterdir()):
        root = tmp_path_factory.mktemp("case") / "notebook"
        shutil.copytree(NOTEBOOKS / "_base", root)
        shutil.copytree(case, root, dirs_exist_ok=True)
        removed = root / "removed.txt"
        for name in removed.read_text().split() if removed.exists() else ():
            (root / name).unlink()
        notebook, _ = load(root)
        found += [notebook] if notebook else []
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_finds_something(rule, faulty):
    assert any(any(True for _ in rule(notebook)) for notebook in faulty)


@pytest.mark.parametrize("rule", WITNESS_RULES, ids=lambda rule: rule.__name__)
def test_every_rule_of_a_witness_finds_something(rule, faulty):
    assert any(
        any(True for _ in rule(notebook, program))
        for notebook in faulty
        for program in programs(notebook)
    )
