"""The loop: build once, serve from a thread, rebuild on every change."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..build import Options, build
from ..diagnostics import EnvironmentLacks, Report
from ..write import NotASite
from .faults import lack, shown
from .server import PreviewServer
from .watching import changes


@dataclass(frozen=True)
class Preview:
    """A notebook that is built again and again into `.conceptbook/serve/`."""

    root: Path
    editor: str
    """The pattern of an address that opens a file in the author's editor."""
    say: Callable[[str], None]
    show: Callable[[Report], None]

    @property
    def site(self) -> Path:
        return self.root / ".conceptbook" / "serve"

    def build(self, server: PreviewServer) -> None:
        """Build, and tell the terminal and the open pages; the last good site stays up.

        Raises EnvironmentLacks where the runtime, the theme or the site's folder cannot be had.
        """
        try:
            built = build(self.root, self.site, Options(drafts=True), progress=self.say)
        except NotASite as reason:
            raise EnvironmentLacks(f"{reason}.") from None
        if built.report.ok:
            self.say(f"built {built.pages} pages")
        else:
            self.show(built.report)
        faults = shown(built.report, self.root, built.notebook, self.editor)
        server.tell(faults, new_site=built.report.ok)

    def follow(self, server: PreviewServer) -> None:
        """Build after each change; what is lacking may be there after the next."""
        for names in changes(self.root):
            # Neither folders nor an editor's passing files, where there is more to say.
            there = [name for name in names if (self.root / name).is_file()] or names
            self.say(f"changed: {', '.join(there[:3])}{' …' if len(there) > 3 else ''}")
            try:
                self.build(server)
            except EnvironmentLacks as lacking:
                self.say(str(lacking))
                server.tell(lack(str(lacking)), new_site=False)


def serve(preview: Preview, *, host: str, port: int, watch: bool) -> None:
    """Serve the notebook until interrupted.

    Raises EnvironmentLacks where the runtime, the theme, the folder or the port cannot be had.
    """
    with _server(preview.site, host, port) as server:
        try:
            preview.build(server)
            preview.say(f"Serving {preview.root} at {server.url} (Ctrl-C stops)")
            if watch:
                preview.follow(server)
            else:
                threading.Event().wait()
        except KeyboardInterrupt:
            preview.say("")


def _server(site: Path, host: str, port: int) -> PreviewServer:
    """Raises EnvironmentLacks where the address cannot be had."""
    try:
        return PreviewServer(site, host=host, port=port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise EnvironmentLacks(f"port {port} is taken; try --port 0") from None
        reason = error.strerror or error
        raise EnvironmentLacks(f"{host}:{port} cannot be served: {reason}") from None
