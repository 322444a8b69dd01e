"""The border of a theme: a few lines of templates make a whole site with its contracts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conceptbook.assets import Theme, find_theme
from conceptbook.evidence import assess
from conceptbook.load import LoadedNotebook
from conceptbook.render import BadTemplate, SiteOptions, render

PLAIN = Path(__file__).parents[1] / "themes" / "plain"
WHERE = SiteOptions.of(None, "abc", True)


@pytest.fixture
def plain(tmp_path: Path) -> Theme:
    shutil.copytree(PLAIN, tmp_path / "plain")
    return find_theme("plain", tmp_path)


def test_a_small_theme_gives_a_whole_site(base: LoadedNotebook, plain: Theme) -> None:
    pages = {page.path: page.content.decode() for page in render(base, assess(base), plain, WHERE)}
    for name, concept in base.concepts.items():
        text = pages[f"{name}/index.html"]
        assert "Content-Security-Policy" in text and "main.js" in text
        assert text.count("<conceptbook-witness ") == len(concept.witnesses)
        assert text.count("data-source=") == len(concept.witnesses)


def test_a_theme_cannot_replace_a_contract(base: LoadedNotebook, plain: Theme) -> None:
    own = plain.templates[0] / "contract"
    own.mkdir()
    (own / "head.html").write_text("<meta charset='utf-8'>")
    home = next(render(base, assess(base), plain, WHERE))
    assert b"Content-Security-Policy" in home.content


def test_one_template_takes_the_place_of_the_parents(base: LoadedNotebook, tmp_path: Path) -> None:
    mine = tmp_path / "mine" / "templates"
    mine.mkdir(parents=True)
    (tmp_path / "mine/theme.yaml").write_text("name: mine\nextends: default\nstylesheets: []\n")
    (mine / "_footer.html").write_text("<footer>Written by hand.</footer>\n")
    for page in render(base, assess(base), find_theme("mine", tmp_path), WHERE):
        if page.path.endswith(".html"):
            assert b"<footer>Written by hand.</footer>" in page.content
            assert b"site-header" in page.content


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("frame.nav %}", "frame.nva %}", 9, 'a frame has no "nva"'),
        ("frame.nav %}", "frame.nav }}", 9, "unexpected '}'"),
        ("contract/head.html", "contract/haed.html", 4, "no template contract/haed.html"),
        ("{{ frame.title }}", "{{ frame.title() }}", 6, "not callable"),
    ],
)
def test_a_broken_template_is_named_with_its_line(
    base: LoadedNotebook, plain: Theme, old: str, new: str, line: int, words: str
) -> None:
    template = plain.templates[0] / "base.html"
    text = template.read_text()
    assert old in text
    template.write_text(text.replace(old, new, 1))
    with pytest.raises(BadTemplate, match=words) as broken:
        list(render(base, assess(base), plain, WHERE))
    assert (broken.value.path, broken.value.line) == (template, line)
