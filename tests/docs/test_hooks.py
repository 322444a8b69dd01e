"""The hooks that docs/editors.md describes, with git and pre-commit themselves."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conceptbook.cli import cli

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
ADDRESS = "https://github.com/YOUR/conceptbook"


@pytest.fixture
def git(tmp_path: Path, plain_environment):
    """Runs git in a notebook with the hooks installed; a remote is there to push to."""
    environment = {
        **plain_environment,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{plain_environment['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        **{f"GIT_{role}_NAME": "Ada" for role in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{role}_EMAIL": "ada@example.org" for role in ("AUTHOR", "COMMITTER")},
    }

    def run(*words: str, root: Path = tmp_path / "notes") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, cwd=root, env=environment, capture_output=True, text=True, timeout=120
        )

    def git(*words: str, **where: Path) -> subprocess.CompletedProcess[str]:
        return run("git", *words, **where)

    done = CliRunner().invoke(cli, ["-C", str(tmp_path), "new", "notebook", "notes"])
    assert done.exit_code == 0, done.output
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"], ["tag", "v0.1.0"]):
        assert git(*words, root=hooks).returncode == 0
    [block] = [found for found in re.findall(r"```yaml\n(.*?)```", PAGE, re.S) if ADDRESS in found]
    config = tmp_path / "notes" / ".pre-commit-config.yaml"
    config.write_text(block.replace(ADDRESS, hooks.as_uri()), encoding="utf-8")
    git("init", "-qb", "main")
    git("init", "-q", "--bare", str(tmp_path / "remote"))
    git("remote", "add", "origin", str(tmp_path / "remote"))
    assert "`pre-commit install`" in PAGE
    assert run("pre-commit", "install").returncode == 0
    return git


def test_a_fault_is_not_committed_and_programs_run_before_a_push(git, tmp_path) -> None:
    root = tmp_path / "notes"
    claim = root / "claims/quadrature/trapezoidal-rule/geometric.yaml"
    sound = claim.read_text(encoding="utf-8")
    claim.write_text(sound.replace("kind:", "knid:"), encoding="utf-8")
    git("add", "-A")
    refused = git("commit", "-m", "faulty")
    assert refused.returncode == 1 and "CB201" in refused.stdout + refused.stderr, refused
    claim.write_text(sound, encoding="utf-8")
    git("add", "-A")
    done = git("commit", "-m", "sound")
    assert done.returncode == 0, done.stdout + done.stderr
    pushed = git("push", "origin", "main")
    said = pushed.stdout + pushed.stderr
    assert pushed.returncode == 0 and re.search(r"conceptbook verify\.+Passed", said), said
    program = root / "content/quadrature/trapezoidal-rule/witness.py"
    program.write_text(program.read_text(encoding="utf-8") + "\nassert False\n")
    git("commit", "-anm", "a program that fails")
    refused = git("push", "origin", "main")
    assert refused.returncode == 1 and "conceptbook record" in refused.stdout + refused.stderr
