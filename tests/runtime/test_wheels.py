"""Wheels that notebook.yaml takes from PyPI; pip is played here, as no test needs a network."""

import hashlib
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from conceptbook import cache
from conceptbook.cli import cli
from conceptbook.diagnostics import EnvironmentLacks
from conceptbook.load import load
from conceptbook.runtime.wheels import fetch_wheels

NOTEBOOK = """conceptbook: 1
title: T
domains: []
runtime:
  packages:
    - {{wheel: tiny-1.0-py3-none-any.whl, sha256: {}}}
"""


@pytest.fixture
def wheel(make_wheel) -> bytes:
    return make_wheel("tiny", {"tiny.py": "ONE = 1\n"}).read_bytes()


@pytest.fixture
def root(tmp_path, wheel, monkeypatch) -> Path:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    root = tmp_path / "notebook"
    root.mkdir()
    text = NOTEBOOK.format(hashlib.sha256(wheel).hexdigest())
    (root / "notebook.yaml").write_text(text)
    return root


@pytest.fixture
def pip(monkeypatch):
    """Has pip give these bytes; the list of what it was asked for."""

    def play(data: bytes | None) -> list[str]:
        asked = []

        def run(command, **_):
            asked.append(command[-1])
            if data is None:
                return subprocess.CompletedProcess(command, 1, "", "ERROR: no network\n")
            folder = Path(command[command.index("--dest") + 1])
            (folder / "tiny-1.0-py3-none-any.whl").write_bytes(data)
            return subprocess.CompletedProcess(command, 0, "", "")

        monkeypatch.setattr(subprocess, "run", run)
        return asked

    return play


def codes(root):
    return [fault.rule.name for fault in load(root)[1]]


def test_a_wheel_is_fetched_once_and_then_found(root, wheel, pip):
    asked = pip(wheel)
    assert codes(root) == ["wheel-missing"]
    said = []
    assert fetch_wheels(load(root)[0], said.append)
    assert said == ["tiny-1.0-py3-none-any.whl from PyPI"]
    assert codes(root) == []
    assert not fetch_wheels(load(root)[0], said.append)
    assert asked == ["tiny==1.0"]


def test_other_bytes_are_not_kept(root, wheel, pip, tmp_path):
    pip(wheel + b"\0")
    with pytest.raises(EnvironmentLacks, match=r"PyPI gave tiny-1\.0-\S+ with the sha256"):
        fetch_wheels(load(root)[0], print)
    assert not list(tmp_path.glob("cache/**/*.whl"))


def test_bytes_that_were_changed_in_the_cache_are_fetched_again(root, wheel, pip, tmp_path):
    pip(wheel)
    fetch_wheels(load(root)[0], print)
    (kept,) = tmp_path.glob("cache/**/*.whl")
    kept.write_bytes(b"other")
    assert codes(root) == ["wheel-hash"]
    assert fetch_wheels(load(root)[0], print)
    assert codes(root) == []


def test_without_a_network_it_is_said_what_to_do(root, pip):
    pip(None)
    with pytest.raises(EnvironmentLacks, match=r"no network\nWith a network, run"):
        fetch_wheels(load(root)[0], print)


def test_the_command_fetches_them_with_the_runtime(root, wheel, pip, monkeypatch, tmp_path):
    pip(wheel)
    monkeypatch.setattr("conceptbook.runtime.obtain._missing", lambda folder, pins: [])
    done = CliRunner().invoke(cli, ["-C", str(root), "runtime", "fetch"])
    assert done.exit_code == 0, done.output
    assert codes(root) == []
    assert list(tmp_path.glob("cache/wheels/*/tiny-1.0-py3-none-any.whl"))
