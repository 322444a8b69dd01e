"""Nothing outside the notebook is read, and nothing but regular files."""

import os
import shutil
import signal
from pathlib import Path

import pytest
from conceptbook.cli.notebook import lines_of
from conceptbook.load import load

BASE = Path(__file__).parents[1] / "notebooks" / "_base"


@pytest.fixture
def root(tmp_path):
    return Path(shutil.copytree(BASE, tmp_path / "notebook"))


@pytest.fixture
def in_time():
    """Ends a test that waits for a pipe."""

    def late(number, frame):
        raise AssertionError("still reading after 5 s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(5)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def faults(root):
    return [(each.rule.code, each.span.path) for each in load(root)[1]]


@pytest.mark.parametrize(
    "path",
    [
        "content/means/average/page.md",
        "content/means/average/witness.py",
        "content/means/average/curves/error.csv",
        "content/means/average/figures/dots.svg",
        "content/means/average/figures/new.svg",
        "claims/sources.yaml",
        "claims/means/average/root-law.yaml",
        "claims/retractions-2026-01-01.csv",
        "static/deep/passwords.txt",
    ],
)
def test_a_link_out_of_the_notebook_is_refused(root, tmp_path, path):
    secret = tmp_path / "secret"
    secret.write_text("secret words\n")
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).unlink(missing_ok=True)
    (root / path).symlink_to(secret)
    notebook, report = load(root)
    found = [each for each in report if each.rule.code == "CB115"]
    assert [each.span.path for each in found] == [path]
    assert not any("secret words" in text for text in notebook.texts.values())
    assert path.partition("average/")[2] not in notebook.concepts["means/average"].figures
    assert lines_of(root)(path) == []


@pytest.mark.parametrize(
    "folder", ["content", "content/means", "content/means/average/figures", "claims", "static"]
)
def test_a_folder_that_leads_out_is_refused_once(root, tmp_path, folder):
    (root / folder).mkdir(exist_ok=True)
    (root / folder).rename(tmp_path / "elsewhere")
    (root / folder).symlink_to(tmp_path / "elsewhere")
    assert [path for code, path in faults(root) if code == "CB115"] == [folder]


def test_a_link_out_is_explained(root, tmp_path, example):
    (root / "static").symlink_to(tmp_path)
    [fault] = [d for d in load(root)[1] if d.rule.code == "CB115"]
    example(fault, root)


def test_a_link_within_the_notebook_is_read(root):
    figures = root / "content/means/average/figures"
    (figures / "again.svg").symlink_to(figures / "dots.svg")
    notebook, report = load(root)
    assert list(report) == []
    assert "figures/again.svg" in notebook.concepts["means/average"].figures


def test_a_notebook_behind_a_link_is_read(root, tmp_path):
    (tmp_path / "link").symlink_to(root)
    assert faults(tmp_path / "link") == []


def test_a_link_to_itself_is_a_fault_and_no_traceback(root):
    page = root / "content/means/average/page.md"
    page.unlink()
    page.symlink_to(page)
    load(root)


@pytest.mark.parametrize(
    "path",
    [
        "content/means/average/page.md",
        "content/means/average/witness.py",
        "content/means/average/concept.yaml",
        "content/means/average/figures/dots.svg",
        "claims/means/average/root-law.yaml",
        "claims/retractions-2026-01-01.csv",
    ],
)
def test_nothing_waits_for_a_pipe(root, path, in_time):
    (root / path).unlink(missing_ok=True)
    os.mkfifo(root / path)
    load(root)
    assert lines_of(root)(path) == []
