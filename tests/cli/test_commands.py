"""The commands as their users call them: exit codes, streams, and files written."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest
from conceptbook.cli import COMMANDS, cli, main

ROOT = Path(__file__).parents[2]
RUNS = ROOT / "tests" / "runs"


def conceptbook(
    *args: str, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "conceptbook", *args],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """The one run of tests/runs that holds, not recorded yet."""
    root = tmp_path / "notebook"
    shutil.copytree(RUNS / "content/runs/holds", root / "content/runs/holds")
    shutil.copy(RUNS / "notebook.yaml", root)
    (root / "content/runs/holds/curves/parabola.csv").unlink()
    return root


def commands(group: click.Group, name: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        assert command is not None
        yield f"{name} {word}".strip(), command
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}".strip())


def test_a_system_that_lets_nobody_write_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(**_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", "claims/sources.yaml")

    monkeypatch.setattr("conceptbook.cli.cli", refused)
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 3
    assert capsys.readouterr().err == "conceptbook: claims/sources.yaml: Read-only file system\n"


@pytest.mark.parametrize(("name", "command"), list(commands(cli)))
def test_every_command_has_an_example(name: str, command: click.Command) -> None:
    text = command.help or ""
    assert "Example" in text and f"conceptbook {name}" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, tmp_path: Path) -> None:
    done = conceptbook(command, "--help", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Usage: conceptbook" in done.stdout


@pytest.mark.parametrize(
    "args",
    [
        ["check"],
        ["nonsense"],
        ["check", "--format", "runes"],
        ["verify", "--in", "space"],
        ["verify", "--in", "native,"],
        ["verify", "--jobs", "0"],
        ["serve", "--port", "65536"],
        ["serve", "--port", "-1"],
        ["build", "--base-url", "https://intranet/"],
    ],
)
def test_wrong_usage_exits_2(args: list[str], tmp_path: Path) -> None:
    done = conceptbook(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_outside_a_notebook_the_command_says_so(tmp_path: Path) -> None:
    assert "no notebook.yaml" in conceptbook("check", cwd=tmp_path).stderr


def test_check_finds_the_root_from_a_folder_below(notebook: Path) -> None:
    done = conceptbook("check", "--format", "json", cwd=notebook / "content/runs/holds")
    assert done.returncode == 1
    codes = {fault["code"] for fault in json.loads(done.stdout)["diagnostics"]}
    assert codes == {"CB507"}


def test_from_recording_to_a_built_site(notebook: Path) -> None:
    curve = notebook / "content/runs/holds/curves/parabola.csv"
    looked = conceptbook("record", "runs/holds", cwd=notebook)
    assert looked.returncode == 0 and "would write" in looked.stdout
    assert not curve.exists()
    assert "wrote" in conceptbook("record", "--accept", cwd=notebook).stdout
    assert curve.read_text().splitlines()[:2] == ["x,y", "1.0,-12.0"]
    assert conceptbook("check", cwd=notebook).returncode == 0
    verified = conceptbook("verify", "--format", "json", cwd=notebook)
    assert verified.returncode == 0
    assert json.loads(verified.stdout)["ok"] is True
    draft = notebook / "content/runs/draft/concept.yaml"
    draft.parent.mkdir()
    draft.write_text("title: Later\nsummary: Not yet.\nstatus: draft\n")
    built = conceptbook("build", cwd=notebook)
    assert built.returncode == 0, built.stderr
    assert (notebook / "site/runs/holds/index.html").is_file()
    assert "1 left out as drafts, without --drafts: runs/draft" in built.stderr


def test_verify_fails_with_the_reason_and_as_junit(notebook: Path) -> None:
    conceptbook("record", "--accept", cwd=notebook)
    curve = notebook / "content/runs/holds/curves/parabola.csv"
    curve.write_text(curve.read_text().replace("\n4.0,18.0", "\n4.0,18.5"))
    done = conceptbook("verify", cwd=notebook)
    assert done.returncode == 1
    if "CB" not in done.stdout:
        assert "18.5" in done.stdout
        junit = ElementTree.fromstring(
            conceptbook("verify", "--format", "junit", cwd=notebook).stdout
        )
        assert junit.find(".//failure") is not None


def test_build_refuses_a_faulty_notebook_and_leaves_the_site(notebook: Path) -> None:
    (notebook / "site").mkdir()
    (notebook / "site/kept").write_text("kept")
    done = conceptbook("build", cwd=notebook)
    assert done.returncode == 1
    assert (notebook / "site/kept").read_text() == "kept"


@pytest.mark.parametrize("output", [".", "..", "content", "content/runs", "claims/site", "static"])
def test_build_never_writes_over_the_notebook(notebook: Path, output: str) -> None:
    before = sorted(notebook.rglob("*"))
    done = conceptbook("build", "-o", output, cwd=notebook)
    assert done.returncode == 2, done.stderr
    assert "name another folder" in done.stderr
    assert sorted(notebook.rglob("*")) == before


def test_build_never_replaces_what_it_did_not_write(notebook: Path, tmp_path: Path) -> None:
    conceptbook("record", "--accept", cwd=notebook)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.tex").write_text("years of work")
    (tmp_path / "link").symlink_to(mine)
    for output in (mine, tmp_path / "link"):
        done = conceptbook("build", "-o", str(output), cwd=notebook)
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr
    assert (mine / "thesis.tex").read_text() == "years of work"


def test_a_misspelt_command_gets_a_hint(tmp_path: Path) -> None:
    done = conceptbook("chek", cwd=tmp_path)
    assert done.returncode == 2 and 'Did you mean "check"?' in done.stderr


@pytest.mark.parametrize("command", ["record", "verify"])
def test_a_misspelt_concept_gets_a_hint(command: str, notebook: Path) -> None:
    conceptbook("record", "--accept", cwd=notebook)
    done = conceptbook(command, "runs/hold", cwd=notebook)
    assert done.returncode == 2
    assert 'did you mean "runs/holds"?' in done.stderr


def test_a_taken_port_exits_3_and_says_what_to_do(notebook: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = conceptbook("serve", "--port", port, cwd=notebook)
    assert done.returncode == 3, done.stderr
    assert f"port {port} is taken; try --port 0" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_runtime_exits_3_and_says_what_to_do(notebook: Path) -> None:
    settings = notebook / "notebook.yaml"
    settings.write_text(settings.read_text() + "runtime: {path: nowhere}\n")
    conceptbook("record", "--accept", cwd=notebook)
    done = conceptbook("build", cwd=notebook)
    assert done.returncode == 3, done.stderr
    assert "runtime.path" in done.stderr
    assert "Traceback" not in done.stderr


def test_serve_serves_until_interrupted(notebook: Path) -> None:
    conceptbook("record", "--accept", cwd=notebook)
    process = subprocess.Popen(
        [sys.executable, "-m", "conceptbook", "serve", "--port", "0"],
        cwd=notebook,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        said = next(line for line in process.stderr if line.startswith("Serving"))
        url = said.split(" at ")[1].split(" ")[0]
        with urllib.request.urlopen(f"{url}runs/holds/", timeout=10) as page:
            assert "conceptbook-witness" in page.read().decode()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    finally:
        process.kill()
