"""Forks the processes in which witnesses run. Started by nursery.py as a script, with a socket.

It loads numpy and the kit once and runs no program itself: each request is a fork that does what
child.py does, from its own standard input to its own standard output.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
from contextlib import suppress
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

PATH_MAX = 4096
LOOK_S = 0.01
FOLDERS = ("HOME", "TMPDIR", "TEMP", "TMP")


def main() -> None:
    """Fork a child for each scratch folder that comes, until an empty one does."""
    requests, kit = socket.socket(fileno=int(sys.argv[1])), sys.argv[2]
    child = load_child()
    child.refuse_processes()
    # Where this fails, it fails again in the fork, which can say so.
    with suppress(Exception):
        child.load_kit(kit)
        # What it finds is kept, for as long as no module comes.
        sys.modules["conceptbook_kit.guard"].watched()
    # Whoever waits for a witness is its watcher; nobody waits for that.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        scratch, fds, _, _ = socket.recv_fds(requests, PATH_MAX, 3)
        if not scratch:
            return
        if os.fork() == 0:
            requests.close()
            watch(child, scratch.decode(), *fds)
        for fd in fds:
            os.close(fd)


def load_child() -> ModuleType:
    """The module beside this one, which imports nothing of the package."""
    spec = spec_from_file_location("child", Path(__file__).with_name("child.py"))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def watch(child: ModuleType, scratch: str, asked: int, answer: int, line: int) -> None:
    """Starts the witness's process, tells how it ends, and ends it when nobody listens any more."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    number = os.fork()
    if number == 0:
        os.close(line)
        become(child, scratch, asked, answer)
    os.close(asked)
    os.close(answer)
    with socket.socket(fileno=line) as listener:
        ended = None
        while not select.select([listener], [], [], LOOK_S if ended is None else None)[0]:
            # It stays a zombie, so that nobody else gets its number before it is killed.
            ended = os.waitid(os.P_PID, number, os.WEXITED | os.WNOWAIT | os.WNOHANG)
            if ended is not None:
                by_itself = ended.si_code == os.CLD_EXITED
                with suppress(OSError):
                    listener.send(b"%d" % (ended.si_status if by_itself else -ended.si_status))
        for kill in (os.killpg, os.kill):
            with suppress(OSError):
                kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
    os._exit(0)


def become(child: ModuleType, scratch: str, asked: int, answer: int) -> None:
    """The process of a witness, in a session of its own."""
    os.setsid()
    for fd, standard in ((asked, 0), (answer, 1)):
        os.dup2(fd, standard)
        os.close(fd)
    os.chdir(scratch)
    os.environ.update(dict.fromkeys(FOLDERS, scratch))
    if numpy := sys.modules.get("numpy"):
        # Else every fork would draw the same numbers without a seed.
        numpy.random.seed()
    child.main()


if __name__ == "__main__":
    main()
