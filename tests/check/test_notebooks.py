"""Every folder of tests/notebooks/ is a notebook with a fault; expected.txt is what its author
reads. A folder holds what differs from `_base`; `removed.txt` names files that it lacks."""

import io
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from conceptbook.check import check
from conceptbook.cli import cli
from conceptbook.diagnostics import Report
from conceptbook.diagnostics.catalogue import RULES
from conceptbook.diagnostics.human import print_human
from conceptbook.load import load
from rich.console import Console

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
CASES = sorted(path.name for path in NOTEBOOKS.iterdir() if path.name != "_base")
EXAMPLES = NOTEBOOKS.parent / "examples"


@pytest.fixture
def notebook(tmp_path: Path):
    """Makes a notebook: the base, with a case laid over it."""

    def make(case: str | None = None) -> Path:
        root = tmp_path / "notebook"
        shutil.copytree(NOTEBOOKS / "_base", root)
        if case:
            shutil.copytree(NOTEBOOKS / case, root, dirs_exist_ok=True)
            (root / "expected.txt").unlink(missing_ok=True)
        removed = root / "removed.txt"
        for name in removed.read_text().split() if removed.exists() else ():
            target = root / name
            shutil.rmtree(target) if target.is_dir() else target.unlink()
        removed.unlink(missing_ok=True)
        return root

    return make


def report_of(root: Path) -> tuple[Report, str]:
    """The report, and what `conceptbook check` prints of it."""
    loaded, report = load(root)
    if loaded:
        report.extend(check(loaded))

    def lines(path: str) -> list[str]:
        try:
            return (root / path).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return []

    out = io.StringIO()
    print_human(report, lines, Console(file=out, highlight=False))
    return report, "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def assert_places_exist(report: Report, root: Path) -> None:
    """Lines and columns count from 1 and lie within the file that they name."""
    for diagnostic in report:
        for span in (diagnostic.span, *(place for place, _ in diagnostic.related)):
            assert span.line >= 1 and span.column >= 1, span
            path = root / span.path
            if path.is_file() and path.read_bytes().isascii():
                lines = path.read_text().split("\n")
                assert span.line <= len(lines), span
                assert span.column <= len(lines[span.line - 1]) + 1, span


def test_the_base_has_no_fault(notebook):
    assert report_of(notebook())[1] == "no faults found\n"


@pytest.mark.parametrize("case", CASES)
def test_the_author_reads_what_is_expected(case, notebook, update_expected):
    root = notebook(case)
    report, text = report_of(root)
    assert_places_exist(report, root)
    expected = NOTEBOOKS / case / "expected.txt"
    if update_expected:
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    assert text != "no faults found\n", "the case has no fault"


def test_every_rule_has_a_case():
    shown = "".join(
        (NOTEBOOKS / case / "expected.txt").read_text(encoding="utf-8") for case in CASES
    )
    without = {code for code, rule in RULES.items() if f"[{rule.name}] {code}:" not in shown}
    # What no folder can hold, or not `check` reports: the tests that write an example trigger it.
    assert without == {path.stem for path in EXAMPLES.glob("*.txt")}


def test_the_command_prints_the_same(notebook):
    case = "prerequisite-cycle"
    result = CliRunner().invoke(cli, ["-C", str(notebook(case)), "check"])
    printed = "".join(f"{line.rstrip()}\n" for line in result.output.splitlines())
    assert printed == (NOTEBOOKS / case / "expected.txt").read_text(encoding="utf-8")
    assert result.exit_code == 1
