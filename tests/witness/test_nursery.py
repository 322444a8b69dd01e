"""Forks of a nursery: alike in nothing, and gone with whoever asked for them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conceptbook.witness.native import NativeLimits, NativeUnavailable, nursery, run_native
from conceptbook.witness.nursery import POSSIBLE

pytestmark = pytest.mark.skipif(not POSSIBLE, reason="every run starts a process of its own there")
LIMITS = NativeLimits(seconds=10, memory_mb=300)
ENDLESS = """
import sys
from conceptbook.witness.native import NativeLimits, nursery, run_native
from conceptbook_kit.declaration import Declaration
with nursery() as home:
    declaration = Declaration("", "witness", "witness.py", "T", seconds=60, memory_mb=64)
    code = "while True: pass"
    run_native(code, declaration, {}, limits=NativeLimits(60, 300), nursery=home)
"""


def test_no_fork_sees_what_another_left(declaration) -> None:
    first = "import numpy, math\nnumpy.left = math.left = 1\nx = [1]\ny = [1]\n"
    then = "import numpy, math\nassert not hasattr(numpy, 'left') and not hasattr(math, 'left')\n"
    with nursery() as home:
        run_native(first, declaration, {}, limits=LIMITS, nursery=home)
        outcome = run_native(then, declaration, {}, limits=LIMITS, nursery=home).outcome
    assert outcome.asserts["ok"] is True


def test_forks_do_not_draw_alike_without_a_seed(declaration) -> None:
    code = "import random, numpy\nprint(random.random(), numpy.random.rand())"
    with nursery() as home:
        runs = [run_native(code, declaration, {}, limits=LIMITS, nursery=home) for _ in range(2)]
    drawn = [number for run in runs for number in run.outcome.stdout.split()]
    assert len(set(drawn)) == 4


def test_a_nursery_that_has_ended_is_told(declaration) -> None:
    with nursery() as home:
        pass
    with pytest.raises(NativeUnavailable, match="does not start"):
        run_native("x = 1", declaration, {}, limits=LIMITS, nursery=home)


def test_whoever_is_killed_leaves_no_process_behind(tmp_path) -> None:
    """Not the nursery, nor the witness that runs without an end."""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    parent = subprocess.Popen([sys.executable, "-c", ENDLESS], env=environment)
    until(lambda: working_in(tmp_path))
    [witness] = working_in(tmp_path)
    watcher = parent_of(witness)
    home = parent_of(watcher)
    assert parent_of(home) == parent.pid
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    until(lambda: not any(Path(f"/proc/{number}").exists() for number in (witness, watcher, home)))


def until(holds) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def working_in(folder: Path) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if Path(os.readlink(entry / "cwd")).is_relative_to(folder):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def parent_of(number: int) -> int:
    return int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])
