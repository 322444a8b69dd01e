"""The editor that setup bundles from other people's packages, with their licences."""

from __future__ import annotations

from pathlib import Path

from ..diagnostics.environment import EnvironmentLacks

VENDOR = Path(__file__).resolve().parents[1] / "vendor"
NAMES = ("codemirror.js", "LICENSES.txt")


def vendored(folder: Path = VENDOR) -> dict[str, bytes]:
    """The files by their names below the assets.

    Raises EnvironmentLacks where they were never made, as in a fresh checkout.
    """
    lacking = [name for name in NAMES if not (folder / name).is_file()]
    if lacking:
        raise EnvironmentLacks(
            f"the editor of the code panel was not bundled ({folder / lacking[0]} is missing): "
            "run `make setup` in the checkout of conceptbook"
        )
    return {f"vendor/{name}": (folder / name).read_bytes() for name in NAMES}
