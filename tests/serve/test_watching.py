"""Every way in which editors write a file is seen, and folders that come later are, too."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conceptbook.serve.watching import changes


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content/a").mkdir(parents=True)
    (tmp_path / "notebook.yaml").write_text("conceptbook: 1\n")
    return tmp_path


@pytest.fixture
def seen(root: Path) -> Iterator[queue.Queue]:
    """What the watch tells, from a thread; it ends with the test."""
    told: queue.Queue = queue.Queue()
    ended = threading.Event()

    def look() -> None:
        for names in changes(root):
            told.put(names)
            if ended.is_set():
                return

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    _until_on(root, told)
    yield told
    ended.set()
    (root / "notebook.yaml").write_text("the end\n")
    thread.join(10)


def _until_on(root: Path, told: queue.Queue) -> None:
    """The watch is on when it tells of a file written again and again."""
    for count in range(100):
        (root / "content/started").write_text(str(count))
        try:
            told.get(timeout=0.2)
        except queue.Empty:
            continue
        break
    while True:
        try:
            told.get(timeout=0.7)
        except queue.Empty:
            return


def written(path: Path) -> None:
    path.write_text("conceptbook: 1\ntitle: written\n")


def exchanged(path: Path) -> None:
    new = path.with_name("new")
    new.write_text("conceptbook: 1\ntitle: exchanged\n")
    os.replace(new, path)


def told_of(seen: queue.Queue, name: str) -> bool:
    return any(name in seen.get(timeout=10) for _ in range(3))


@pytest.mark.parametrize("write", [written, exchanged])
@pytest.mark.parametrize("name", ["notebook.yaml", "content/a/concept.yaml"])
def test_a_file_is_seen_each_time(
    root: Path, seen: queue.Queue, write: Callable[[Path], None], name: str
) -> None:
    for _ in range(2):
        write(root / name)
        assert told_of(seen, name)


def test_a_folder_that_comes_later_is_watched(root: Path, seen: queue.Queue) -> None:
    (root / "claims").mkdir()
    assert told_of(seen, "claims")
    (root / "claims/sources.yaml").write_text("references: []\n")
    assert told_of(seen, "claims/sources.yaml")
