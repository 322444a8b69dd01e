"""The bundled editor: made from locked packages, the same bytes each time, never left out."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conceptbook.assets.vendor import NAMES, VENDOR, vendored
from conceptbook.diagnostics.environment import EnvironmentLacks

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "vendor" / "package-lock.json"


def test_a_checkout_without_the_bundle_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentLacks, match="make setup"):
        vendored(tmp_path)


def test_every_package_is_locked_by_its_hash_and_by_no_registry() -> None:
    packages = json.loads(LOCK.read_text())["packages"]
    for name, package in packages.items():
        if name:
            assert package["integrity"].startswith("sha512-"), name
            assert "resolved" not in package, name


def test_the_licence_of_every_package_comes_along() -> None:
    licences = vendored()["vendor/LICENSES.txt"].decode()
    packages = json.loads(LOCK.read_text())["packages"]
    for name, package in packages.items():
        if name and not package.get("dev") and not package.get("optional"):
            short = name.removeprefix("node_modules/")
            assert f"{short} {package['version']} (MIT)" in licences
    assert licences.count("Permission is hereby granted") == licences.count(" (MIT)")


def test_the_bundle_stands_alone() -> None:
    text = vendored()["vendor/codemirror.js"].decode()
    assert not re.search(r"\bimport\s*[{*(]", text), "it imports nothing"
    assert "sourceMappingURL" not in text and str(ROOT) not in text


def test_bundling_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    if not (ROOT / "vendor" / "node_modules").is_dir():
        pytest.skip("the packages are not installed here")
    script = (
        "import sys; from pathlib import Path; from conceptbook.runtime.node import find;"
        "import subprocess; subprocess.run([find(), 'bundle.mjs', sys.argv[1]], check=True)"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT / "vendor", check=True, timeout=60
    )
    for name in NAMES:
        again, before = ((folder / name).read_bytes() for folder in (tmp_path, VENDOR))
        assert hashlib.sha256(again).digest() == hashlib.sha256(before).digest(), name


def test_a_wheel_without_the_bundle_is_refused(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from hatch_build import EditorIsBundled;"
        "EditorIsBundled.initialize(type('Hook', (), {'root': sys.argv[2]})(), sys.argv[3], {})"
    )

    def built(version: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", script, str(ROOT), str(tmp_path), version]
        return subprocess.run(command, capture_output=True, text=True)

    refused = built("standard")
    assert refused.returncode != 0 and "run `make setup`" in refused.stderr
    assert built("editable").returncode == 0
