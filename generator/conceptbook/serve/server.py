"""A local server of a built site that tells its pages when there is a new one."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType

from ..witness.static_server import SiteHandler, StaticServer

EVENTS = "/__conceptbook/events"
SCRIPT = "/__conceptbook/reload.js"
TAG = f'<script type="module" src="{SCRIPT}"></script></head>'.encode()


class Rebuilds:
    """Counts the rebuilds; open pages wait for the next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._closed = False
        self.version = 0

    def add(self) -> None:
        with self._changed:
            self.version += 1
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def after(self, seen: int) -> int | None:
        """Blocks until there is a newer version; None when the server closes."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self.version > seen)
            return None if self._closed else self.version


class PreviewServer(StaticServer):
    """Serves a folder; `reload()` makes every open page load itself again."""

    def __init__(self, site: Path, *, host: str, port: int) -> None:
        self._rebuilds = rebuilds = Rebuilds()
        handler = type("PreviewHandler", (_Handler,), {"rebuilds": rebuilds})
        super().__init__(site, port=port, host=host, handler=handler)

    def reload(self) -> None:
        self._rebuilds.add()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._rebuilds.close()
        super().__exit__(kind, error, traceback)


class _Handler(SiteHandler):
    rebuilds: Rebuilds
    max_age_s = 0

    def do_GET(self) -> None:
        if self.path == EVENTS:
            self._events()
        elif self.path == SCRIPT:
            self._send("text/javascript", Path(__file__).with_name("reload.js").read_bytes())
        elif page := self._page():
            self._send("text/html; charset=utf-8", page.replace(b"</head>", TAG, 1))
        else:
            super().do_GET()

    def _page(self) -> bytes | None:
        """The page of a URL, where it is one."""
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if self.path.endswith("/") else path
        return page.read_bytes() if page.suffix == ".html" and page.is_file() else None

    def _send(self, kind: str, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen: int | None = self.rebuilds.version
        while (seen := self.rebuilds.after(seen)) is not None:
            try:
                self.wfile.write(f"event: reload\ndata: {seen}\n\n".encode())
                self.wfile.flush()
            except OSError:
                return
