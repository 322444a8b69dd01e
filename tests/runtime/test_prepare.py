import base64
import hashlib
import json
from pathlib import Path

import conceptbook_kit
import pytest
from conceptbook.runtime.pins import LOCK, NUMPY_WHEEL, PINS
from conceptbook.runtime.prepare import stock
from conceptbook.runtime.wheel import build_kit_wheel

KIT_ROOT = Path(conceptbook_kit.__file__).parent
KIT_WHEEL = f"conceptbook_kit-{conceptbook_kit.__version__}-py3-none-any.whl"


def content(entry):
    return entry.read_bytes() if isinstance(entry, Path) else entry


@pytest.fixture(scope="module")
def prepared(distribution):
    return stock(distribution, build_kit_wheel(KIT_ROOT))


@pytest.fixture(scope="module")
def lock(prepared):
    return json.loads(prepared.files[LOCK])


def test_the_folder_holds_the_stock_files_and_the_kit(prepared):
    assert list(prepared.files) == sorted([pin.name for pin in PINS] + [KIT_WHEEL])


def test_stock_files_are_passed_on_by_path(prepared, distribution):
    by_path = {name: path for name, path in prepared.files.items() if isinstance(path, Path)}
    assert by_path == {pin.name: distribution.path(pin.name) for pin in PINS if pin.name != LOCK}


def test_the_manifest_describes_the_bytes(prepared):
    manifest = prepared.manifest()
    assert json.loads(json.dumps(manifest)) == manifest
    assert set(manifest["files"]) == set(prepared.files)
    for name, said in manifest["files"].items():
        data = content(prepared.files[name])
        digest = hashlib.sha256(data).digest()
        assert said == {
            "sha256": digest.hex(),
            "integrity": "sha256-" + base64.b64encode(digest).decode(),
            "bytes": len(data),
        }


def test_the_manifest_leads_from_the_assets_to_the_folder(prepared):
    manifest = prepared.manifest()
    assert manifest["base"] == f"../../runtime/{prepared.digest}/"
    assert (manifest["pyodide"], manifest["numpy"]) == ("0.29.0", "2.2.5")
    assert manifest["lock"] in manifest["files"]
    assert manifest["packages"] == ["numpy", "conceptbook-kit"]


def test_the_lock_names_numpy_and_the_kit_alone(lock, distribution):
    official = json.loads(distribution.path(LOCK).read_bytes())
    assert set(lock["packages"]) == {"numpy", "conceptbook-kit"}
    assert lock["info"] == official["info"]
    assert lock["packages"]["numpy"] == official["packages"]["numpy"]
    assert lock["packages"]["numpy"]["file_name"] == NUMPY_WHEEL


def test_the_lock_pins_the_kit_wheel(lock, prepared):
    kit = lock["packages"]["conceptbook-kit"]
    assert (kit["name"], kit["version"]) == ("conceptbook-kit", conceptbook_kit.__version__)
    assert kit["file_name"] == KIT_WHEEL
    assert kit["sha256"] == hashlib.sha256(prepared.files[KIT_WHEEL]).hexdigest()
    assert kit["depends"] == ["numpy"]
    assert kit["imports"] == ["conceptbook_kit"]


def test_the_lock_is_canonical(prepared, lock):
    assert prepared.files[LOCK].decode() == json.dumps(lock, sort_keys=True, indent=1) + "\n"


def test_two_are_identical(prepared, distribution):
    again = stock(distribution, build_kit_wheel(KIT_ROOT))
    assert again == prepared
    assert again.digest == prepared.digest


def test_another_kit_gives_another_folder(prepared, distribution, tmp_path):
    (tmp_path / "__init__.py").write_text('__version__ = "0.0.1"\n')
    assert stock(distribution, build_kit_wheel(tmp_path)).digest != prepared.digest
