"""Themes: found by name or folder, and whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from conceptbook.assets import find_theme
from conceptbook.diagnostics.environment import EnvironmentLacks


def theme_in(folder: Path, css: str, manifest: str) -> Path:
    (folder / "static").mkdir(parents=True)
    (folder / "static" / "main.css").write_text(css)
    (folder / "theme.yaml").write_text(manifest)
    return folder


def test_the_default_theme_defines_what_it_promises(tmp_path: Path) -> None:
    theme = find_theme("default", tmp_path)
    assert theme.properties and not theme.undefined


def test_a_folder_of_the_notebook_is_found(tmp_path: Path) -> None:
    manifest = "name: mine\nstylesheets: [main.css]\nproperties: [--ink]\n"
    theme_in(tmp_path / "looks" / "mine", ":root { --ink: #000; }", manifest)
    theme = find_theme("looks/mine", tmp_path)
    assert theme.name == "mine" and theme.css == ":root { --ink: #000; }\n"


def test_a_property_that_no_stylesheet_defines_is_named(tmp_path: Path) -> None:
    manifest = "name: mine\nstylesheets: [main.css]\nproperties: [--ink, --paper]\n"
    theme_in(tmp_path / "mine", ":root { --ink: #000; }", manifest)
    with pytest.raises(EnvironmentLacks, match="do not define --paper"):
        find_theme("mine", tmp_path)


def test_a_theme_that_is_not_there_says_what_a_theme_is(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentLacks, match=r'no theme "nothing".*theme\.yaml'):
        find_theme("nothing", tmp_path)


def test_a_theme_without_stylesheets_says_so(tmp_path: Path) -> None:
    theme_in(tmp_path / "mine", "", "name: mine\n")
    with pytest.raises(EnvironmentLacks, match="lacks stylesheets"):
        find_theme("mine", tmp_path)
