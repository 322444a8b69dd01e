"""`conceptbook review`, as a program: at a real terminal, and without one."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from conceptbook.evidence import assess
from conceptbook.load import load

KINKS = "calculus/midpoint/kinks"
ORDER = "calculus/midpoint/second-order"
SUMMARY = "Compared the statement with the second page of the paper."
BLOCK = f"""\
  - by: cyd
    date: 2026-02-01
    conclusion: supported
    checks: [{{evidence: talvila-2012, access: full-text, finding: supports}}]
    summary: {SUMMARY}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(Path(__file__).parents[1] / "evidence" / "notebook", tmp_path / "book")
    return tmp_path / "book"


def run(root, *arguments, text=""):
    return subprocess.run(
        [sys.executable, "-m", "conceptbook", "-C", str(root), "review", *arguments],
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
    )


def status(root, claim=KINKS):
    return assess(load(root)[0])[claim]


class Terminal:
    """A program at a terminal of its own: waits for words, then types."""

    def __init__(self, root: Path, *arguments: str, editor: str | None = None):
        self.master, slave = pty.openpty()
        environment = {**os.environ, "TERM": "dumb", "EDITOR": editor or "", "VISUAL": ""}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "conceptbook", "-C", str(root), "review", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
            preexec_fn=_at_its_own_terminal,
        )
        os.close(slave)
        self.seen = ""
        self.read = 0

    def listen(self, seconds: float = 0.2) -> bool:
        """Read what came; False once the program has left its terminal."""
        if select.select([self.master], [], [], seconds)[0]:
            try:
                data = os.read(self.master, 65536)
            except OSError:
                return False
            self.seen += data.decode().replace("\r\n", "\n")
            return bool(data)
        return True

    def expect(self, words: str) -> None:
        end = time.monotonic() + 30
        while words not in self.seen[self.read :]:
            assert time.monotonic() < end, f"never said {words!r}:\n{self.seen}"
            if not self.listen():
                assert words in self.seen[self.read :], f"never said {words!r}:\n{self.seen}"
        self.read = self.seen.index(words, self.read) + len(words)

    def answer(self, words: str, answer: str) -> None:
        self.expect(words)
        os.write(self.master, f"{answer}\n".encode())

    def interrupt(self) -> None:
        """^C, once more where it is lost: readline misses one that comes as it begins to wait."""
        before = len(self.seen)
        for _ in range(12):
            os.write(self.master, b"\x03")
            patience = time.monotonic() + 5
            while time.monotonic() < patience:
                if not self.listen() or "\n" in self.seen[before:]:
                    return
        raise AssertionError(f"^C was never heard:\n{self.seen}")

    def close(self) -> int:
        end = time.monotonic() + 60
        while self.listen() and time.monotonic() < end:
            pass
        os.close(self.master)
        return self.process.wait(60)


