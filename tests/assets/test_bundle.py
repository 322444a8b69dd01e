"""The folder of assets."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from pathlib import Path

import pytest
from conceptbook.assets import Assets, bundle, find_theme
from conceptbook.assets.bundle import SUBSET, digest
from conceptbook.load import LoadedNotebook, load

BASE = Path(__file__).parents[1] / "notebooks" / "_base"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> LoadedNotebook:
    notebook, report = load(BASE)
    assert notebook is not None, [d.message for d in report]
    return replace(notebook, root=tmp_path_factory.mktemp("root"))


@pytest.fixture(scope="module")
def assets(base: LoadedNotebook) -> Assets:
    return bundle(find_theme("default", BASE), base, runtime_json=b'{"base": "x"}')


def test_what_pages_and_modules_ask_for_is_there(assets: Assets) -> None:
    assert {"main.css", "main.js", "worker.js", "runtime.json", SUBSET} <= assets.files.keys()
    assert assets.files["runtime.json"] == b'{"base": "x"}'


def test_every_file_that_the_stylesheet_loads_is_there(assets: Assets) -> None:
    css = "".join(f.decode() for name, f in assets.files.items() if name.endswith(".css"))
    loaded = set(re.findall(r'url\("?([^")]+)"?\)', css))
    assert loaded and loaded <= assets.files.keys(), loaded - assets.files.keys()
    assert "@import" not in css and "url(http" not in css


def test_every_module_imports_what_is_there(assets: Assets) -> None:
    for name, content in assets.files.items():
        if name.endswith(".js"):
            for module in re.findall(r'(?:from|import\()\s*"(\.[^"]+)"', content.decode()):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), module))
                assert target in assets.files, f"{name} imports {module}"


def test_every_font_comes_with_its_licence(assets: Assets) -> None:
    fonts = {
        name.removesuffix(".woff2").removesuffix("-italic").removeprefix("fonts/")
        for name in assets.files
        if name.endswith(".woff2") and name != SUBSET
    }
    assert all(f"fonts/OFL-{font}.txt" in assets.files for font in fonts), fonts


def test_two_bundles_are_the_same(base: LoadedNotebook, assets: Assets) -> None:
    again = bundle(find_theme("default", BASE), base, runtime_json=b'{"base": "x"}')
    assert again == assets


def test_the_digest_hangs_on_every_name_and_byte() -> None:
    files = {"a.css": b"1", "b.css": b"2"}
    others = [{"a.css": b"1", "b.css": b"3"}, {"a.css": b"1", "c.css": b"2"}, {"a.css": b"1"}]
    assert len({digest(files), *map(digest, others)}) == 4


def test_the_subset_covers_the_formulas_and_is_looked_at_first(assets: Assets) -> None:
    css = assets.files["main.css"].decode()
    faces = re.findall(r'@font-face\{font-family:"Notebook Math";(.*?)\}', css, re.S)
    assert len(faces) == 2 and "unicode-range" not in faces[0]
    assert SUBSET in faces[1] and "unicode-range:U+20" in faces[1]
