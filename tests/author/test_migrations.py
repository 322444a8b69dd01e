"""Migrating: a step of the tests' own, since format 1 has none before it.

Format 1 of these tests says `reviewing` where the present program says `in-review`; what the
program reads counts as format 2.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from conceptbook.author.migrations import STEPS, CannotMigrate, Step, plan, write
from conceptbook.author.yaml_edit import CannotEdit
from conceptbook.author.yaml_scalar import replace_scalar
from conceptbook.cli import cli
from conceptbook.evidence import assess
from conceptbook.load import load
from conceptbook.model.settings import FORMAT

EVIDENCE = Path(__file__).parents[1] / "evidence" / "notebook"
CONCEPT = "content/calculus/midpoint/concept.yaml"


def in_review(path: str, text: str) -> str:
    if path.endswith("concept.yaml") and "status: reviewing" in text:
        return replace_scalar(text, path, ("status",), "in-review")
    return text


STEP = Step(2, "`reviewing` is spelt `in-review`.", in_review)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook of the older format, and a program that reads format 2."""
    root = tmp_path / "book"
    shutil.copytree(EVIDENCE, root)
    concept = (root / CONCEPT).read_text()
    old = concept.replace("status: in-review", "# Not yet.\nstatus: reviewing  # since May")
    (root / CONCEPT).write_bytes(old.replace("\n", "\r\n").encode())
    monkeypatch.setattr("conceptbook.load.settings.FORMAT", 2)
    monkeypatch.setattr("conceptbook.author.migrations.STEPS", (STEP,))
    return root


def conceptbook(root: Path, *words: str):
    return CliRunner().invoke(cli, ["-C", str(root), *words])


def files(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_the_steps_lead_to_the_present_format_without_a_gap() -> None:
    assert [step.to for step in STEPS] == list(range(2, FORMAT + 1))


def test_an_older_notebook_has_one_fault_that_says_what_to_run(root: Path) -> None:
    notebook, report = load(root)
    assert notebook is None
    assert [fault.rule.name for fault in report] == ["older-format"]
    assert "conceptbook migrate" in next(iter(report)).hints[0]


def test_without_write_the_difference_is_shown_and_nothing_is_written(root: Path) -> None:
    before = files(root)
    done = conceptbook(root, "migrate")
    assert done.exit_code == 0, done.output
    assert "-status: reviewing  # since May\n+status: in-review  # since May" in done.output
    assert "-conceptbook: 1\n+conceptbook: 2" in done.output
    assert "add --write" in done.output and files(root) == before


def test_writing_changes_the_words_meant_and_no_other_byte(root: Path) -> None:
    before = files(root)
    assert conceptbook(root, "migrate", "--write").exit_code == 0
    expected = before | {
        CONCEPT: before[CONCEPT].replace(b"reviewing", b"in-review"),
        "notebook.yaml": before["notebook.yaml"].replace(b"conceptbook: 1", b"conceptbook: 2"),
    }
    assert files(root) == expected
    assert "format 2 is the newest: nothing to do" in conceptbook(root, "migrate").output


def test_reviews_stand_as_before(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, plan(root, 1, [STEP]))
    after, _ = load(root)
    monkeypatch.setattr("conceptbook.load.settings.FORMAT", FORMAT)
    never_migrated, _ = load(EVIDENCE)
    assert after and never_migrated
    stands = [
        {name: (s.badge, [r.changed for r in s.reviews]) for name, s in assess(one).items()}
        for one in (after, never_migrated)
    ]
    assert stands[0] == stands[1]


def test_nothing_is_written_when_a_file_could_not_be_read_afterwards(root: Path) -> None:
    path = root / CONCEPT
    path.write_bytes(path.read_bytes() + b"importence: essential\r\n")
    before = files(root)
    done = conceptbook(root, "migrate", "--write")
    assert done.exit_code == 1 and "unknown-key" in done.output
    assert "Nothing was written" in done.output and files(root) == before


def test_a_step_that_cannot_change_a_file_says_which(root: Path) -> None:
    def never(path: str, text: str) -> str:
        raise CannotEdit("it is written in braces")

    with pytest.raises(CannotMigrate, match=r"claims/.*yaml: to format 2: it is written in braces"):
        plan(root, 1, [Step(2, "Nothing.", never)])


@pytest.mark.parametrize(
    ("version", "code", "said"),
    [
        (1, 0, "format 1 is the newest: nothing to do"),
        (2, 2, "upgrade conceptbook"),
        (0, 1, "formats count from 1"),
    ],
)
def test_with_the_formats_that_there_are(tmp_path: Path, version: int, code: int, said: str):
    (tmp_path / "notebook.yaml").write_text(f"conceptbook: {version}\ntitle: T\ndomains: []\n")
    done = conceptbook(tmp_path, "migrate", "--write")
    assert (done.exit_code, said in done.output) == (code, True), done.output


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: 1  # one\n", "a: 2  # one\n"),
        ('a: "1"\n', "a: 2\n"),
        ("{a: 1, b: 2}\n", "{a: 2, b: 2}\n"),
    ],
)
def test_a_value_is_exchanged_where_it_stands(text: str, after: str) -> None:
    assert replace_scalar(text, "x.yaml", ("a",), "2") == after


def test_a_text_of_many_lines_is_not_touched() -> None:
    with pytest.raises(CannotEdit, match="cannot be exchanged"):
        replace_scalar("a: >-\n  one\n  two\n", "x.yaml", ("a",), "2")
