"""A small distribution of invented pins, a web folder to serve it, and the real distribution."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conceptbook.runtime.obtain import Distribution, obtain
from conceptbook.runtime.pins import Pin

SMALL = {"pyodide.mjs": b"export default 1;\n", "python_stdlib.zip": b"PK\x05\x06" + bytes(18)}


@pytest.fixture
def pins() -> list[Pin]:
    return [Pin(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in SMALL.items()]


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A folder with the right bytes of every small pin; not served until `serve` is called."""
    folder = tmp_path / "web"
    folder.mkdir()
    for name, data in SMALL.items():
        (folder / name).write_bytes(data)
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".js": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what a test asks for is no news."""


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder; gives its URL, with a slash at the end."""
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def distribution() -> Distribution:
    """The real one, from the cache or the network."""
    return obtain()
