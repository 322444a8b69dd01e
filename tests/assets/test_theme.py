"""Themes: found by name or folder, and whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from conceptbook.assets import find_theme
from conceptbook.assets.theme import TEMPLATES
from conceptbook.diagnostics.environment import EnvironmentLacks


def theme_in(folder: Path, css: str, manifest: str, templates=TEMPLATES) -> Path:
    for name in ("static", "templates"):
        (folder / name).mkdir(parents=True)
    for name in templates:
        (folder / "templates" / name).write_text(f"{folder.name} {name}")
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
    assert theme.name == "mine" and theme.styles == {"main.css": ":root { --ink: #000; }\n"}


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


def test_a_theme_without_a_template_says_which(tmp_path: Path) -> None:
    theme_in(tmp_path / "mine", "", "name: mine\nstylesheets: [main.css]\n", ["base.html"])
    with pytest.raises(EnvironmentLacks, match=r"lacks home\.html, .*`extends: default`"):
        find_theme("mine", tmp_path)


def test_a_stylesheet_that_is_not_there_is_named(tmp_path: Path) -> None:
    theme_in(tmp_path / "mine", "", "name: mine\nstylesheets: [other.css]\n")
    with pytest.raises(EnvironmentLacks, match=r"names other\.css"):
        find_theme("mine", tmp_path)


@pytest.mark.parametrize("manifest", ["[", "- name\n", ""])
def test_a_manifest_that_cannot_be_read_is_told(tmp_path: Path, manifest: str) -> None:
    theme_in(tmp_path / "mine", "", manifest)
    with pytest.raises(EnvironmentLacks, match=r"theme\.yaml is no"):
        find_theme("mine", tmp_path)


EXTENDS = "name: mine\nextends: default\nstylesheets: [main.css]\n"


def test_what_a_theme_lacks_is_its_parents(tmp_path: Path) -> None:
    theme_in(tmp_path / "looks/mine", ":root { --accent: #00695c; }", EXTENDS, ["_footer.html"])
    theme, default = find_theme("looks/mine", tmp_path), find_theme("default", tmp_path)
    assert theme.styles == {**default.styles, "theme.css": ":root { --accent: #00695c; }\n"}
    assert theme.defined["--accent"].strip() == "#00695c", "not the default's, nor its dark one"
    assert theme.defined["--ink"] == default.defined["--ink"]
    assert theme.math_font == default.math_font and theme.preview == default.preview
    assert theme.static.keys() == default.static.keys()
    assert theme.properties == default.properties and not theme.undefined


def test_a_part_is_its_parents_with_what_is_added_to_it(tmp_path: Path) -> None:
    root = theme_in(tmp_path / "mine", "", EXTENDS + "parts: {home: [over.css], own: [over.css]}\n")
    (root / "static/over.css").write_text("svg {}")
    styles, default = find_theme("mine", tmp_path).styles, find_theme("default", tmp_path).styles
    assert styles["home.css"] == default["home.css"] + "\nsvg {}\n"
    assert styles["own.css"] == "svg {}\n" and styles["main.css"] == default["main.css"]


def test_a_part_that_is_not_there_is_named(tmp_path: Path) -> None:
    theme_in(tmp_path / "mine", "", EXTENDS + "parts: {map: [other.css]}\n")
    with pytest.raises(EnvironmentLacks, match=r"names other\.css"):
        find_theme("mine", tmp_path)


def test_a_static_file_can_be_exchanged(tmp_path: Path) -> None:
    root = theme_in(tmp_path / "looks/mine", "", EXTENDS, [])
    (root / "static/icons").mkdir()
    (root / "static/icons/favicon.svg").write_text("mine")
    theme = find_theme("looks/mine", tmp_path)
    assert theme.static["icons/favicon.svg"].read_text() == "mine"
    assert theme.static["icons/holds.svg"].is_file()


def test_a_theme_that_extends_itself_says_so(tmp_path: Path) -> None:
    for one, other in (("a", "b"), ("b", "a")):
        theme_in(tmp_path / one, "", f"name: x\nextends: {other}\nstylesheets: []\n")
    with pytest.raises(EnvironmentLacks, match="extends itself: a → b → a"):
        find_theme("a", tmp_path)
