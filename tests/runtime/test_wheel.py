import base64
import csv
import hashlib
import io
import os
import zipfile

import pytest
from conceptbook.runtime.wheel import build_kit_wheel


@pytest.fixture
def kit(tmp_path):
    folder = tmp_path / "conceptbook_kit"
    (folder / "__pycache__").mkdir(parents=True)
    (folder / "__init__.py").write_text('"""A kit."""\n\n__version__ = "1.2.3"\n')
    (folder / "judge.py").write_text("def judge(): return 42\n")
    (folder / "notes.txt").write_text("not for the reader")
    (folder / "__pycache__" / "judge.cpython-311.pyc").write_bytes(b"compiled")
    return folder


def opened(wheel):
    return zipfile.ZipFile(io.BytesIO(wheel.data))


def test_the_wheel_holds_the_python_files_and_its_metadata(kit):
    wheel = build_kit_wheel(kit)
    assert wheel.file_name == "conceptbook_kit-1.2.3-py3-none-any.whl"
    assert opened(wheel).namelist() == [
        "conceptbook_kit-1.2.3.dist-info/METADATA",
        "conceptbook_kit-1.2.3.dist-info/RECORD",
        "conceptbook_kit-1.2.3.dist-info/WHEEL",
        "conceptbook_kit/__init__.py",
        "conceptbook_kit/judge.py",
    ]


def test_every_member_is_recorded_with_its_hash_and_length(kit):
    archive = opened(build_kit_wheel(kit))
    record = archive.read("conceptbook_kit-1.2.3.dist-info/RECORD").decode()
    rows = {name: (digest, size) for name, digest, size in csv.reader(io.StringIO(record))}
    assert sorted(rows) == archive.namelist()
    for name, (digest, size) in rows.items():
        if name.endswith("/RECORD"):
            assert (digest, size) == ("", "")
            continue
        data = archive.read(name)
        expected = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        assert (digest, size) == (f"sha256={expected}", str(len(data)))


def test_times_and_modes_of_the_files_leave_no_trace(kit):
    first = build_kit_wheel(kit)
    os.utime(kit / "judge.py", (1, 1))
    (kit / "judge.py").chmod(0o600)
    assert build_kit_wheel(kit) == first


def test_a_changed_file_changes_the_wheel(kit):
    first = build_kit_wheel(kit)
    (kit / "judge.py").write_text("def judge(): return 43\n")
    assert build_kit_wheel(kit).sha256 != first.sha256


def test_a_kit_without_a_version_is_refused(kit):
    (kit / "__init__.py").write_text("")
    with pytest.raises(ValueError, match="binds no __version__"):
        build_kit_wheel(kit)
