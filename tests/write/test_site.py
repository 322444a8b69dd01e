"""SiteWriter: no path twice, all or nothing, unchanged files linked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conceptbook.write import NotASite, PathTwice, SiteWriter
from conceptbook.write import exchange as exchange_module
from conceptbook.write.exchange import exchange, previous, recover


def write(site: Path, **files: bytes) -> None:
    with SiteWriter(site) as writer:
        for name, content in files.items():
            writer.add(name, content)


def tree(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def test_the_new_site_replaces_the_old_whole(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, a=b"1", gone=b"x")
    write(site, a=b"2", b=b"3")
    files = tree(site)
    manifest = json.loads(files.pop("site-manifest.json"))
    assert files == {"a": b"2", "b": b"3"}
    assert sorted(manifest["files"]) == ["a", "b"]
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["site"]


def test_a_place_where_nothing_can_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotASite, match="file is no folder"):
        write(tmp_path / "file" / "site")

    def refused(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.TemporaryFile", refused)
    with pytest.raises(NotASite, match=r"nothing can be written into .*: Permission denied"):
        write(tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_path_twice_is_refused_and_the_old_site_stays(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, a=b"old")
    with pytest.raises(PathTwice, match="'a'"), SiteWriter(site) as writer:
        writer.add("a", b"1")
        writer.add("a", b"2")
    assert tree(site)["a"] == b"old"


@pytest.mark.parametrize("path", ["/etc/x", "../x", "a/../../x", ""])
def test_a_path_outside_the_site_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="below the site"), SiteWriter(tmp_path / "s") as writer:
        writer.add(path, b"")


def test_unchanged_files_are_linked_and_changed_ones_are_not(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, same=b"1", other=b"1")
    before = {name: (site / name).stat().st_ino for name in ("same", "other")}
    write(site, same=b"1", other=b"2")
    after = {name: (site / name).stat().st_ino for name in ("same", "other")}
    assert after["same"] == before["same"]
    assert after["other"] != before["other"]


def test_a_file_that_was_edited_in_the_site_is_written_again(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, a=b"right")
    (site / "a").write_bytes(b"wrong")
    write(site, a=b"right")
    assert (site / "a").read_bytes() == b"right"


def test_a_file_that_became_a_link_in_the_site_is_written_again(tmp_path: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside"
    write(site, a=b"same")
    (site / "a").rename(outside)
    (site / "a").symlink_to(outside)
    write(site, a=b"same")
    assert not (site / "a").is_symlink() and not (site / "a").samefile(outside)


def test_two_renames_where_the_system_has_no_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange_module, "_renameat2", lambda first, second: False)
    new, old = tmp_path / "new", tmp_path / "old"
    for folder, text in ((new, "n"), (old, "o")):
        folder.mkdir()
        (folder / "f").write_text(text)
    exchange(new, old)
    assert (old / "f").read_text() == "n"
    assert (new / "f").read_text() == "o"


@pytest.mark.parametrize(("finished", "expected"), [(True, "new"), (False, "old")])
def test_a_crash_between_two_renames_is_mended(
    tmp_path: Path, finished: bool, expected: str
) -> None:
    site, new = tmp_path / "site", tmp_path / ".site.next"
    aside = previous(site)
    aside.mkdir()
    (aside / "f").write_text("old")
    if finished:
        new.mkdir()
        (new / "f").write_text("new")
    recover(new, site)
    assert (site / "f").read_text() == expected
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def refused(site: Path) -> str:
    with pytest.raises(NotASite) as raised:
        write(site, a=b"new")
    return str(raised.value)


def everything(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_folder_that_no_build_wrote_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    site = tmp_path / "thesis"
    site.mkdir()
    (site / "chapter.tex").write_text("years of work")
    assert "no site that conceptbook built" in refused(site)
    assert everything(tmp_path) == ["thesis", "thesis/chapter.tex"]


def test_foreign_files_in_a_site_are_named_and_stay(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, a=b"old")
    (site / "notes").mkdir()
    for number in range(5):
        (site / "notes" / f"{number}.txt").write_text("mine")
    assert "notes/0.txt, notes/1.txt, notes/2.txt and 2 more" in refused(site)
    assert tree(site)["a"] == b"old"
    assert tree(site)["notes/4.txt"] == b"mine"


def test_a_link_to_a_folder_inside_the_site_is_foreign(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, a=b"old")
    (tmp_path / "elsewhere").mkdir()
    (site / "link").symlink_to(tmp_path / "elsewhere")
    assert "link" in refused(site)


def test_a_link_is_no_place_for_a_site(tmp_path: Path) -> None:
    real = tmp_path / "real"
    write(real, a=b"old")
    (tmp_path / "site").symlink_to(real)
    assert "symbolic link" in refused(tmp_path / "site")
    assert tree(real)["a"] == b"old"


def test_a_file_is_no_place_for_a_site(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    assert "no folder" in refused(tmp_path / "site")


def test_an_empty_folder_and_what_systems_leave_are_no_hindrance(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / ".DS_Store").write_text("")
    write(site, a=b"1")
    (site / ".DS_Store").write_text("")
    write(site, a=b"2")
    assert tree(site)["a"] == b"2"
