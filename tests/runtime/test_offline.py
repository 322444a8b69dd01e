"""What a build says of itself, so that it can be kept whole for reading without a network."""

import base64
import hashlib
import json
from pathlib import Path

import conceptbook_kit
import pytest
from conceptbook.assets import Assets
from conceptbook.runtime import offline
from conceptbook.runtime.prepare import prepare

ASSETS = Assets(
    {"main.js": b"1", "main.css": b"2", "fonts/a.woff2": b"3", "fonts/whole.woff2": b"4"}
    | {"fonts/OFL.txt": b"5"},
    "abc",
    frozenset({"fonts/whole.woff2"}),
)


@pytest.fixture(scope="module")
def runtime(distribution):
    return prepare(distribution, kit_root=Path(conceptbook_kit.__file__).parent)


def test_every_file_is_named_with_its_hash(runtime, tmp_path):
    (tmp_path / "a.whl").write_bytes(b"1")
    wheels = {"runtime/0123/a.whl": tmp_path / "a.whl"}
    edition = json.loads(offline.edition("b1", ASSETS, runtime, wheels))
    assert edition["build"] == "b1"
    assert edition["assets"]["folder"] == "assets/abc/"
    digest = base64.b64encode(hashlib.sha256(b"1").digest()).decode()
    assert edition["assets"]["files"]["main.js"] == f"sha256-{digest}"
    whole, wheel = edition["runtime"]
    assert wheel == {"folder": "runtime/0123/", "files": {"a.whl": f"sha256-{digest}"}}
    assert whole["folder"] == f"runtime/{runtime.digest}/"
    manifest = runtime.manifest()
    for name, integrity in whole["files"].items():
        assert integrity == {**manifest["files"], **manifest["later"]}[name]["integrity"]


def test_what_a_page_hardly_needs_is_left_out(runtime):
    edition = json.loads(offline.edition("b1", ASSETS, runtime, {}))
    assert set(edition["assets"]["files"]) == {"main.js", "main.css", "fonts/a.woff2"}
    assert set(runtime.entries) - set(edition["runtime"][0]["files"]) == {"snapshot.bin"}


def test_the_page_for_what_was_not_kept_can_be_shown_at_any_address():
    page = offline.pages("Ways & <means>", "abc")["offline.html"].decode()
    assert "Ways &amp; &lt;means&gt;" in page
    assert 'src="./assets/abc/offline-frame.js"' in page
    assert page.count("./") == 3, "the service worker puts the site's address for each"
    assert "noindex" in page


def test_the_service_worker_is_the_same_in_every_build():
    first, second = offline.pages("A", "abc"), offline.pages("B", "def")
    assert first["sw.js"] == second["sw.js"]
