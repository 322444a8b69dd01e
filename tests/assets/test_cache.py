"""Results that are kept."""

from __future__ import annotations

from pathlib import Path

from conceptbook.assets.cache import remembered


def test_made_once_for_the_same_inputs(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"result"

    for inputs in ([b"a", b"b"], [b"a", b"b"], [b"ab"]):
        assert remembered(tmp_path / "cache", inputs, ".bin", make) == b"result"
    assert len(made) == 2


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    assert remembered(tmp_path / "cache", [b"a"], ".bin", lambda: b"result") == b"result"
