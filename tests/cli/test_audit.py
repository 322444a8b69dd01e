"""`conceptbook audit` and the formats of `check`, as programs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

KINKS = "claims/calculus/midpoint/kinks.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(Path(__file__).parents[1] / "evidence" / "notebook", tmp_path / "book")
    return tmp_path / "book"


def run(root, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "conceptbook", "-C", str(root), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
    )


def git(root, *arguments):
    subprocess.run(
        ["git", "-C", str(root), "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
        check=True,
        capture_output=True,
    )


def test_piped_it_is_plain(root):
    ran = run(root, "audit")
    assert ran.returncode == 0
    assert "\x1b" not in ran.stdout
    assert ran.stdout.startswith("4 claims: ")


def test_the_formats(root):
    data = json.loads(run(root, "audit", "--format", "json", "--today", "2026-03-01").stdout)
    assert (data["schema"], data["today"]) == (1, "2026-03-01")
    log = json.loads(run(root, "audit", "--format", "sarif").stdout)
    assert log["version"] == "2.1.0" and log["runs"][0]["results"]
    lines = run(root, "audit", "--format", "github").stdout.splitlines()
    assert lines and all(line.startswith("::") for line in lines)


def test_a_collapsed_claim_fails(root):
    (root / "claims/retractions-2026-02-01.csv").write_text(
        "OriginalPaperDOI,RetractionNature,RetractionDate\n"
        "10.5555/talvila.2012,Retraction,1/2/2026 0:00\n"
    )
    assert run(root, "audit").returncode == 1


def test_paths_begin_at_the_repositorys_root(root):
    git(root.parent, "init", "-q")
    log = json.loads(run(root, "audit", "--format", "sarif").stdout)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].startswith("book/claims/")


@pytest.mark.parametrize("style", ["sarif", "github"])
def test_check_speaks_them_too(root, style):
    (root / KINKS).write_text("statement: A.\nkind: empirical\nevidance: []\n")
    ran = run(root, "check", "--format", style)
    assert ran.returncode == 1
    if style == "sarif":
        result = json.loads(ran.stdout)["runs"][0]["results"][0]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (result["ruleId"], region["startLine"]) == ("CB201", 3)
    else:
        assert ran.stdout.startswith(f"::error file={KINKS},line=3,")


def test_since_a_revision(root):
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "one")
    ran = run(root, "audit", "--since", "HEAD")
    assert (ran.returncode, ran.stdout) == (
        0,
        "no claim, review or recorded curve changed since HEAD\n",
    )
    path = root / KINKS
    path.write_text(path.read_text().replace("only", "merely"))
    text = run(root, "audit", "--since", "HEAD").stdout
    assert f"claim-reworded {KINKS}:1: the claim was reworded" in text
    assert "    - The midpoint rule is only" in text
    assert "CB724" in run(root, "audit", "--since", "HEAD", "--format", "github").stdout
    markdown = run(root, "audit", "--since", "HEAD", "--format", "markdown").stdout
    assert markdown.startswith("### Claims since")
    assert json.loads(run(root, "audit", "--since", "HEAD", "--format", "json").stdout)["changes"]


def test_git_shows_what_changed_under_a_stale_review(root):
    claim = root / "claims/calculus/midpoint/kinks.yaml"
    block = (
        "- {by: cyd, date: 2026-02-01, conclusion: supported, summary: Compared the statement "
        "with the second page of the paper., checks: [{evidence: talvila-2012, access: full-text, "
        "finding: supports}]}\n"
    )
    review = [sys.executable, "-m", "conceptbook", "-C", str(root), "review", "kinks"]
    subprocess.run([*review, "--from", "-", "-y"], input=block, text=True, check=True)
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "one")
    claim.write_text(claim.read_text().replace("only of first", "merely of first"))
    text = run(root, "audit", "--diff").stdout
    assert "the review of Cyd Reviewer, since " in text
    assert "    -The midpoint rule is only of first order at a kink.\n" in text
    assert "    +The midpoint rule is merely of first order at a kink.\n" in text
    assert "what it was of is in no recent commit" in text


def test_a_removed_review_fails(root):
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "one")
    path = root / "claims/calculus/midpoint/second-order.yaml"
    path.write_text(path.read_text().partition("reviews:")[0])
    ran = run(root, "audit", "--since", "HEAD")
    assert ran.returncode == 1 and "review-removed" in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--since", "HEAD"], 3, "git repository"),
        (["--diff"], 3, "git repository"),
        (["--diff", "--format", "json"], 2, "--format"),
        (["--format", "markdown"], 2, "--since"),
        (["--today", "yesterday"], 2, "yesterday"),
    ],
)
def test_what_is_wrong_is_said(root, arguments, code, words):
    ran = run(root, "audit", *arguments)
    assert (ran.returncode, words in ran.stderr) == (code, True), ran.stderr


def test_an_unknown_revision_is_wrong_usage(root):
    git(root, "init", "-q")
    ran = run(root, "audit", "--since", "nowhere")
    assert ran.returncode == 2 and 'knows no revision "nowhere"' in ran.stderr


def test_a_notebook_that_cannot_be_read_shows_its_faults(root):
    (root / KINKS).write_text("statement: [\n")
    ran = run(root, "audit")
    assert ran.returncode == 1 and "CB101" in ran.stdout
