"""Runs one witness in a process of its own, behind limits. Started by native.py as a script.

Standard input brings one request as JSON; standard output carries the frames of `Channel`. The
kit is loaded from its own folder, so nothing else of the generator can be imported.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]

MB = 1024 * 1024
SPARE_MB = 64
"""Memory kept back for reporting after a witness has used up its own."""

LARGEST_FILE_MB = 64
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000

REFUSED = {
    "socket.": "open a socket",
    "subprocess.": "start a program",
    "os.exec": "start a program",
    "os.fork": "start a process",
    "os.posix_spawn": "start a program",
    "os.spawn": "start a program",
    "os.startfile": "start a program",
    "os.system": "start a program",
    "pty.spawn": "start a program",
    "_winapi.CreateProcess": "start a program",
    "os.kill": "send a signal",
    "signal.pthread_kill": "send a signal",
    "ctypes.": "use ctypes",
    "winreg.": "use the registry",
}
"""Audit events by their beginning; https://docs.python.org/3/library/audit_events.html."""

UNAUDITED = {
    "_posixsubprocess": ("fork_exec",),
    "_thread": ("start_new_thread", "start_new", "start_joinable_thread"),
}

CHANGES_FILES = frozenset(
    """os.chflags os.chmod os.chown os.link os.mkdir os.remove os.removexattr os.rename os.rmdir
    os.setxattr os.symlink os.truncate os.utime""".split()
)
TWO_PATHS = frozenset({"os.link", "os.rename", "os.symlink"})
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Channel:
    """Frames to the parent: the marker, the length in 8 bytes, JSON.

    The marker tells them from anything that the witness itself may write into the descriptor.
    """

    def __init__(self, marker: bytes) -> None:
        self._marker = marker
        self._fd = os.dup(1)

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message, allow_nan=False).encode()
        frame = memoryview(self._marker + len(body).to_bytes(8, "big") + body)
        while frame:
            frame = frame[os.write(self._fd, frame) :]


def main() -> None:
    """Run the witness that stdin describes under every limit there is; send what came of it."""
    request = json.loads(sys.stdin.buffer.read())
    channel = Channel(bytes.fromhex(request["marker"]))
    try:
        silence()
        refuse_processes()
        kit = load_kit(request["kit"])
        declaration = kit["declaration"].Declaration.from_json(request["declaration"])
        guards = [*limit(request["seconds"]), *isolate_network()]
        channel.send({"ready": versions(), "guards": [*guards, *memory_guard(), "audit"]})
        refuse_outside(os.getcwd())
        with memory_limit(request["memory_mb"]):
            outcome = kit["run"].run(
                request["code"], declaration, request["settings"], paths=request["wheels"]
            )
        channel.send({"outcome": outcome.to_json()})
    except BaseException as error:
        with suppress(OSError):
            channel.send({"failure": f"{type(error).__name__}: {error}"})
    # No handler that the witness registered for the end may run.
    os._exit(0)


def silence() -> None:
    """Descriptors 0, 1 and 2 lead nowhere; the witness's stdout is what the kit captures."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nowhere, fd)
    os.close(nowhere)


@contextmanager
def installed_packages() -> Iterator[None]:
    """Numpy is found as always; after that a program sees the standard library alone.

    The interpreter was started without `site`, so its paths are only those of the library.
    """
    places = (sys.path, sys.meta_path, sys.path_hooks)
    before = [list(place) for place in places]
    import site

    site.main()
    try:
        yield
    finally:
        for place, content in zip(places, before, strict=True):
            place[:] = content  # type: ignore[index]


def load_kit(folder: str) -> dict[str, ModuleType]:
    """The kit's `run` and `declaration`, without its neighbours coming onto sys.path."""
    name = "conceptbook_kit"
    if name not in sys.modules:
        init = Path(folder) / "__init__.py"
        spec = spec_from_file_location(name, init, submodule_search_locations=[folder])
        assert spec is not None and spec.loader is not None
        sys.modules[name] = module_from_spec(spec)
        with installed_packages():
            spec.loader.exec_module(sys.modules[name])
            import_module(f"{name}.run")
    from conceptbook_kit import declaration, run

    return {"run": run, "declaration": declaration}


def versions() -> dict[str, str]:
    """What the run's numbers may depend on."""
    return {
        "python": platform.python_version(),
        # The kit has loaded it.
        "numpy": sys.modules["numpy"].__version__,
        "platform": f"{sys.platform}-{platform.machine().lower()}",
    }


def isolate_network() -> Iterator[str]:
    """A network namespace of its own, where even 127.0.0.1 is down; Linux, where allowed."""
    if not sys.platform.startswith("linux"):
        return
    # A user namespace is what lets an ordinary user make a network namespace.
    for flags in (CLONE_NEWNET, CLONE_NEWUSER | CLONE_NEWNET):
        if unshare(flags):
            yield "network"
            return


