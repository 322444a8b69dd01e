"""A web host as GitHub Pages is one: gzip for text and wasm, ten minutes of caching, ETags.

Optionally behind a line of limited rate, shared by all its connections, and a delay per request.
Run as a process of its own, so that what measures and what is measured share no interpreter:
`python benchmarks/host.py FOLDER [--mbit 25 --delay-ms 40]` prints its port.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "application/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".mjs": "application/javascript; charset=utf-8",
    ".wasm": "application/wasm",
    ".zip": "application/zip",
}
COMPRESSED = {".css", ".html", ".js", ".json", ".mjs", ".wasm"}
GZIP_LEVEL = 6
CHUNK = 16 * 1024
SENT, SLOW, FAST = "/--sent", "/--slow", "/--fast"
"""Addresses that tell and reset the bytes on the wire, and that switch the limits on and off."""


class Line:
    """A token bucket that all connections share; counts what passes."""

    def __init__(self, mbit: float, delay_ms: float) -> None:
        self.bytes_per_s = mbit * 1e6 / 8
        self.delay_s = delay_ms / 1000
        self.limited = False
        self.sent = 0
        self._lock = threading.Lock()
        self._free_at = 0.0

    def wait_for(self, count: int) -> None:
        """Until `count` bytes may pass."""
        with self._lock:
            self.sent += count
            if not self.limited:
                return
            now = time.monotonic()
            self._free_at = max(self._free_at, now) + count / self.bytes_per_s
            pause = self._free_at - now
        time.sleep(pause)


class Host(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, root: Path, line: Line) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.line = line
        self.files = {path: File(path) for path in sorted(root.rglob("*")) if path.is_file()}
        self.root = root

    def handle_error(self, request: object, client_address: object) -> None:
        """A worker that is ended hangs up in the midst of a file."""


class File:
    """Body and headers of one file, compressed once."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        compress = path.suffix in COMPRESSED
        self.body = gzip.compress(data, GZIP_LEVEL) if compress else data
        self.etag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        self.headers = {
            "Content-Type": TYPES.get(path.suffix, "application/octet-stream"),
            "Cache-Control": "max-age=600",
            "ETag": self.etag,
            "Vary": "Accept-Encoding",
            **({"Content-Encoding": "gzip"} if compress else {}),
        }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Host

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)

    def do_GET(self) -> None:
        line = self.server.line
        path = self.path.split("?")[0]
        if path in (SENT, SLOW, FAST):
            line.limited = {SLOW: True, FAST: False}.get(path, line.limited)
            sent, line.sent = line.sent, 0
            return self.reply(200, str(sent).encode(), {"Cache-Control": "no-store"})
        if line.limited:
            time.sleep(line.delay_s)
        target = self.server.root / path.lstrip("/")
        file = self.server.files.get(target / "index.html" if path.endswith("/") else target)
        if file is None:
            return self.reply(404, b"", {})
        if self.headers.get("If-None-Match") == file.etag:
            return self.reply(304, b"", file.headers)
        return self.reply(200, file.body, file.headers)

    def reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.server.line.wait_for(sum(map(len, self._headers_buffer)) + 2)
        self.end_headers()
        for start in range(0, len(body), CHUNK):
            chunk = body[start : start + CHUNK]
            self.server.line.wait_for(len(chunk))
            self.wfile.write(chunk)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are nobody's news."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mbit", type=float, default=25.0)
    parser.add_argument("--delay-ms", type=float, default=40.0)
    asked = parser.parse_args()
    host = Host(asked.folder.resolve(), Line(asked.mbit, asked.delay_ms))
    print(host.server_port, flush=True)
    host.serve_forever()


if __name__ == "__main__":
    main()
