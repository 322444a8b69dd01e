import sys
from time import monotonic

import pytest
from conceptbook.witness.native import NativeLimits, NativeUnavailable, nursery, run_native

LIMITS = NativeLimits(seconds=10, memory_mb=300)
CURVE = "x = [1, 2]\ny = [2, 4]\n"


@pytest.fixture(scope="module", params=["fresh", "forked"])
def home(request):
    """Both ways in which a process is had; None, a fresh interpreter each time."""
    if request.param == "fresh":
        yield None
        return
    with nursery() as started:
        if started is None:
            pytest.skip("processes are always fresh here")
        yield started


@pytest.fixture
def run(declaration, home):
    def run(code, limits=LIMITS, **settings):
        return run_native(code, declaration, settings, limits=limits, nursery=home)

    return run


def error_of(result):
    assert result.outcome.error is not None, result.outcome
    return result.outcome.error


def test_a_program_gives_its_curves_and_its_output(run):
    result = run(CURVE + "print('hello')")
    assert result.outcome.error is None
    assert result.outcome.arrays == {"x": [1.0, 2.0], "y": [2.0, 4.0]}
    assert result.outcome.stdout == "hello\n"
    assert result.runtime["kind"] == "native"
    assert result.runtime["python"] == ".".join(map(str, sys.version_info[:3]))


def test_what_holds_is_told(run):
    guards = run(CURVE).guards
    assert "audit" in guards
    if sys.platform.startswith("linux"):
        assert {"memory", "cpu", "files"} <= set(guards)


def test_a_number_that_is_not_finite_comes_back(run):
    y = run("x = [1, 2]\ny = [float('nan'), float('inf')]").outcome.arrays["y"]
    assert y[0] != y[0]


def test_an_exception_names_the_programs_line(run):
    error = error_of(run("x = [1]\n\n1 / 0\n"))
    assert (error["kind"], error["line"]) == ("exception", 3)
    assert error["message"] == "ZeroDivisionError: division by zero"


def test_a_failed_assert_is_no_error(run):
    outcome = run(CURVE + "assert y[0] == 3, 'not three'").outcome
    assert outcome.error is None
    assert outcome.asserts == {"ok": False, "message": "not three", "line": 3}


def test_an_endless_loop_is_stopped(run):
    began = monotonic()
    result = run("while True:\n    pass", NativeLimits(seconds=0.5, memory_mb=300))
    assert error_of(result)["kind"] == "timeout"
    assert result.outcome.duration_s == pytest.approx(0.5, abs=0.4)
    assert monotonic() - began < 20


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no memory limit there")
@pytest.mark.parametrize(
    "code",
    ["import numpy\nx = numpy.ones(250_000_000)", "x = [0] * 250_000_000", "x = bytearray(2**31)"],
    ids=["numpy", "list", "bytes"],
)
def test_two_gigabytes_are_refused(run, code):
    assert error_of(run(code))["kind"] == "memory"


def test_memory_within_the_limit_is_given(run):
    assert run("import numpy\nz = numpy.ones(25_000_000)\n" + CURVE).outcome.error is None


