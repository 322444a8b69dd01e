"""Serves a built site from a thread, as a plain static host would: no listing, its own 404 page."""

from __future__ import annotations

import socket
import sys
import threading
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

MAX_AGE_S = 600
"""As GitHub Pages has it."""

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


class StaticServer:
    """A context manager; `url` is the address of the site's root, with a slash at its end."""

    def __init__(
        self,
        site: Path,
        base_path: str = "/",
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        handler: type[SiteHandler] | None = None,
    ) -> None:
        self.base_path = f"/{base_path.strip('/')}/".replace("//", "/")
        self._server = _Server(
            (host, port),
            partial(handler or SiteHandler, directory=str(site), base_path=self.base_path),
        )

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def url(self) -> str:
        return f"{self.origin}{self.base_path}"

    def __enter__(self) -> Self:
        # The interval is how long the end may take.
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    """Its end ends the connections too: browsers keep them, and open some ahead of need."""

    daemon_threads = True

    def __init__(self, *arguments: Any) -> None:
        self._open: set[socket.socket] = set()
        super().__init__(*arguments)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        super().server_close()
        for connection in tuple(self._open):
            with suppress(OSError):  # the other side has hung up
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader who leaves in the midst of a file is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class SiteHandler(SimpleHTTPRequestHandler):
    """Answers as a static host would."""

    protocol_version = "HTTP/1.1"
    max_age_s = MAX_AGE_S

    def __init__(self, *args: Any, base_path: str, **kwargs: Any) -> None:
        self._base_path = base_path
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        """The file of a URL; of one outside the base path, a name that no file can have."""
        route = unquote(urlsplit(path).path)
        inside, parts = route.startswith(self._base_path), PurePosixPath(route).parts
        if not inside or ".." in parts or "\0" in route:
            return f"{self.directory}/\0"
        return str(Path(self.directory, route.removeprefix(self._base_path))) + (
            "/" if route.endswith("/") else ""
        )

    def send_head(self) -> Any:
        if "\0" in self.translate_path(self.path):
            return self.send_error(HTTPStatus.NOT_FOUND)
        return super().send_head()

    def list_directory(self, path: Any) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def guess_type(self, path: Any) -> str:
        return TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", TYPES[".html"])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", f"max-age={self.max_age_s}")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are nobody's news."""
