"""Pictures for link previews: PNG of the size that is announced, the same bytes from nothing."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from conceptbook.assets import find_theme
from conceptbook.load import LoadedNotebook
from conceptbook.render import preview
from conceptbook.render.citation import labels
from conceptbook.render.resolver import Shown


def test_two_caches_hold_the_same_picture(
    troubled: LoadedNotebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Shown(troubled, troubled.concepts, labels(troubled.sources))
    theme = find_theme("default", troubled.root)
    made = []
    for number in range(2):
        monkeypatch.setattr(preview, "CACHE", tmp_path / str(number))
        made.append(preview.Previews(shown, theme).png(troubled.concepts["calculus/midpoint"]))
    assert made[0] == made[1] and made[0] is not None
    assert made[0].startswith(b"\x89PNG")
    assert struct.unpack(">II", made[0][16:24]) == (preview.WIDTH, preview.HEIGHT)


def test_a_concept_without_a_curve_has_none(troubled: LoadedNotebook) -> None:
    shown = Shown(troubled, troubled.concepts, labels(troubled.sources))
    previews = preview.Previews(shown, find_theme("default", troubled.root))
    assert previews.png(troubled.concepts["calculus/simpson"]) is None