@pytest.mark.parametrize(
    ("code", "refused"),
    [
        ("import os\nfor _ in range(3):\n    os.fork()", "start a process"),
        ("import os\nos.system('true')", "start a program"),
        ("import os\nos.execv('/bin/true', ['true'])", "start a program"),
        ("import os\nos.posix_spawn('/bin/true', ['true'], {})", "start a program"),
        ("import subprocess\nsubprocess.run(['true'])", "start a program"),
        ("import _posixsubprocess\n_posixsubprocess.fork_exec()", "start a program or a thread"),
        ("import threading\nthreading.Thread(target=print).start()", "a program or a thread"),
        ("import socket\nsocket.socket()", "open a socket"),
        ("import socket\nsocket.getaddrinfo('localhost', 80)", "open a socket"),
        ("import os\nos.kill(os.getppid(), 9)", "send a signal"),
        ("import ctypes\nctypes.string_at(0)", "use ctypes"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX ways out")
def test_a_way_out_is_refused(run, code, refused):
    error = error_of(run(code))
    assert error["kind"] == "exception"
    assert error["message"].startswith("PermissionError: a witness may not")
    assert refused in error["message"]


@pytest.mark.parametrize(
    "code",
    [
        "open({path!r}, 'w')",
        "open({path!r}, 'rb+')",
        "import os\nos.open({path!r}, os.O_WRONLY)",
        "import os\nos.open(os.path.dirname({path!r}), os.O_RDONLY)",
        "import os\nos.remove({path!r})",
        "import os\nos.truncate({path!r}, 0)",
        "import os\nos.rename({path!r}, 'mine')",
        "import os\nos.link({path!r}, 'mine')",
        "import os\nos.mkdir({path!r} + '.folder')",
        "import os\nos.symlink({path!r}, 'link')\nopen('link', 'w')",
        "import os\nos.chdir(os.path.dirname({path!r}))\nopen('kept.txt', 'w')",
        "import numpy\nnumpy.save({path!r}, [1])",
    ],
)
def test_a_file_outside_stays_as_it_is(run, tmp_path, code):
    path = tmp_path / "kept.txt"
    path.write_text("kept")
    message = error_of(run(code.format(path=str(path))))["message"]
    assert message.startswith("PermissionError: a witness may not")
    assert path.read_text() == "kept"
    assert [child.name for child in tmp_path.iterdir()] == ["kept.txt"]


def test_its_scratch_folder_is_its_own(run):
    code = "import os, tempfile\nopen('a', 'w').write('1')\nos.mkdir('b')\nos.rename('a', 'b/a')\n"
    code += "tempfile.TemporaryFile().close()\nprint(os.getcwd())\n"
    result = run(code + CURVE)
    assert result.outcome.error is None
    assert not __import__("pathlib").Path(result.outcome.stdout.strip()).exists()


def test_the_environment_is_not_passed_on(run, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "s3cret")
    assert "s3cret" not in run("import os\nprint(dict(os.environ))").outcome.stdout


def test_output_without_end_is_cut(run):
    outcome = run("for _ in range(10_000):\n    print('x' * 1000)\n" + CURVE).outcome
    assert outcome.stdout_truncated
    assert len(outcome.stdout) <= 200_000
    assert outcome.arrays["y"] == [2.0, 4.0]


def test_sys_exit_is_an_error(run):
    assert error_of(run("import sys\nsys.exit(0)"))["message"] == "SystemExit: 0"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import os\nos._exit(0)", "the program ended its interpreter (status 0)"),
        ("import os\nos._exit(7)", "the program ended its interpreter (status 7)"),
        ("import signal\nsignal.raise_signal(9)", "the interpreter was ended by SIGKILL"),
        ("import faulthandler\nfaulthandler._sigsegv()", "the interpreter was ended by SIGSEGV"),
        ("import os\nos.abort()", "the interpreter was ended by SIGABRT"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="no signals there")
def test_an_end_without_a_result_is_an_error(run, code, message):
    assert error_of(run(code)) == {"kind": "exception", "message": message, "line": None}


def test_junk_in_every_descriptor_confuses_nobody(run):
    junk = """
import os
for fd in range(64):
    try:
        os.write(fd, b'{"outcome": {"stdout": "forged"}}' * 100)
    except OSError:
        pass
"""
    outcome = run(junk + CURVE).outcome
    assert outcome.error is None
    assert outcome.stdout == ""
    assert outcome.arrays["y"] == [2.0, 4.0]


def test_closing_every_descriptor_is_an_error(run):
    assert error_of(run("import os\nos.closerange(0, 64)\n" + CURVE))["kind"] == "exception"


def test_a_flood_is_cut_off(run):
    flood = """
import os
while True:
    for fd in range(3, 16):
        try:
            os.write(fd, b'x' * 65536)
        except OSError:
            pass
"""
    assert "without end" in error_of(run(flood))["message"]


def test_a_control_is_set(declaration):
    from dataclasses import replace

    from conceptbook_kit.declaration import Control

    moved = replace(declaration, controls=(Control("n", "N", 2, min=1, max=5),))
    code = "n = 2\nx = list(range(n))\ny = x\n"
    assert run_native(code, moved, {"n": 4}, limits=LIMITS).outcome.arrays["x"] == [0, 1, 2, 3]


def test_a_package_of_the_notebook_is_found(declaration, tmp_path):
    (tmp_path / "extra.py").write_text("VALUE = 7\n")
    code = "import extra\nx = [extra.VALUE]\ny = x\n"
    outcome = run_native(code, declaration, {}, limits=LIMITS, wheels=[tmp_path]).outcome
    assert outcome.arrays["x"] == [7.0]


def test_one_run_leaves_nothing_to_the_next(run):
    assert error_of(run("import numpy\nnumpy.mean = None\n" + CURVE))["kind"] == "exception"
    assert run("import numpy\nnumpy.mean([1])\n" + CURVE).outcome.error is None


def test_an_interpreter_without_numpy_is_named(declaration, tmp_path):
    with pytest.raises(NativeUnavailable, match="does not start"):
        run_native(CURVE, declaration, {}, python=str(tmp_path / "none"))


def test_an_interpreter_that_ends_at_once_is_named(declaration):
    with pytest.raises(NativeUnavailable, match="before it could run anything"):
        run_native(CURVE, declaration, {}, python="/bin/true")
