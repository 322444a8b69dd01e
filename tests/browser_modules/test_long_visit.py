"""A long visit: runs, stops and moves between pages leave no worker behind and no memory taken."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from conceptbook_kit.declaration import Declaration
from conceptbook_kit.judge import code_digest

DECLARATION = Declaration("a/b", "live", "live.py", "A witness", 60.0, 256)
CODE = """\
import numpy as np
A = np.random.RandomState(0).randn(200, 200)
print(float(np.linalg.norm(A @ A)) > 0)
for i in range(40):
    A = A @ A / np.abs(A).max() + i
print("end")
"""
ROUNDS = 5
GROWTH_MB = 60


def resident_mb(chromium):
    """Of all of the browser's processes that run pages."""
    session = chromium.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    pages = [process["id"] for process in processes if process["type"] == "renderer"]
    total = 0
    for pid in pages:
        status = Path(f"/proc/{pid}/statm")
        if status.exists():
            total += int(status.read_text().split()[1]) * 4096
    return total / 1e6


def settle(reader):
    session = reader.page.context.new_cdp_session(reader.page)
    session.send("HeapProfiler.collectGarbage")
    session.detach()
    reader.until(lambda: len(reader.page.workers) <= 2, "at most a runtime and its spare")
    reader.page.wait_for_timeout(2500)


def one_round(reader, address):
    """Ten in a row: eight runs, one of them stopped, a stop while it loads, and a new page."""
    for number in range(8):
        reader.press("run")
        reader.wait_for("running", "holds")
        if number == 4:
            reader.press("stop")
        reader.wait_for("holds", "stopped")
    reader.press("run")
    reader.press("stop")
    reader.wait_for("stopped", "holds")
    reader.open(address)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_fifty_runs_stops_and_moves_leave_memory_flat(reader, chromium, runtime_site):
    address = runtime_site.page(DECLARATION, {}, CODE, digest=code_digest(CODE))
    reader.open(address)
    one_round(reader, address)
    reader.run("holds")
    settle(reader)
    before = resident_mb(chromium)
    for _ in range(ROUNDS):
        one_round(reader, address)
    reader.run("holds")
    settle(reader)
    after = resident_mb(chromium)
    print(f"\nresident in the pages' processes: {before:.0f} MB before, {after:.0f} MB after")
    assert after < before + GROWTH_MB, (before, after)
    assert len(reader.page.workers) <= 2
