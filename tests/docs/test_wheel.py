"""The wheel alone, in a new environment and an empty folder: the tutorial, word for word."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from importlib.metadata import distribution
from pathlib import Path

import pytest
from conceptbook.witness.browser import BrowserRunner
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "first-concept.md"
INSTALL = "pip install conceptbook"
ADDRESS = "conceptbook build --base-url https://ada.github.io/my-notes/"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(folder), str(ROOT)],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("conceptbook-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory, plain_environment) -> dict[str, str]:
    """The environment of a new venv: the wheel by pip, and what it says that it needs.

    What it needs is linked from the tests' own packages, in the releases that pip would take, so
    that nothing is fetched and nothing else can be imported.
    """
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    for name in needed(wheel, {"browser", "runtime"}):
        link(name, site)
    environment = {**plain_environment, "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", home / "bin/python", "install", "--quiet",
         "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel)],
        check=True, env=environment, timeout=300,
    )  # fmt: skip
    return environment


def needed(wheel: Path, extras: set[str]) -> list[str]:
    """Every distribution that the wheel asks for, those of these extras too."""
    with zipfile.ZipFile(wheel) as archive:
        [path] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = Parser().parsestr(archive.read(path).decode())
    waiting = list(asked(metadata.get_all("Requires-Dist"), extras))
    found: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        there = distribution(requirement.name)
        assert requirement.specifier.contains(there.version, prereleases=True), str(requirement)
        name = canonicalize_name(requirement.name)
        if name not in found or requirement.extras:
            found.add(name)
            waiting += asked(there.requires, requirement.extras)
    return sorted(found)


def asked(lines: list[str] | None, extras: set[str]) -> Iterator[Requirement]:
    for requirement in map(Requirement, lines or ()):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras}):
            yield requirement


def link(name: str, site: Path) -> None:
    """The modules of an installed distribution, and what pip knows of it."""
    there = distribution(name)
    for top in {path.parts[0] for path in there.files or ()} - {"..", "__pycache__"}:
        if not (site / top).exists():
            (site / top).symlink_to(Path(str(there.locate_file(top))))


def test_it_is_the_wheel_that_runs(installed, tmp_path, reader) -> None:
    one = reader(tmp_path, installed)
    where = one.run("python -c 'import conceptbook; print(conceptbook.__file__)'").strip()
    assert "site-packages" in where and not where.startswith(str(ROOT)), where
    assert one.run("conceptbook --version").startswith("conceptbook, version ")
    assert one.run("python -c 'import pytest' 2> /dev/null || echo absent") == "absent\n"


def test_the_tutorial_word_for_word(installed, tmp_path, reader) -> None:
    one = reader(tmp_path, installed, {INSTALL: "true"})
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
