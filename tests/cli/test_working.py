"""What a command says while it works: to somebody at a terminal, and to nobody else."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

BASE = Path(__file__).parents[1] / "notebooks" / "_base"
COMMANDS = {
    "audit": "reading",
    "build": "building",
    "check": "reading",
    "export ipynb --output OUT": "reading",
    "export site OUT.zip": "building",
    "record means/average": "running means/average",
    "verify means/average": "reading",
}


def at_a_terminal(command: list[str]) -> tuple[str, str]:
    """Standard output, which is a file, and what the terminal showed."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        command, stdin=slave, stdout=subprocess.PIPE, stderr=slave, text=True,
        env={**os.environ, "TERM": "xterm"},
    )  # fmt: skip
    os.close(slave)
    shown: list[bytes] = []

    def look() -> None:
        with suppress(OSError):
            while part := os.read(master, 65536):
                shown.append(part)

    looking = threading.Thread(target=look)
    looking.start()
    out, _ = process.communicate(timeout=120)
    looking.join(60)
    os.close(master)
    assert process.returncode == 0, shown
    return out, b"".join(shown).decode()


@pytest.mark.parametrize("words", COMMANDS)
def test_a_sign_of_life_for_who_looks_and_plain_text_for_a_pipe(words: str, tmp_path: Path) -> None:
    root = tmp_path / "book"
    shutil.copytree(BASE, root)
    program = [sys.executable, "-m", "conceptbook", "-C", str(root)]
    command = [*program, *words.replace("OUT", str(tmp_path / "out")).split()]
    out, shown = at_a_terminal(command)
    assert COMMANDS[words] in shown
    assert "\x1b" not in out
    piped = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert "\x1b" not in piped.stdout + piped.stderr
    assert f"{COMMANDS[words]} …" not in piped.stdout + piped.stderr
