"""The wheel alone, in a new environment and an empty folder: the tutorial, word for word."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "first-concept.md"
INSTALL = "pip install conceptbook"


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
    """The environment of a new venv that sees the tests' packages, but not this checkout.

    A `.pth` line makes packages importable without reading the `.pth` files beside them, one of
    which leads to this checkout.
    """
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False)
    site = home / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    (site / "tests.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    environment = {**plain_environment, "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(
        [home / "bin/python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index",
         "--ignore-installed", "--disable-pip-version-check", str(wheel)],
        check=True, env=environment, timeout=300,
    )  # fmt: skip
    return environment


def test_it_is_the_wheel_that_runs(installed, tmp_path, reader) -> None:
    one = reader(tmp_path, installed, {})
    where = one.run("python -c 'import conceptbook; print(conceptbook.__file__)'").strip()
    assert "site-packages" in where and not where.startswith(str(ROOT)), where
    assert one.run("conceptbook --version").startswith("conceptbook, version ")


def test_the_tutorial_word_for_word(installed, tmp_path, reader) -> None:
    one = reader(tmp_path, installed, {INSTALL: ["true"]})
    done = one.follow(TUTORIAL)
    assert INSTALL in done and done[-1].startswith("conceptbook build")
    root = tmp_path / "my-notes"
    page = (root / "site/series/geometric/index.html").read_text(encoding="utf-8")
    assert "conceptbook-witness" in page and "limit" in page
    assert (root / "content/series/geometric/curves/partial-sums.csv").is_file()
    assert (root / ".github/workflows/pages.yml").is_file()
    assert "/series/geometric/" in (root / "site/sitemap.xml").read_text(encoding="utf-8")
    shown = one.run("conceptbook verify series/geometric --in browser")
    assert "1 of 1 hold" in shown
    assert "no faults" in one.run("conceptbook check --strict")