def _at_its_own_terminal() -> None:
    """So that ^C reaches the program, also where the tests run in a shell's background."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def editor(tmp_path: Path, text: str) -> str:
    path = tmp_path / "editor"
    path.write_text(f"#!/bin/sh\nprintf '%s\\n' '{text}' '# a comment' > \"$1\"\n")
    path.chmod(0o755)
    return str(path)


def test_the_walk_goes_through_each_piece_and_writes(root, tmp_path):
    at = Terminal(root, KINKS, "--by", "cyd", editor=editor(tmp_path, SUMMARY))
    at.expect("Statement: The midpoint rule is only of first order at a kink.")
    at.expect("Scope: Functions with one kink.")
    at.expect("1 of 1: talvila-2012 (supports)")
    at.expect("https://doi.org/10.5555/Talvila.2012")
    at.expect("place: p. 2")
    at.answer("What did you open", "1")
    at.answer("What does it say", "supp")
    at.answer("Note", "Second paragraph.")
    at.answer("Conclusion [supported]", "")
    at.answer("Competing interests [none declared]", "")
    at.expect("+  - by: cyd")
    at.expect(f"+    summary: {SUMMARY}")
    at.answer("Write this review?", "y")
    at.expect("the claim is reviewed")
    assert at.close() == 0
    review = status(root).reviews[0].review
    assert (review.checks[0].note, review.summary) == ("Second paragraph.", SUMMARY)
    assert review.interests == "none declared"
    assert not list((root / ".conceptbook" / "reviews").glob("*"))


def test_an_interrupted_walk_is_taken_up_again(root, tmp_path):
    at = Terminal(root, ORDER, "--by", "cyd")
    at.answer("What did you open", "full-text")
    at.answer("What does it say", "supports")
    at.answer("Note", "")
    at.expect("2 of 6")
    at.expect("What did you open")
    at.interrupt()
    at.expect("--resume")
    assert at.close() == 1
    again = Terminal(root, "--resume")
    again.expect("2 of 6: talvila-2012")
    assert "1 of 6" not in again.seen
    again.interrupt()
    again.close()
    path = root / f"claims/{ORDER}.yaml"
    path.write_text(path.read_text().replace("Twice", "Thrice"))
    anew = Terminal(root, "--resume")
    anew.expect("the claim changed since (scope): the walk begins anew")
    anew.expect("1 of 6")
    anew.interrupt()
    anew.close()


def test_what_is_not_opened_cannot_pass(root, tmp_path):
    at = Terminal(root, KINKS, "--by", "cyd", editor=editor(tmp_path, SUMMARY))
    at.answer("What did you open", "none")
    at.answer("Note", "")
    at.answer("Conclusion [inconclusive]", "supported")
    at.answer("Competing interests", "")
    at.expect("not written: ")
    assert at.close() == 1
    assert status(root).reviews == ()


def test_an_author_is_told_before_the_walk(root):
    at = Terminal(root, KINKS, "--by", "ann")
    at.expect("not written: Ann Author is an author of this claim")
    assert at.close() == 1
    assert "What did you open" not in at.seen


def test_the_queues_next_is_the_first_that_the_person_may_review(root):
    for arguments in (["--next", "--by", "cyd"], ["--resume"]):
        at = Terminal(root, *arguments)
        at.expect(KINKS)
        at.expect("What did you open")
        at.interrupt()
        at.close()


def test_without_a_terminal_it_says_what_to_do(root):
    ran = run(root, KINKS, "--by", "cyd")
    assert ran.returncode == 2
    assert "--from" in ran.stderr and "claim's page" in ran.stderr


@pytest.mark.parametrize(
    "text",
    [BLOCK, f"reviews:\n{BLOCK}", "\n".join(line[4:] for line in BLOCK.splitlines())],
    ids=["item", "list", "mapping"],
)
def test_a_block_is_written_from_a_file_or_standard_input(root, text):
    ran = run(root, KINKS, "--from", "-", "--yes", text=text)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "+  - by: cyd" in ran.stdout and "the claim is reviewed" in ran.stdout
    assert status(root).badge == "reviewed"


def test_nothing_is_written_without_yes(root):
    ran = run(root, KINKS, "--from", "-", text=BLOCK)
    assert ran.returncode == 2 and "--yes" in ran.stderr
    assert status(root).reviews == ()


@pytest.mark.parametrize("name", [f"claims/{KINKS}.yaml", "kinks", f"./claims/{KINKS}.yaml"])
def test_a_claim_is_named_by_id_path_or_last_word(root, name):
    assert run(root, name, "--from", "-", "--yes", text=BLOCK).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "text", "code", "words"),
    [
        (["kink", "--from", "-"], BLOCK, 2, 'did you mean "kinks"'),
        (["--from", "-"], BLOCK, 2, "--next"),
        ([KINKS, "--from", "-"], "by: [", 1, "not written"),
        ([KINKS, "--from", "-"], "text", 1, "one review"),
        ([KINKS, "--from", "-", "--by", "zoe"], BLOCK, 1, 'has no "zoe"'),
        ([KINKS, "--reaffirm", "--by", "cyd"], "", 1, "no stale review"),
        ([ORDER, "--reaffirm", "--by", "ben"], "", 3, "git repository"),
        ([ORDER, "--reaffirm", "--by", "cyd"], "", 1, "stale reviews of it are by ben"),
    ],
)
def test_what_is_wrong_is_said(root, arguments, text, code, words):
    ran = run(root, *arguments, "--yes", text=text)
    assert (ran.returncode, words in ran.stderr) == (code, True), ran.stderr


def test_the_reviewer_is_whom_git_names(root):
    environment = {"GIT_CONFIG_GLOBAL": "/dev/null", "PATH": os.environ["PATH"]}
    for arguments in (["init", "-q"], ["config", "user.name", "Cyd Reviewer"]):
        subprocess.run(["git", "-C", str(root), *arguments], check=True, env=environment)
    at = Terminal(root, KINKS)
    at.expect("What did you open")
    at.interrupt()
    at.close()