def unshare(flags: int) -> bool:
    """Leave namespaces of the parent; False where the system refuses."""
    try:
        if hasattr(os, "unshare"):
            os.unshare(flags)
            return True
        import ctypes

        return ctypes.CDLL(None).unshare(flags) == 0
    except (OSError, ImportError, AttributeError):
        return False


def limit(seconds: float) -> Iterator[str]:
    """Limits of the system that last to the end of the process."""
    if resource is None:
        return
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    cpu = int(used + seconds) + 2
    # The parent's clock comes first; this one outlives the parent.
    if lower(resource.RLIMIT_CPU, cpu, cpu + 1):
        yield "cpu"
    if lower(resource.RLIMIT_FSIZE, LARGEST_FILE_MB * MB) and lower(resource.RLIMIT_NOFILE, 64):
        yield "files"
    lower(resource.RLIMIT_CORE, 0)
    # The superuser is exempt from this one.
    if lower(resource.RLIMIT_NPROC, 0) and os.getuid() != 0:
        yield "processes"


def memory_guard() -> list[str]:
    """`["memory"]` where the limit is kept."""
    # macOS takes the limit and does not keep it.
    return ["memory"] if resource is not None and sys.platform != "darwin" else []


@contextmanager
def memory_limit(memory_mb: int) -> Iterator[None]:
    """At most `memory_mb` of address space over what Python and numpy take already."""
    if not memory_guard():
        yield
        return
    hard = address_space() + (memory_mb + SPARE_MB) * MB
    lower(resource.RLIMIT_AS, hard - SPARE_MB * MB, hard)
    try:
        yield
    finally:
        lower(resource.RLIMIT_AS, hard)


def address_space() -> int:
    """Bytes of address space in use."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return pages * os.sysconf("SC_PAGE_SIZE")


def lower(kind: int, soft: int, hard: int | None = None) -> bool:
    """Set a limit, never above the one that is already there."""
    present = resource.getrlimit(kind)[1]
    wanted = soft if hard is None else hard
    ceiling = wanted if present == resource.RLIM_INFINITY else min(wanted, present)
    try:
        resource.setrlimit(kind, (min(soft, ceiling), ceiling))
    except (OSError, ValueError):
        return False
    return True


def refuse_outside(scratch: str) -> None:
    """An audit hook that refuses what reaches out of the process, but for files in `scratch`.

    It stops what a program does by Python's own means. It is no jail against deliberate
    introspection; limits and namespaces of the system are what holds there.
    """
    inside = inside_of(os.path.realpath(scratch))
    begins, refused, changing, two = tuple(REFUSED), REFUSED, CHANGES_FILES, TWO_PATHS

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "object.__getattr__":
            # The kit's guard looks at every function of numpy several times a run.
            return
        if event == "open":
            path, mode, flags = args
            if not isinstance(path, int) and is_writing(path, mode, flags) and not inside(path):
                raise PermissionError("a witness may not write files outside its scratch folder")
        elif event in changing:
            for path in args[: 2 if event in two else 1]:
                if not inside(path):
                    raise PermissionError("a witness may not change files outside its folder")
        elif event.startswith(begins):
            what = next(what for begin, what in refused.items() if event.startswith(begin))
            raise PermissionError(f"a witness may not {what}")

    sys.addaudithook(hook)


def is_writing(path: Any, mode: Any, flags: int) -> bool:
    """Folders count: a descriptor of one would make relative paths mean something else."""
    if isinstance(mode, str) and not set(mode).isdisjoint("wax+"):
        return True
    return bool(isinstance(flags, int) and flags & WRITING) or os.path.isdir(path)


def inside_of(folder: str) -> Callable[[Any], bool]:
    """Whether a path, links followed, lies in the folder."""
    realpath, fsdecode, separator = os.path.realpath, os.fsdecode, os.sep

    def inside(path: Any) -> bool:
        if isinstance(path, int):
            return False
        real = realpath(fsdecode(path))
        return real == folder or real.startswith(folder + separator)

    return inside


def refuse_processes() -> None:
    """Take away the ways to a process or a thread that raise no audit event.

    Before anything has imported subprocess or threading, which keep the functions.
    """
    for module, names in UNAUDITED.items():
        try:
            home = import_module(module)
        except ImportError:
            continue
        for name in names:
            if hasattr(home, name):
                setattr(home, name, refuse_start)


def refuse_start(*_: Any, **__: Any) -> None:
    """Takes the place of what would start a program or a thread. Raises PermissionError."""
    raise PermissionError("a witness may not start a program or a thread")


if __name__ == "__main__":
    main()
