from dataclasses import dataclass, field

import pytest
from conceptbook.runtime.obtain import RuntimeUnavailable, default_cache, obtain
from conceptbook.runtime.pins import PINS
from conceptbook.runtime.sources import Cdn, SourceFailed


@dataclass
class Shelf:
    """A source that gives the bytes it holds and remembers what it was asked for."""

    holds: dict[str, bytes]
    asked: list[str] = field(default_factory=list)

    def __str__(self):
        return "the shelf"

    def fetch(self, wanted, keep, progress):
        for pin in wanted:
            self.asked.append(pin.name)
            if pin.name not in self.holds:
                raise SourceFailed(f"{pin.name}: not on the shelf")
            keep(pin, self.holds[pin.name])


@pytest.fixture
def right(web):
    return {path.name: path.read_bytes() for path in web.iterdir()}


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache" / "pyodide"


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_files_come_from_the_web_folder(serve, web, cache, pins, right):
    found = obtain(cache, sources=[Cdn(serve(web))], pins=pins)
    assert found.root == cache
    assert {pin.name: found.path(pin.name).read_bytes() for pin in pins} == right
    assert names(cache) == sorted(right)


def test_a_full_cache_asks_no_source(cache, pins, right):
    obtain(cache, sources=[Shelf(right)], pins=pins)
    second = Shelf({})
    obtain(cache, sources=[second], pins=pins)
    assert second.asked == []


def test_wrong_bytes_from_the_web_are_never_kept(serve, web, cache, pins):
    (web / "pyodide.mjs").write_bytes(b"export default 2;\n")
    with pytest.raises(RuntimeUnavailable, match=r"pyodide\.mjs: sha256 [0-9a-f]+ instead of"):
        obtain(cache, sources=[Cdn(serve(web))], pins=pins)
    assert not (cache / "pyodide.mjs").exists()


def test_after_wrong_bytes_the_next_source_gives_the_right_ones(serve, web, cache, pins, right):
    (web / "pyodide.mjs").write_bytes(b"export default 2;\n")
    obtain(cache, sources=[Cdn(serve(web)), Shelf(right)], pins=pins)
    assert (cache / "pyodide.mjs").read_bytes() == right["pyodide.mjs"]
    assert names(cache) == sorted(right)


def test_an_unreachable_web_folder_falls_through_to_the_next(cache, pins, right):
    shelf = Shelf(right)
    obtain(cache, sources=[Cdn("http://127.0.0.1:9/"), shelf], pins=pins)
    assert shelf.asked == [pin.name for pin in pins]


def test_only_what_is_missing_or_damaged_is_asked_for(cache, pins, right):
    obtain(cache, sources=[Shelf(right)], pins=pins)
    (cache / "python_stdlib.zip").write_bytes(b"PK\x05\x06" + bytes(17) + b"!")
    shelf = Shelf(right)
    obtain(cache, sources=[shelf], pins=pins)
    assert shelf.asked == ["python_stdlib.zip"]
    assert (cache / "python_stdlib.zip").read_bytes() == right["python_stdlib.zip"]


def test_what_one_source_gave_is_not_asked_of_the_next(cache, pins, right):
    second = Shelf(right)
    first = Shelf({"pyodide.mjs": right["pyodide.mjs"]})
    obtain(cache, sources=[first, second], pins=pins)
    assert second.asked == ["python_stdlib.zip"]


def test_when_nothing_works_the_user_is_told_what_was_tried_and_what_to_do(cache, pins):
    with pytest.raises(RuntimeUnavailable) as raised:
        obtain(cache, sources=[Shelf({})], pins=pins)
    assert str(raised.value) == (
        "Pyodide 0.29.0 could not be obtained. Tried:\n"
        "  the shelf: pyodide.mjs: not on the shelf\n"
        "Do one of these:\n"
        "- with a network, run `conceptbook runtime fetch` again;\n"
        f"- put the files named below into {cache}\n"
        "  (from https://cdn.jsdelivr.net/pyodide/v0.29.0/full/ or a machine that has them);\n"
        "- name a folder that holds the whole distribution as `runtime.path` in notebook.yaml.\n"
        "Missing:\n"
        f"  pyodide.mjs  sha256 {pins[0].sha256}\n"
        f"  python_stdlib.zip  sha256 {pins[1].sha256}"
    )


def test_a_cache_folder_that_cannot_be_made_is_named(tmp_path, pins, right):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(RuntimeUnavailable, match=r"cannot be used.*\n.*CONCEPTBOOK_CACHE"):
        obtain(blocked / "cache", sources=[Shelf(right)], pins=pins)


def test_an_own_folder_is_used_as_it_is(web, pins):
    assert obtain(own=web, sources=[], pins=pins).root == web


def test_an_own_folder_has_every_fault_listed_and_is_left_alone(web, pins):
    (web / "pyodide.mjs").unlink()
    (web / "python_stdlib.zip").write_bytes(b"short")
    with pytest.raises(RuntimeUnavailable) as raised:
        obtain(own=web, sources=[Shelf({})], pins=pins)
    assert str(raised.value).splitlines()[:3] == [
        f"the runtime folder {web} is not Pyodide 0.29.0 as pinned:",
        "  pyodide.mjs: missing",
        "  python_stdlib.zip: 5 bytes instead of 22",
    ]
    assert names(web) == ["python_stdlib.zip"]


def test_a_folder_in_the_place_of_a_file_is_a_fault_like_any_other(web, pins):
    (web / "pyodide.mjs").unlink()
    (web / "pyodide.mjs").mkdir()
    with pytest.raises(RuntimeUnavailable, match=r"pyodide\.mjs: cannot be read \(Is a directory"):
        obtain(own=web, sources=[], pins=pins)


def test_the_cache_folder_follows_its_variable(tmp_path, monkeypatch):
    monkeypatch.setenv("CONCEPTBOOK_CACHE", str(tmp_path))
    assert default_cache() == tmp_path / "pyodide-0.29.0"
    monkeypatch.delenv("CONCEPTBOOK_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert default_cache().name == "pyodide-0.29.0"
    assert default_cache().parent.name == "conceptbook"


def test_the_real_distribution_meets_its_pins(distribution):
    for pin in PINS:
        assert pin.fault(distribution.path(pin.name).read_bytes()) is None, pin.name
