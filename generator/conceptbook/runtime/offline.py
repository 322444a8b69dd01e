"""The two files at the site's root that let it be read without a network."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

SERVICE_WORKER = Path(__file__).parents[1] / "browser" / "sw.js"
ESSENTIAL = (".js", ".css", ".json")
"""Assets that every page may need; fonts are kept when they are first shown."""
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""Of the frame alone: it may register the service worker, which the pages may not."""

FRAME = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="robots" content="noindex">
<title>Reading offline</title>
<script type="module" src="assets/{assets}/offline-frame.js"></script>
</head>
<body></body>
</html>
"""


def offline_files(*, assets: str, names: Iterable[str], runtime: str) -> dict[str, bytes]:
    """`offline.html` and `sw.js` of a build: its assets' digest and names, its runtime's digest.

    A service worker governs the folder it lies in, so both belong to the site's root.
    """
    essential = sorted(
        name for name in names if name.endswith(ESSENTIAL) and not name.startswith("pagefind/")
    )
    build = {"assets": assets, "runtime": runtime, "essential": essential}
    head = f"self.conceptbookBuild = {json.dumps(build, sort_keys=True)};\n"
    return {
        "offline.html": FRAME.format(policy=POLICY, assets=assets).encode(),
        "sw.js": head.encode() + SERVICE_WORKER.read_bytes(),
    }
