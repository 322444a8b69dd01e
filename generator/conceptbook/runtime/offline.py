"""Three files at the site's root that let it be read without a network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from ..assets import Assets
from ..assets.bundle import BROWSER, SERVICE_WORKER
from ..assets.lean import lean_script
from .pins import integrity
from .prepare import PreparedRuntime

EDITION = "offline.json"
KEPT = (".css", ".js", ".json", ".svg", ".woff2")
"""Assets that a page may need, by their suffix."""
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""Of offline.html alone: it may register the service worker, which the others may not."""

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Not kept for reading offline · {title}</title>
<link rel="stylesheet" href="./assets/{assets}/main.css">
<script type="module" src="./assets/{assets}/offline-frame.js"></script>
</head>
<body>
<header class="site-header"><a class="site-title" href="./">{title}</a></header>
<main class="page">
<header class="masthead">
<h1>This page is not kept for reading offline</h1>
<p class="summary">There is no network just now, and this browser has not opened the page before.
It has kept these:</p>
</header>
<div class="kept flow"><ul data-kept></ul></div>
</main>
</body>
</html>
"""


def pages(title: str, assets: str) -> dict[str, bytes]:
    """`offline.html`: a hidden frame of the pages, and what is shown for one not kept; `sw.js`.

    A service worker governs the folder it lies in, so both belong to the site's root.
    """
    parts = (lean_script((BROWSER / name).read_bytes()) for name in SERVICE_WORKER)
    script = b"\n".join(parts)
    page = PAGE.format(policy=POLICY, title=escape(title), assets=assets)
    return {"offline.html": page.encode(), "sw.js": script}


def edition(
    build: str, assets: Assets, runtime: PreparedRuntime, wheels: Mapping[str, Path]
) -> bytes:
    """`offline.json`: which build the host has, and what must be kept for it to be whole.

    `wheels` are the notebook's, by their paths in the site. The snapshot is left out: it is no
    more than a shortcut, and kept by the pages themselves.
    """
    snapshot = runtime.prepared["snapshot"]["file"] if runtime.prepared else None
    essential = {
        name: hashlib.sha256(data).hexdigest()
        for name, data in sorted(assets.files.items())
        if name.endswith(KEPT) and name not in assets.reserve
    }
    runs = {name: file.sha256 for name, file in runtime.entries.items() if name != snapshot}
    runtimes = [_folder(f"runtime/{runtime.digest}/", runs)]
    for path, file in wheels.items():
        folder, name = path.rsplit("/", 1)
        runtimes.append(
            _folder(f"{folder}/", {name: hashlib.sha256(file.read_bytes()).hexdigest()})
        )
    listing = {
        "build": build,
        "assets": _folder(f"assets/{assets.digest}/", essential),
        "runtime": runtimes,
    }
    return (json.dumps(listing, sort_keys=True) + "\n").encode()


def _folder(path: str, files: Mapping[str, str]) -> dict[str, Any]:
    return {"folder": path, "files": {name: integrity(sha) for name, sha in files.items()}}
