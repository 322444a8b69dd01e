"""GitHub's files: valid, least rights, pinned; and the steps that can run here do run."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from conceptbook.cli import cli

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "generator/conceptbook/author/templates/notebook"
GITHUB = [ROOT / ".github", TEMPLATES / "dot-github"]
WORKFLOWS = sorted(path for folder in GITHUB for path in folder.glob("workflows/*.yml"))
FORMS = sorted(
    path
    for folder in GITHUB
    for path in folder.glob("ISSUE_TEMPLATE/*.yml")
    if path.name != "config.yml"
)
RIGHTS_TO_WRITE = {
    ("pages.yml", "deploy"): {"pages", "id-token"},
    ("monthly.yml", "notebook"): {"issues"},
    ("release.yml", "publish"): {"id-token"},
}
NOT_HERE = ("pip install", "playwright install", "make setup", "git worktree")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> dict[Any, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in read(path)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.dependabot", [folder / "dependabot.yml" for folder in GITHUB]),
    ],
)
def test_they_meet_githubs_own_schemas(schema: str, files: list[Path]) -> None:
    done = subprocess.run(
        ["check-jsonschema", "--builtin-schema", schema, *map(str, files)],
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"},
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=name_of)
def test_a_workflow_has_no_more_rights_than_it_needs(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in path.read_text(encoding="utf-8")
    for name, job in workflow["jobs"].items():
        written = {key for key, right in job.get("permissions", {}).items() if right == "write"}
        assert written == RIGHTS_TO_WRITE.get((path.name, name), set())


@pytest.mark.parametrize("path", WORKFLOWS, ids=name_of)
def test_actions_are_pinned_and_leave_no_credentials(path: Path) -> None:
    for step in steps(path):
        if "uses" in step:
            assert re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", step["uses"]), step["uses"]
            if step["uses"].startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", WORKFLOWS, ids=name_of)
def test_no_text_of_an_event_is_put_into_a_script(path: Path) -> None:
    for step in steps(path):
        assert "${{" not in step.get("run", ""), step


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("github")
    done = CliRunner().invoke(cli, ["-C", str(folder), "new", "notebook", "my-notes"])
    assert done.exit_code == 0, done.output
    root = folder / "my-notes"
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"]):
        subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words],
            cwd=root, check=True,
        )  # fmt: skip
    return root


def environment(root: Path, pages: bool) -> dict[str, str]:
    """As on a runner, with a `gh` that knows whether Pages is on."""
    tools = root.parent / f"tools-{pages}"
    tools.mkdir(exist_ok=True)
    (tools / "gh").write_text(f"#!/bin/sh\nexit {0 if pages else 1}\n")
    (tools / "gh").chmod(0o755)
    path = os.pathsep.join([str(tools), str(ROOT / ".venv/bin"), os.environ["PATH"]])
    return {
        **os.environ,
        "PATH": path,
        "GITHUB_REPOSITORY": "ada/my-notes",
        "GITHUB_OUTPUT": str(root.parent / "output"),
        "GITHUB_STEP_SUMMARY": str(root.parent / "summary.md"),
        "BASE": "HEAD",
        "BASE_URL": "https://ada.github.io/my-notes",
    }


def run_steps(path: Path, root: Path, pages: bool = True) -> str:
    for name in ("output", "summary.md"):
        (root.parent / name).write_text("")
    said = []
    for step in steps(path):
        lines = [
            # A browser runs the same witnesses in tests/docs/test_wheel.py.
            line.replace("native,browser", "native")
            for line in step.get("run", "").splitlines()
            if not any(words in line for words in NOT_HERE) and not line.startswith(("cp ", "rm "))
        ]
        if not lines or "gh issue" in step["run"] or "../base" in step["run"]:
            continue
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", "\n".join(lines)],
            cwd=root, env=environment(root, pages), capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, f"{step}\n{done.stdout}\n{done.stderr}"
        said.append(done.stdout)
    return "".join(said)


def test_the_steps_of_pages_run(notebook: Path) -> None:
    run_steps(TEMPLATES / "dot-github/workflows/pages.yml", notebook)
    assert (notebook.parent / "output").read_text() == "enabled=true\n"
    assert "MB of at most 1000 MB" in (notebook.parent / "summary.md").read_text()
    assert "https://ada.github.io/my-notes/" in (notebook / "site/sitemap.xml").read_text()


def test_without_pages_nothing_fails_and_one_sentence_says_what_to_do(notebook: Path) -> None:
    said = run_steps(TEMPLATES / "dot-github/workflows/pages.yml", notebook, pages=False)
    assert (notebook.parent / "output").read_text() == "enabled=false\n"
    notices = [line for line in said.splitlines() if line.startswith("::notice")]
    assert len(notices) == 1 and "Settings → Pages → Source: GitHub Actions" in notices[0]


def test_too_large_a_site_is_an_error_before_it_is_sent(notebook: Path) -> None:
    size = next(
        step["run"]
        for step in steps(TEMPLATES / "dot-github/workflows/pages.yml")
        if "size" in step.get("name", "")
    )
    with open(notebook / "site/large", "wb") as file:
        file.truncate(1_000_000_001)
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", size], cwd=notebook, env=environment(notebook, True),
        capture_output=True, text=True,
    )  # fmt: skip
    (notebook / "site/large").unlink()
    assert done.returncode == 1 and "::error title=The site is too large" in done.stdout


@pytest.mark.parametrize("name", ["pull-request.yml", "monthly.yml"])
def test_the_steps_of_the_others_run(name: str, notebook: Path) -> None:
    run_steps(TEMPLATES / "dot-github/workflows" / name, notebook)


def test_the_editors_settings_map_every_schema() -> None:
    settings = json.loads((TEMPLATES / "dot-vscode/settings.json").read_text())
    names = [path.rpartition("/")[2] for path in settings["yaml.schemas"]]
    assert names == ["notebook.json", "concept.json", "claim.json", "sources.json"]
