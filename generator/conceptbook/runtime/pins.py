"""The one Pyodide distribution that is used: every file with its size and its SHA-256.

Sources of the hashes, 2026-11: the core files as published in npm's `pyodide@0.29.0`; the numpy
wheel as named by the official `pyodide-lock.json` of that release (which has hashes of packages
only). Only bytes that meet these pins are ever used, so whoever carries them needs no trust.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

PYODIDE = "0.29.0"
NUMPY = "2.2.5"

LOCK = "pyodide-lock.json"
NUMPY_WHEEL = f"numpy-{NUMPY}-cp313-cp313-pyodide_2025_0_wasm32.whl"


@dataclass(frozen=True)
class Pin:
    """One file of the distribution: its name, its length in bytes, its SHA-256 in hexadecimal."""

    name: str
    bytes: int
    sha256: str

    def fault(self, data: bytes) -> str | None:
        """What is wrong with `data` as this file, or None where it is the file."""
        if len(data) != self.bytes:
            return f"{len(data):,} bytes instead of {self.bytes:,}"
        found = hashlib.sha256(data).hexdigest()
        if found != self.sha256:
            return f"sha256 {found} instead of {self.sha256}"
        return None


PINS: tuple[Pin, ...] = (
    Pin("pyodide.mjs", 17_616, "31afa960fdf68333de6f3f0513bad154495c8fc635a66b7e58ab9cf356a76501"),
    Pin(
        "pyodide.asm.js",
        1_074_248,
        "f1e70077bd701757b2798fc57f540fe39cf23d36ee5cd7c1a9b3a6f35cf500a7",
    ),
    Pin(
        "pyodide.asm.wasm",
        8_647_609,
        "615172c6b2f5efe53e41d0201a98eb37c1f3aa7675d11cb06b6079b3a6b2bef5",
    ),
    Pin(
        "python_stdlib.zip",
        2_423_414,
        "e389fbdc394a00d31ff0624386c9e3e52e04727130ac73597a99c477afe4f1ca",
    ),
    Pin(LOCK, 114_535, "701557726114e9a968d2088153414b2f126b8631aa734ed98eaf1797d4e4d087"),
    Pin(
        NUMPY_WHEEL,
        3_110_297,
        "2ca46b70661caea8f9f8089d22495c7a24c120fc5881e68934ac3a04d3fc8a02",
    ),
)


def integrity(sha256: str) -> str:
    """A hexadecimal SHA-256 in the form that `fetch(url, {integrity})` takes."""
    return "sha256-" + base64.b64encode(bytes.fromhex(sha256)).decode("ascii")
