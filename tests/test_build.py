"""The pipeline: the same files give the same bytes, and a base path only changes addresses."""

from __future__ import annotations

import shutil
from pathlib import Path

from conceptbook.build import Options, build

ROOT = Path(__file__).parents[1]


def tree(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def test_two_builds_of_the_same_files_are_the_same_bytes(site: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert build(ROOT, again, Options(), progress=print).report.ok
    first, second = tree(site), tree(again)
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []


def test_below_a_base_path_only_addresses_differ(site: Path, repo_site: Path) -> None:
    page = "scaling/double-descent/index.html"
    here, there = (folder.joinpath(page).read_text("utf-8") for folder in (site, repo_site))
    assert '"/assets/' in here and '"/repo/assets/' in there
    assert here.count("<conceptbook-witness") == there.count("<conceptbook-witness")


def test_a_broken_template_is_a_fault_of_the_notebook(tmp_path: Path, example) -> None:
    root = tmp_path / "notes"
    shutil.copytree(ROOT / "tests/themes", root / "themes")
    (root / "notebook.yaml").write_text(
        "conceptbook: 1\ntitle: T\ndomains: []\ntheme: themes/plain\n"
    )
    base = root / "themes/plain/templates/base.html"
    base.write_text(base.read_text().replace("frame.nav %}", "frame.menu %}"))
    built = build(root, tmp_path / "site", Options(), progress=print)
    [fault] = built.report
    example(fault, root)
    assert not (tmp_path / "site").exists()
