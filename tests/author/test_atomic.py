import os
import sys

import pytest
from conceptbook.author import atomic
from conceptbook.author.atomic import replace_file


def test_a_file_and_its_folder_are_made(tmp_path):
    path = tmp_path / "curves" / "line.csv"
    assert replace_file(path, b"x,y\n")
    assert path.read_bytes() == b"x,y\n"


def test_the_same_content_is_not_written_again(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"1")
    inode = path.stat().st_ino
    assert not replace_file(path, b"1")
    assert path.stat().st_ino == inode


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_the_mode_stays(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"1")
    path.chmod(0o664)
    replace_file(path, b"2")
    assert path.stat().st_mode & 0o777 == 0o664


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_bytes(b"1")

    def full(fd):
        raise OSError("no space left on device")

    monkeypatch.setattr(atomic.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        replace_file(path, b"2")
    assert os.listdir(tmp_path) == ["a"]
    assert path.read_bytes() == b"1"
