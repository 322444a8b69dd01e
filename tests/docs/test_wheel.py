"""The release workflow's own steps build the wheel and try it in an empty environment; there the
tutorial is followed, word for word, in an empty folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from importlib.metadata import distribution
from pathlib import Path

import pytest
import yaml
from conceptbook.witness.browser import BrowserRunner
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "first-concept.md"
INSTALL = "pip install conceptbook"
ADDRESS = "conceptbook build --base-url https://ada.github.io/my-notes/"
EXTRAS = {"browser", "runtime"}

PYTHON = """#!/bin/sh
case "$*" in
  "-m pip install "*) ;;
  "scripts/bundle-editor") cp -R {root}/generator/conceptbook/vendor generator/conceptbook/ ;;
  "-m build") exec {python} -m build --no-isolation ;;
  "-m venv {empty}") ;;
  *) exec {python} "$@" ;;
esac
"""
"""The runner's: what is installed for it and bundled by `make setup` is here already, and so is the
empty environment."""

PIP = """#!/bin/sh
shift
exec {python} -m pip --python {empty}/bin/python install --quiet --no-deps --no-index "$@"
"""
"""Of the empty environment, in which everything that the wheel asks for is there already."""


@pytest.fixture(scope="module")
def released(tmp_path_factory, plain_environment) -> dict[str, str]:
    """The environment that release.yml leaves in /tmp/empty, after all its steps."""
    home = tmp_path_factory.mktemp("release")
    empty = home / "tmp" / "empty"
    make_empty(empty)
    checkout, tools = home / "checkout", home / "tools"
    copy_tracked(checkout)
    places = {"root": ROOT, "python": sys.executable, "empty": empty}
    for path, text in {tools / "python": PYTHON, empty / "bin" / "pip": PIP}.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.format(**places))
        path.chmod(0o755)
    path = os.pathsep.join([str(tools), plain_environment["PATH"]])
    workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))
    for step in workflow["jobs"]["wheel"]["steps"]:
        if "run" in step:
            done = subprocess.run(
                ["bash", "-eo", "pipefail", "-c", step["run"].replace("/tmp", str(home / "tmp"))],
                cwd=checkout, env={**plain_environment, "PATH": path},
                capture_output=True, text=True, timeout=300,
            )  # fmt: skip
            assert done.returncode == 0, f"{step['run']}\n{done.stdout}{done.stderr}"
    assert {file.suffix for file in (checkout / "dist").iterdir()} == {".whl", ".gz"}
    path = os.pathsep.join([str(empty / "bin"), plain_environment["PATH"]])
    return {**plain_environment, "PATH": path}


def make_empty(home: Path) -> None:
    """A new environment; what conceptbook asks for is linked from the tests' own packages, so that
    nothing is fetched and nothing else can be imported."""
    venv.create(home, with_pip=False)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    more = [line for extra in EXTRAS for line in project["optional-dependencies"][extra]]
    for name in closure([*project["dependencies"], *more]):
        there = distribution(name)
        for top in {path.parts[0] for path in there.files or ()} - {"..", "__pycache__"}:
            if not (site / top).exists():
                (site / top).symlink_to(Path(str(there.locate_file(top))))


def closure(lines: Iterable[str]) -> list[str]:
    """Every distribution that pip would bring for these requirements."""
    waiting, found = list(asked(lines, set())), set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name not in found or requirement.extras:
            found.add(name)
            waiting += asked(distribution(name).requires or (), requirement.extras)
    return sorted(found)


def asked(lines: Iterable[str], extras: set[str]) -> Iterator[Requirement]:
    for requirement in map(Requirement, lines):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras}):
            yield requirement


def copy_tracked(into: Path) -> None:
    """What a checkout on the runner has, with the changes that are not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, into / name)


def test_a_fresh_clone_can_be_installed_to_work_in(tmp_path) -> None:
    """As docs/reviewing.md does it; for a wheel to give away, the editor is bundled first."""
    copy_tracked(tmp_path)
    page = (ROOT / "docs/reviewing.md").read_text(encoding="utf-8")
    assert "pip install -e .\n" in page and "pip install .\n" not in page
    for versions, works in ((["editable"], True), (["standard"], False)):
        builder = WheelBuilder(str(tmp_path))
        with nullcontext() if works else pytest.raises(FileNotFoundError, match="make setup"):
            assert list(builder.build(directory=str(tmp_path / "dist"), versions=versions))


def test_it_is_the_wheel_that_runs(released, tmp_path, reader) -> None:
    one = reader(tmp_path, released)
    where = one.run("python -c 'import conceptbook; print(conceptbook.__file__)'").strip()
    assert "site-packages" in where and not where.startswith(str(ROOT)), where
    assert one.run("conceptbook --version").startswith("conceptbook, version ")
    assert one.run("python -c 'import pytest' 2> /dev/null || echo absent") == "absent\n"


def test_nothing_that_the_wheel_asks_for_is_missing(released, tmp_path, reader) -> None:
    one = reader(tmp_path, released)
    assert "No broken" in one.run(f"{sys.executable} -m pip --python $(command -v python) check")


def test_the_tutorial_word_for_word(released, tmp_path, reader) -> None:
    one = reader(tmp_path, released, {INSTALL: "true"})
    done = one.follow(TUTORIAL)
    assert INSTALL in done and sum(command.startswith("conceptbook serve") for command in done) == 2
    assert "conceptbook-witness" in one.shown[-1] and "The geometric series" in one.shown[-1]
    root = tmp_path / "my-notes"
    assert (root / "content/series/geometric/curves/partial-sums.csv").is_file()
    assert (root / ".github/workflows/pages.yml").is_file()
    assert "no faults" in one.run("conceptbook check --strict")
    assert "4 of 4 hold" in one.run("conceptbook verify --in native,browser")
    assert done[-1] == ADDRESS
    assert "/series/geometric/" in (root / "site/sitemap.xml").read_text(encoding="utf-8")
    with BrowserRunner(root / "site", "/my-notes/") as visit:
        run = visit.run("series/geometric/", "witness")
    assert run.verdict and run.verdict["state"] == "holds", run
    assert run.faults == ()
