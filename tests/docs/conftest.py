"""Commands and files taken out of Markdown, and run as a reader would."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import textwrap
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w./-]+\.(?:py|yaml|md|toml|yml|css|html))`")
SERVE = re.compile(r"^conceptbook serve\b(?:.*# http://localhost:8000/(\S*))?")
ASKS = re.compile(r"^conceptbook review\b")


@dataclass(frozen=True)
class Step:
    """A fenced block: commands, or a file by the last path that the words above name."""

    language: str
    text: str
    file: str | None

    @property
    def commands(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]


def steps(page: Path) -> list[Step]:
    text, found, last = page.read_text(encoding="utf-8"), [], 0
    for block in FENCE.finditer(text):
        named = NAMED.findall(text[last : block.start()])
        last = block.end()
        language = block[2]
        file = named[-1] if named and language != "sh" else None
        found.append(Step(language, textwrap.dedent(block[3]), file))
    return found


@dataclass
class Reader:
    """Somebody at a shell, in a folder that `cd` changes."""

    folder: Path
    environment: Mapping[str, str]
    instead: Mapping[str, str] = field(default_factory=dict)
    """Commands that are done in another way here."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """What is typed after which words, where a command asks."""
    shown: list[str] = field(default_factory=list)
    """The pages that were served."""

    def follow(self, page: Path) -> list[str]:
        """Do everything that a page says, in order; what was run."""
        done = []
        for step in steps(page):
            if step.language == "sh":
                for command in step.commands:
                    self.run(command)
                    done.append(command)
            elif step.file:
                path = self.folder / step.file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(step.text, encoding="utf-8")
        return done

    def run(self, command: str) -> str:
        if command.startswith("cd "):
            self.folder = self.folder / command[3:]
            return ""
        if served := SERVE.match(command):
            return self.serve(command, served[1] or "")
        if ASKS.match(command):
            return self.talk(command)
        done = subprocess.run(
            self.instead.get(command, command),
            shell=True,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def talk(self, command: str) -> str:
        """Run a command at a terminal, and answer what it asks."""
        master, slave = pty.openpty()
        process = subprocess.Popen(
            command, shell=True, cwd=self.folder, env=self.environment,
            stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        said, heard = "", 0
        with open(master, "rb+", buffering=0) as terminal:
            while select.select([terminal], [], [], 60)[0]:
                try:
                    said += terminal.read(65536).decode(errors="replace")
                except OSError:
                    break
                for words, answer in self.answers.items():
                    if said[heard:].rstrip().endswith(words):
                        terminal.write(f"{answer}\n".encode())
                        heard = len(said)
            else:
                process.kill()
        assert process.wait(60) == 0, f"{command}\n{said}"
        return said

    def serve(self, command: str, path: str) -> str:
        """Start the server on a free port, look at a page, and interrupt it."""
        process = subprocess.Popen(
            ["conceptbook", "serve", "--port", "0"],
            cwd=self.folder,
            env=self.environment,
            executable=_which("conceptbook", self.environment),
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        try:
            said = []
            for line in process.stderr:
                said.append(line)
                if line.startswith("Serving"):
                    break
            else:
                raise AssertionError(f"{command}: {''.join(said)}")
            url = said[-1].split(" at ")[1].split(" ")[0]
            with urllib.request.urlopen(url + path, timeout=10) as page:
                shown = page.read().decode()
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
            self.shown.append(shown)
            return shown
        finally:
            process.kill()
            process.stderr.close()


def _which(name: str, environment: Mapping[str, str]) -> str:
    folders = environment["PATH"].split(os.pathsep)
    return next(str(Path(f, name)) for f in folders if Path(f, name).is_file())


@pytest.fixture(scope="session")
def plain_environment() -> dict[str, str]:
    """The environment without any way to this checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


@pytest.fixture(scope="session")
def documented() -> Callable[[Path], list[Step]]:
    return steps


@pytest.fixture(scope="session")
def reader() -> type[Reader]:
    return Reader
