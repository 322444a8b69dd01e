"""A local server of a built site that tells its open pages of each build, and of its faults."""

from __future__ import annotations

import json
import secrets
import threading
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from ..witness.static_server import TYPES, SiteHandler, StaticServer

OWN = "/__conceptbook/"
EVENTS = f"{OWN}events"
SCRIPTS = {f"{OWN}{path.name}": path for path in Path(__file__).parent.glob("browser/*.js")}
NO_SITE = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>No site yet</title></head>
<body><h1>There is no site yet</h1>
<p>It is being built, or the notebook has errors. It shows here by itself.</p></body></html>
"""
PLACE = b"data-offline-place"
"""Where a page says what is kept: without it nothing is, and an author sees no older page."""


class Builds:
    """What became of the newest build; open pages wait for the next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._closed = False
        self._count = 0
        # Another run of the server never has the name of a site that an open page is of.
        self._run = secrets.token_hex(4)
        self._sites = 0
        self._diagnostics: list[dict[str, Any]] = []

    @property
    def site(self) -> str:
        """A name for the site that is up."""
        return f"{self._run}-{self._sites}"

    def add(self, diagnostics: list[dict[str, Any]], *, new_site: bool) -> None:
        with self._changed:
            self._count += 1
            self._sites += new_site
            self._diagnostics = diagnostics
            self._changed.notify_all()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def after(self, seen: int) -> tuple[int, str] | None:
        """Blocks until there was a build that was not seen: its number and its news as JSON.

        None when the server closes.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._count > seen)
            if self._closed:
                return None
            news = {"site": self.site, "diagnostics": self._diagnostics}
            return self._count, json.dumps(news)


class PreviewServer(StaticServer):
    """Serves a folder; `tell()` brings each open page up to date."""

    def __init__(self, site: Path, *, host: str, port: int) -> None:
        self._builds = builds = Builds()
        handler = type("PreviewHandler", (_Handler,), {"builds": builds})
        super().__init__(site, port=port, host=host, handler=handler)

    def tell(self, diagnostics: list[dict[str, Any]], *, new_site: bool) -> None:
        self._builds.add(diagnostics, new_site=new_site)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._builds.close()
        super().__exit__(kind, error, traceback)


class _Handler(SiteHandler):
    builds: Builds
    max_age_s = 0

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == EVENTS:
            self._events()
        elif path in SCRIPTS:
            self._send(TYPES[".js"], SCRIPTS[path].read_bytes())
        elif page := self._page(path):
            self._send(TYPES[".html"], self._watched(page))
        else:
            super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """A page that is missing may come: it is watched, too."""
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        page = Path(self.directory, "404.html")
        content = page.read_bytes() if page.is_file() else NO_SITE
        self._send(TYPES[".html"], self._watched(content), code)

    def _page(self, path: str) -> bytes | None:
        """The page of a URL, where it is one."""
        file = Path(self.translate_path(self.path))
        page = file / "index.html" if path.endswith("/") else file
        return page.read_bytes() if page.suffix == ".html" and page.is_file() else None

    def _watched(self, page: bytes) -> bytes:
        source = f"{OWN}preview.js?{self.builds.site}"
        tag = f'<script type="module" src="{source}"></script></head>'
        return page.replace(PLACE, b"hidden").replace(b"</head>", tag.encode(), 1)

    def _send(self, kind: str, content: bytes, code: int = HTTPStatus.OK) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen = 0
        while (news := self.builds.after(seen)) is not None:
            seen, data = news
            try:
                self.wfile.write(f"event: built\ndata: {data}\n\n".encode())
                self.wfile.flush()
            except OSError:
                return
