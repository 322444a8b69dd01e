"""The loop: build once, serve from a thread, rebuild on every change."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

from watchfiles import DefaultFilter, watch

from ..build import Built, Options, build
from ..diagnostics import EnvironmentLacks, Report
from ..write import NotASite
from .server import PreviewServer

WATCHED = ("notebook.yaml", "content", "claims", "static", "themes", "wheels")


def serve(
    root: Path,
    *,
    host: str,
    port: int,
    watch: bool,
    say: Callable[[str], None],
    show: Callable[[Report], None],
) -> None:
    """Serve the notebook until interrupted; the site lies in `.conceptbook/serve/`.

    Raises EnvironmentLacks where the runtime, the port or that folder cannot be had; faults of the
    notebook are shown and the last good site stays.
    """
    site = root / ".conceptbook" / "serve"
    _build(root, site, say, show)
    with _server(site, host, port) as server:
        say(f"Serving {root} at {server.url} (Ctrl-C stops)")
        try:
            if watch:
                _rebuild_on_change(root, site, server, say, show)
            else:
                server.wait()
        except KeyboardInterrupt:
            say("")


def _server(site: Path, host: str, port: int) -> PreviewServer:
    """Raises EnvironmentLacks where the address cannot be had."""
    try:
        return PreviewServer(site, host=host, port=port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise EnvironmentLacks(f"port {port} is taken; try --port 0") from None
        reason = error.strerror or error
        raise EnvironmentLacks(f"{host}:{port} cannot be served: {reason}") from None


def _rebuild_on_change(
    root: Path,
    site: Path,
    server: PreviewServer,
    say: Callable[[str], None],
    show: Callable[[Report], None],
) -> None:
    paths = [path for name in WATCHED if (path := root / name).exists()]
    for changes in watch(*paths, watch_filter=DefaultFilter(), raise_interrupt=True):
        names = sorted({str(Path(path).relative_to(root)) for _, path in changes})
        say(f"changed: {', '.join(names[:3])}{' …' if len(names) > 3 else ''}")
        try:
            if _build(root, site, say, show).report.ok:
                server.reload()
        except EnvironmentLacks as lack:
            say(str(lack))


def _build(
    root: Path, site: Path, say: Callable[[str], None], show: Callable[[Report], None]
) -> Built:
    try:
        built = build(root, site, Options(drafts=True), progress=say)
    except NotASite as reason:
        raise EnvironmentLacks(f"{reason}.") from None
    if not built.report.ok:
        show(built.report)
    else:
        say(f"built {built.pages} pages")
    return built
