"""`conceptbook new`: what it makes passes `check`, and it never overwrites."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conceptbook.cli import cli, making

SOURCE = ["new", "source", "rudin-1976", "--type", "book", "--title", "Principles", "--author",
          "Rudin, Walter", "--issued", "1976", "--isbn", "978-0-07-054235-8"]  # fmt: skip
CLAIM = ["--kind", "theorem", "--scope", "Real numbers.", "--source", "trefethen-2014-trapezoidal",
         "--locator", "abstract"]  # fmt: skip


def run(root: Path, *arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["-C", str(root), *arguments], input=typed)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    done = run(folder, "new", "notebook", "my-notes", "--author", "Ada: Byron")
    assert done.exit_code == 0, done.output
    return folder / "my-notes"


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(made, tmp_path / "my-notes"))


def sound(root: Path) -> None:
    done = run(root, "check", "--strict")
    assert done.exit_code == 0, done.output


def test_a_notebook_is_whole_and_sound(made: Path) -> None:
    sound(made)
    for name in ("Makefile", "README.md", ".github/workflows/pages.yml", ".vscode/settings.json",
                 ".gitignore", ".conceptbook/schema/concept.json",
                 "content/quadrature/trapezoidal-rule/curves/error.csv"):  # fmt: skip
        assert (made / name).is_file(), name
    assert "<<" not in "".join(p.read_text() for p in made.rglob("*.yaml"))
    assert 'name: "Ada: Byron"' in (made / "notebook.yaml").read_text()
    done = run(made, "verify")
    assert done.exit_code == 0 and "1 of 1 hold" in done.output


def test_a_notebook_is_never_overwritten(root: Path) -> None:
    before = (root / "notebook.yaml").read_bytes()
    done = run(root.parent, "new", "notebook", "my-notes")
    assert done.exit_code == 1 and "nothing is overwritten" in done.output
    assert (root / "notebook.yaml").read_bytes() == before


@pytest.mark.parametrize("bare", [[], ["--bare"]])
def test_a_concept_brings_its_domain(root: Path, bare: list[str]) -> None:
    done = run(root, "new", "concept", "series/geometric", "--title", "A: b", *bare)
    assert done.exit_code == 0, done.output
    sound(root)
    assert "  - id: series\n    title: Series\n" in (root / "notebook.yaml").read_text()
    again = run(root, "new", "concept", "series/geometric")
    assert again.exit_code == 1 and "there already" in again.output


@pytest.mark.parametrize("name", ["series", "Series/geometric", "claims/x", "a/b/c", "../x/y"])
def test_a_bad_name_is_wrong_usage(root: Path, name: str) -> None:
    assert run(root, "new", "concept", name).exit_code == 2


def test_a_source_and_a_claim(root: Path) -> None:
    assert run(root, *SOURCE).exit_code == 0
    sound(root)
    again = run(root, *SOURCE)
    assert again.exit_code == 2 and "already" in again.output
    done = run(root, "new", "claim", "quadrature/trapezoidal-rule/second", *CLAIM,
               "--statement", "It is so: always.")  # fmt: skip
    assert done.exit_code == 0, done.output
    sound(root)


def test_a_claim_with_faults_is_taken_back(root: Path) -> None:
    done = run(root, "new", "claim", "quadrature/trapezoidal-rule/second", *CLAIM,
               "--statement", "It has no stop")  # fmt: skip
    assert done.exit_code == 1 and "full stop" in done.output
    assert not (root / "claims/quadrature/trapezoidal-rule/second.yaml").exists()
    sound(root)


@pytest.mark.parametrize("listed", ["claims: [geometric]\n", "claims:\n  - geometric\n"])
def test_a_claim_is_put_into_the_concepts_list(root: Path, listed: str) -> None:
    path = root / "content/quadrature/trapezoidal-rule/concept.yaml"
    path.write_text(path.read_text().replace("\nwitnesses:", f"\n{listed}\nwitnesses:"))
    done = run(root, "new", "claim", "quadrature/trapezoidal-rule/second", *CLAIM,
               "--statement", "It is so.")  # fmt: skip
    assert done.exit_code == 0, done.output
    sound(root)


def test_unknown_objects_get_a_hint(root: Path) -> None:
    done = run(root, "new", "claim", "quadrature/trapezoidal-rul/x", "--statement", "A.")
    assert done.exit_code == 2 and 'did you mean "quadrature/trapezoidal-rule"' in done.output


def test_without_a_terminal_what_is_missing_is_named(root: Path) -> None:
    done = run(root, "new", "claim", "quadrature/trapezoidal-rule/x")
    assert done.exit_code == 2 and "--statement" in done.output


def test_at_a_terminal_a_wrong_answer_is_asked_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "interactive", lambda: True)
    answers = (
        "quadrature\nquadrature/trapezoidal-rule/asked\nIt is so.\ntheorm\ncomputation\nAll n.\n"
        "eror\nerror\nthe error falls\n"
    )
    done = run(root, "new", "claim", typed=answers)
    assert done.exit_code == 0, done.output
    for words in ("is no id", "'theorm' is not one of", 'did you mean "error"?', "(error, law)"):
        assert words in done.output, done.output
    text = (root / "claims/quadrature/trapezoidal-rule/asked.yaml").read_text()
    assert "{id: error, shows: the error falls}" in text
    sound(root)


def test_a_source_that_lacks_something_is_told_so(root: Path) -> None:
    done = run(root, "new", "source", "nobody-2020", "--title", "On nothing")
    assert done.exit_code == 0 and '"nobody-2020" lacks author or editor' in done.output


@pytest.mark.parametrize(
    ("place", "written"),
    [
        ("10.1137/130932132x", "DOI: 10.1137/130932132x"),
        ("978-0-07-054235-8", "ISBN: 978-0-07-054235-8"),
        ("https://example.org/sound", "URL: https://example.org/sound"),
    ],
)
def test_a_source_asked_for_at_a_terminal(
    root: Path, monkeypatch: pytest.MonkeyPatch, place: str, written: str
) -> None:
    monkeypatch.setattr(making, "interactive", lambda: True)
    answers = f"rayleigh-1877\nThe Theory of Sound\nbook\nRayleigh, Lord\n1877\n{place}\n"
    done = run(root, "new", "source", typed=answers)
    assert done.exit_code == 0, done.output
    assert "[]" not in done.output
    assert written in (root / "claims/sources.yaml").read_text()


def test_at_a_terminal_it_asks(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "interactive", lambda: True)
    answers = "It is so.\ntheorem\nReal numbers.\ntrefethen-2014-trapezoidal\nabstract\n"
    done = run(root, "new", "claim", "quadrature/trapezoidal-rule/asked", typed=answers)
    assert done.exit_code == 0, done.output
    text = (root / "claims/quadrature/trapezoidal-rule/asked.yaml").read_text()
    assert "locator: abstract" in text and "scope: Real numbers." in text
    sound(root)
