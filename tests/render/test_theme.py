"""What the default theme must know of the classes that others write."""

from __future__ import annotations

import re
from pathlib import Path

from conceptbook.assets import find_theme
from conceptbook.markup.math import CLASSES

KIT = Path(__file__).parents[2] / "generator" / "conceptbook_kit"


def styled() -> set[str]:
    css = "".join(find_theme("default", Path()).styles.values())
    return set(re.findall(r"\.([a-z][\w-]*)", css))


def test_every_class_of_a_formula_is_styled() -> None:
    missing = {name for name in CLASSES.values() if name} - styled()
    assert not missing


def test_every_class_of_a_drawing_is_styled() -> None:
    written = {
        name
        for path in KIT.glob("*.py")
        for name in re.findall(r"\bcb-[a-z]+\b", path.read_text("utf-8"))
    }
    assert written - styled() <= {"cb-s", "cb-tick"}, "cb-s1 to cb-s6; ticks are plain text"


def test_every_badge_and_stance_that_differs_is_coloured() -> None:
    names = styled()
    assert {"badge-reviewed", "badge-rejected", "badge-stale", "badge-disputed"} <= names
    assert {"stance-supports", "stance-qualifies", "stance-contradicts"} <= names


def test_no_colour_stands_outside_the_tokens() -> None:
    theme = find_theme("default", Path())
    for path in sorted((theme.root / "static").rglob("*.css")):
        if path.name not in ("base.css", "print.css"):
            text = path.read_text("utf-8")
            assert not re.findall(r":[^;{]*#[0-9a-f]{3,8}\b", text), path
