"""The script `scripts/install-chromium`, its steps replaced by what they would leave behind."""

import importlib.util
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest
from conceptbook.witness import chromium

SCRIPT = Path(__file__).parents[2] / "scripts" / "install-chromium"


@pytest.fixture
def script():
    loader = SourceFileLoader("install_chromium", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


@pytest.fixture
def machine(script, monkeypatch, tmp_path):
    """A machine on which `installers` (by a word of the command) leave a browser that starts."""

    class Machine:
        browser = None
        root = True
        installers = ()
        ran: list[str]

    here = Machine()
    here.ran = []

    def run(what, command, limit_s, **environment):
        here.ran.append(" ".join(map(str, command)))
        if any(word in here.ran[-1] for word in here.installers):
            here.browser = browser(tmp_path / "browser", "exit 0")

    monkeypatch.setattr(script, "run", run)
    monkeypatch.setattr(script, "may_use_apt", lambda: here.root)
    monkeypatch.setattr(chromium, "find", lambda: here.browser)
    return here


def browser(path, body):
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def test_nothing_is_done_where_a_browser_starts(script, machine, tmp_path, capsys):
    machine.browser = browser(tmp_path / "browser", "exit 0")
    assert script.main() == 0
    assert machine.ran == []
    assert capsys.readouterr().out == f"Chromium: {machine.browser}\n"


def test_playwright_s_download_is_enough(script, machine):
    machine.installers = ("playwright install",)
    assert script.main() == 0
    assert len(machine.ran) == 1


def test_debian_s_package_comes_when_the_download_fails(script, machine):
    machine.installers = ("apt-get",)
    assert script.main() == 0
    assert "playwright install" in machine.ran[0]
    assert machine.ran[-1].endswith("install -y --no-install-recommends chromium")


def test_without_root_no_package_is_tried_and_the_user_is_told(script, machine, capsys):
    machine.root = False
    assert script.main() == 3
    assert len(machine.ran) == 1
    assert "no Chromium was found" in capsys.readouterr().err


def test_a_browser_that_does_not_start_gets_its_libraries(script, machine, tmp_path):
    machine.browser = browser(tmp_path / "lacking", "exit 127")
    machine.installers = ("install-deps",)
    assert script.main() == 0
    assert "playwright install-deps chromium" in machine.ran[-1]


def test_a_browser_that_never_starts_is_named(script, machine, tmp_path, capsys):
    machine.browser = browser(tmp_path / "broken", "exit 127")
    assert script.main() == 3
    assert f"{tmp_path}/broken is here but does not start" in capsys.readouterr().err


def test_a_failing_step_is_told_in_one_line(script, capsys):
    complaint = (
        "echo before; echo 'Error: getaddrinfo ENOTFOUND cdn' >&2; echo '  at x' >&2; exit 1"
    )
    script.run("downloading", ["sh", "-c", complaint], 10)
    assert capsys.readouterr().out == ("downloading\n  failed: Error: getaddrinfo ENOTFOUND cdn\n")


def test_a_step_that_hangs_is_ended(script, capsys):
    script.run("downloading", ["sh", "-c", "exec sleep 30"], 0.05)
    assert "timed out after 0.05 seconds" in capsys.readouterr().out
