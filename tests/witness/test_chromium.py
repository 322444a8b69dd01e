import pytest
from conceptbook.witness import chromium
from conceptbook.witness.chromium import BrowserUnavailable, find, require


@pytest.fixture(autouse=True)
def bare_machine(tmp_path, monkeypatch):
    """No variable, no Playwright browser, no command; a home and a PATH to fill."""
    for name in ("CONCEPTBOOK_CHROMIUM", "PLAYWRIGHT_BROWSERS_PATH", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(chromium.sys, "platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


def executable(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def installed(cache, revision, inside="chrome-linux64/chrome"):
    path = executable(cache / f"chromium-{revision}" / inside)
    (cache / f"chromium-{revision}" / "INSTALLATION_COMPLETE").touch()
    return path


def test_a_bare_machine_has_none():
    assert find() is None


def test_none_is_told_with_what_to_do():
    with pytest.raises(BrowserUnavailable) as raised:
        require()
    assert str(raised.value) == (
        "no Chromium was found. Do one of these:\n"
        "- run `python -m playwright install chromium`;\n"
        "- install your system's chromium or google-chrome (Debian: `apt-get install chromium`);\n"
        "- set CONCEPTBOOK_CHROMIUM to the path of a Chromium or Chrome."
    )


def test_the_system_s_is_found(tmp_path):
    path = executable(tmp_path / "bin" / "google-chrome")
    assert find() == require() == path


def test_playwright_s_goes_before_the_system_s(tmp_path):
    executable(tmp_path / "bin" / "chromium")
    path = installed(tmp_path / "cache" / "ms-playwright", 1255)
    assert find() == path


def test_the_newest_revision_counts_by_number(tmp_path):
    cache = tmp_path / "cache" / "ms-playwright"
    installed(cache, 999)
    newest = installed(cache, 1000, "chrome-linux/chrome")
    assert find() == newest


def test_an_unfinished_download_is_passed_over(tmp_path):
    cache = tmp_path / "cache" / "ms-playwright"
    installed(cache, 1255)
    (cache / "chromium-1255" / "INSTALLATION_COMPLETE").unlink()
    assert find() is None


def test_playwright_s_own_variable_moves_its_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "elsewhere"))
    assert find() is None
    assert installed(tmp_path / "elsewhere", 1255) == find()


def test_on_a_mac_the_application_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(chromium.sys, "platform", "darwin")
    inside = "chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Chrome"
    assert installed(tmp_path / "home" / "Library/Caches/ms-playwright", 1255, inside) == find()


def test_the_named_one_goes_before_all(tmp_path, monkeypatch):
    executable(tmp_path / "bin" / "chromium")
    path = executable(tmp_path / "my" / "browser")
    monkeypatch.setenv("CONCEPTBOOK_CHROMIUM", str(path))
    assert find() == path


def test_a_named_one_that_cannot_run_is_no_reason_to_take_another(tmp_path, monkeypatch):
    executable(tmp_path / "bin" / "chromium")
    monkeypatch.setenv("CONCEPTBOOK_CHROMIUM", str(tmp_path / "missing"))
    with pytest.raises(BrowserUnavailable, match="missing, which is no file that can be run"):
        find()
