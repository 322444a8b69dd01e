import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conceptbook.runtime import sources
from conceptbook.runtime.pins import NUMPY_WHEEL, PINS, Pin
from conceptbook.runtime.sources import CarrierWheel, Cdn, SourceFailed


def silent(message: str) -> None:
    """No progress."""


@pytest.fixture
def kept() -> dict[str, bytes]:
    return {}


@pytest.fixture
def keep(kept):
    return lambda pin, data: kept.__setitem__(pin.name, data)


@pytest.fixture
def fake_pip(monkeypatch):
    """Let `pip download` be a function that fills the folder it is given."""

    def install(fill, returncode=0, stderr=""):
        def run(command, **options):
            assert command[:4] == [sys.executable, "-m", "pip", "download"]
            fill(Path(command[command.index("--dest") + 1]))
            return subprocess.CompletedProcess(command, returncode, "", stderr)

        monkeypatch.setattr(subprocess, "run", run)

    return install


def test_the_web_folder_gives_every_wanted_file(serve, web, pins, keep, kept):
    told = []
    Cdn(serve(web)).fetch(pins, keep, told.append)
    assert kept == {pin.name: (web / pin.name).read_bytes() for pin in pins}
    assert told[0].startswith("pyodide.mjs (0.0 MB) from http://127.0.0.1")


def test_no_more_is_read_than_the_pin_allows(serve, web, pins, keep, kept):
    (web / "pyodide.mjs").write_bytes(b"x" * 100_000)
    Cdn(serve(web)).fetch(pins[:1], keep, silent)
    assert len(kept["pyodide.mjs"]) == pins[0].bytes + 1


def test_a_file_that_the_web_folder_lacks_is_a_failure(serve, web, pins, keep):
    (web / "pyodide.mjs").unlink()
    with pytest.raises(SourceFailed, match=r"pyodide\.mjs: HTTP Error 404"):
        Cdn(serve(web)).fetch(pins, keep, silent)


def test_a_port_where_nobody_listens_is_a_failure(pins, keep):
    with pytest.raises(SourceFailed, match=r"^pyodide\.mjs: \[Errno \d+\] Connection refused$"):
        Cdn("http://127.0.0.1:9/").fetch(pins, keep, silent)


def test_a_host_that_never_answers_is_given_up(monkeypatch, pins, keep):
    """Name lookup may block for minutes; here it blocks until the test lets go."""
    from threading import Event

    over = Event()
    monkeypatch.setattr(sources.urllib.request, "urlopen", lambda *a, **k: over.wait(30))
    try:
        with pytest.raises(SourceFailed, match=r"no answer within 0\.01 s"):
            Cdn("http://nowhere.invalid/", connect_s=0.01).fetch(pins, keep, silent)
    finally:
        over.set()


def test_the_carrier_gives_core_files_and_numpy(fake_pip, keep, kept):
    carrier = CarrierWheel()
    wanted = [PINS[0], next(pin for pin in PINS if pin.name == NUMPY_WHEEL)]

    def fill(folder):
        with zipfile.ZipFile(folder / "carrier-1-py3-none-any.whl", "w") as archive:
            archive.writestr(carrier.core + wanted[0].name, b"core")
            archive.writestr(carrier.wheels + NUMPY_WHEEL, b"numpy")

    fake_pip(fill)
    carrier.fetch(wanted, keep, silent)
    assert kept == {wanted[0].name: b"core", NUMPY_WHEEL: b"numpy"}


def test_a_carrier_without_the_file_is_a_failure(fake_pip, keep):
    fake_pip(lambda folder: zipfile.ZipFile(folder / "carrier-1-py3-none-any.whl", "w").close())
    with pytest.raises(SourceFailed, match=r"no item named .*pyodide\.mjs"):
        CarrierWheel().fetch([Pin("pyodide.mjs", 1, "")], keep, silent)


def test_a_broken_carrier_is_a_failure(fake_pip, keep):
    fake_pip(lambda folder: (folder / "carrier-1-py3-none-any.whl").write_bytes(b"no zip"))
    with pytest.raises(SourceFailed, match="not a zip"):
        CarrierWheel().fetch([Pin("pyodide.mjs", 1, "")], keep, silent)


def test_a_failing_pip_is_quoted_with_its_last_line(fake_pip, keep):
    fake_pip(lambda folder: None, 1, "WARNING: retrying\nERROR: No matching distribution\n")
    with pytest.raises(SourceFailed, match=r"^ERROR: No matching distribution$"):
        CarrierWheel().fetch([Pin("pyodide.mjs", 1, "")], keep, silent)


def test_a_python_without_pip_is_told_so(monkeypatch, keep):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SourceFailed, match="has no pip; `python -m ensurepip`"):
        CarrierWheel().fetch([Pin("pyodide.mjs", 1, "")], keep, silent)
