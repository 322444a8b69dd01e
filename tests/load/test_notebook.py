import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conceptbook.check import check_runs
from conceptbook.load import find_root, load, load_concepts

BASE = Path(__file__).parents[1] / "notebooks" / "_base"


@pytest.fixture
def root(tmp_path):
    return Path(shutil.copytree(BASE, tmp_path / "notebook"))


def names(report):
    return [diagnostic.rule.name for diagnostic in report]


def test_a_whole_notebook(root):
    notebook, report = load(root)
    assert names(report) == []
    assert notebook.broken == frozenset()
    assert list(notebook.concepts) == ["means/average", "means/spread"]
    assert list(notebook.claims) == ["means/average/falls-with-size", "means/average/root-law"]
    assert list(notebook.sources) == ["gauss-1809", "lab-page"]
    concept = notebook.concepts["means/average"]
    assert concept.figures == {"figures/dots.svg"}
    assert concept.page.equations.keys() == {"root"}
    witness = concept.witnesses["witness"]
    assert witness.declaration.defaults == {"noise": 1.0}
    assert witness.asserted["error"].y == (1.0, 0.5, 0.25, 0.125)
    assert notebook.claims["means/average/root-law"].concept == "means/average"
    assert "content/means/average/witness.py" in notebook.texts


def test_some_concepts_and_nothing_else_are_read(root):
    (root / "content/means/spread/concept.yaml").write_text("title: [")
    (root / "claims/sources.yaml").write_text("references: 3")
    (root / "content/means/average/page.md").write_text("## Nowhere")
    notebook, report = load_concepts(root, ["means/average", "means/none", "../content/means"])
    assert names(report) == [] and check_runs(notebook).ok
    whole, _ = load(root)
    (read,), beside = notebook.concepts.values(), whole.concepts["means/average"]
    assert read == replace(beside, prose={}, page=None)
    outside = {path for path in notebook.texts if not path.startswith("content/means/average/")}
    assert outside == {"notebook.yaml"}


def test_a_run_loads_no_reader_of_prose(root):
    code = f"""import sys
from pathlib import Path
from conceptbook.check import check_runs
from conceptbook.load import load_concepts
notebook, _ = load_concepts(Path({str(root)!r}), ["means/average"])
assert check_runs(notebook).ok and notebook.concepts
unneeded = ("markdown_it", "conceptbook.model.claim", "conceptbook.model.source")
print([name for name in unneeded if name in sys.modules])"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_what_hinders_a_run_is_found_in_some_concepts(root):
    program = root / "content/means/average/witness.py"
    program.write_text("import socket\n" + program.read_text())
    notebook, _ = load_concepts(root, ["means/average"])
    assert "forbidden-import" in names(check_runs(notebook))


def test_domains_give_the_order(root):
    (root / "notebook.yaml").write_text(
        "conceptbook: 1\ntitle: T\ndomains: [{id: zeta, title: Z}, {id: means, title: M}]\n"
    )
    shutil.copytree(root / "content/means/spread", root / "content/zeta/first")
    shutil.copytree(root / "content/means/spread", root / "content/alpha/first")
    notebook, _ = load(root)
    assert list(notebook.concepts) == ["zeta/first", "means/average", "means/spread", "alpha/first"]


def test_what_is_broken_is_named_and_left_out(root):
    (root / "content/means/spread/concept.yaml").write_text("title: [\n")
    (root / "claims/means/average/root-law.yaml").write_text("statement: no kind.\n")
    sources = root / "claims/sources.yaml"
    sources.write_text(sources.read_text().replace("type: book", "type: boook"))
    (root / "content/means/average/curves/error.csv").write_text("n,e\n")
    notebook, report = load(root)
    assert sorted(names(report)) == ["bad-csv", "bad-value", "missing-key", "yaml-syntax"]
    assert notebook.broken == {
        "means/spread",
        "means/average/root-law",
        "gauss-1809",
        "content/means/average/curves/error.csv",
    }
    assert list(notebook.sources) == ["lab-page"]


def test_sound_settings_survive_broken_ones(root):
    path = root / "notebook.yaml"
    path.write_text(path.read_text().replace("language: en", "language: [en]"))
    notebook, report = load(root)
    assert names(report) == ["wrong-type"]
    assert notebook.settings.title == "Averages"
    assert "ada" in notebook.settings.people
    assert notebook.broken == {"notebook.yaml"}


@pytest.mark.parametrize("version", ["2", "99999999999"])
def test_a_newer_format_stops(root, version):
    (root / "notebook.yaml").write_text(f"conceptbook: {version}\nnew_field: x\n")
    notebook, report = load(root)
    assert notebook is None
    assert names(report) == ["newer-format"]


def test_hidden_and_readme_files_are_free(root):
    for path in (".DS_Store", "README.md", "content/README.md", "content/means/.keep"):
        (root / path).write_text("x")
    (root / "content/means/average/__pycache__").mkdir()
    assert names(load(root)[1]) == []


def test_the_root_is_found_from_below(root):
    assert find_root(root / "content/means") == root.resolve()
    assert find_root(root) == root.resolve()


def test_no_root(tmp_path, example):
    assert find_root(tmp_path) is None
    notebook, report = load(tmp_path)
    assert notebook is None
    assert names(report) == ["no-notebook"]
    example(next(iter(report)), tmp_path)
