"""A witness and its wheel, from notebook.yaml to a verdict."""

import hashlib
import importlib.util
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from conceptbook.build import Options, build
from conceptbook.check import check
from conceptbook.evidence.digests import run_digest
from conceptbook.evidence.identity import claim_digest
from conceptbook.load import load
from conceptbook.witness.native import run_native
from conceptbook.witness.verify import verify
from conceptbook_kit.declaration import Declaration

ALTERED = "def root(n):\n    return n**0.5\n"


def sound(root):
    loaded, report = load(root)
    report.extend(check(loaded))
    assert report.ok, [(d.rule.code, d.message) for d in report]
    return loaded


def faults(root):
    loaded, report = load(root)
    report.extend(check(loaded))
    return [f"{d.span} {d.rule.name}" for d in report]


def declared(loaded, concept="means/spread", witness="roots") -> Declaration:
    return loaded.concepts[concept].witnesses[witness].declaration


def test_only_the_witness_that_imports_it_declares_the_wheel(notebook):
    loaded = sound(notebook)
    (wheel,) = declared(loaded).wheels
    data = (notebook / "wheels" / wheel.file).read_bytes()
    assert wheel.sha256 == hashlib.sha256(data).hexdigest()
    assert wheel.imports == ("exact_roots",)
    assert declared(loaded, "means/average", "witness").wheels == ()
    assert Declaration.from_json(json.loads(json.dumps(declared(loaded).to_json()))) == declared(
        loaded
    )


def test_what_a_wheel_needs_comes_with_it(notebook, make_wheel, lock):
    deep = make_wheel("deep", {"deep.py": "ONE = 1\n"})
    top = make_wheel(
        "exact-roots",
        {"exact_roots.py": "from deep import ONE\ndef root(n): return n**0.5 * ONE\n"},
        needs=("deep>=1",),
    )
    idle = make_wheel("idle", {"idle.py": ""})
    lock(idle, top, deep)
    loaded, _ = load(notebook)
    assert [wheel.file for wheel in declared(loaded).wheels] == [top.name, deep.name]


def test_another_wheel_makes_the_record_stale(notebook, make_wheel, lock):
    before = declared(sound(notebook))
    lock(make_wheel("exact-roots", {"exact_roots/__init__.py": ALTERED}))
    place = "content/means/spread/concept.yaml:8:9"
    assert faults(notebook) == [f"{place} curve-older-than-code"]
    loaded, _ = load(notebook)
    code = loaded.concepts["means/spread"].witnesses["roots"].code
    assert run_digest(before, code) != run_digest(declared(loaded), code)
    assert run_digest(replace(before, wheels=()), code) != run_digest(before, code)


def test_a_wheel_that_cannot_be_read_is_the_only_fault(notebook):
    (path,) = (notebook / "wheels").iterdir()
    path.write_bytes(path.read_bytes() + b"\0")
    assert faults(notebook) == ["notebook.yaml:19:15 wheel-hash"]
    path.unlink()
    assert faults(notebook) == ["notebook.yaml:18:14 wheel-missing"]


def test_the_native_child_sees_the_locked_wheels_and_no_others(notebook):
    declaration = declared(sound(notebook))
    (path,) = (notebook / "wheels").iterdir()
    code = (notebook / "content/means/spread/roots.py").read_text()

    def outcome(text, wheels=(path,)):
        return run_native(text, declaration, {}, wheels=wheels).outcome

    assert outcome(code).stdout == "exact_roots\n"
    assert outcome(code, wheels=()).error["message"] == (
        "ModuleNotFoundError: No module named 'exact_roots'"
    )
    for installed in ("click", "yaml", "pip", "conceptbook"):
        assert importlib.util.find_spec(installed), "the test proves something"
        error = outcome(f"import {installed}\n{code}").error
        assert (error["kind"], error["line"]) == ("import", 1), installed
    listed = outcome("import sys\nprint(*sys.path, sep='\\n')\n" + code).stdout.splitlines()
    assert str(path) in listed and not any("-packages" in entry for entry in listed)


@pytest.fixture
def verified(notebook, tmp_path):
    """Verifies the notebook natively and in a real Chromium, on the site that was built."""
    site = tmp_path / "site"
    built = build(notebook, site, Options(drafts=True), progress=print)
    assert built.report.ok, [d.message for d in built.report]

    def rows():
        with ThreadPoolExecutor(1) as executor:
            report = verify(sound(notebook), executor=executor, site=site)
        return {(row.witness, row.place): row for row in report.rows}

    return site, rows


def manifest_of(site: Path):
    (path,) = site.glob("assets/*/runtime.json")
    return json.loads(path.read_text())


def test_the_site_carries_the_wheel_and_the_page_runs_with_it(notebook, verified):
    site, rows = verified
    (entry,) = manifest_of(site)["wheels"].values()
    (wheel,) = (notebook / "wheels").iterdir()
    carried = site / "runtime" / entry["file"].removeprefix("../")
    assert carried.read_bytes() == wheel.read_bytes()
    assert carried.parent.name == entry["sha256"][:16] and entry["bytes"] == wheel.stat().st_size
    page = (site / "means/spread/index.html").read_text()
    assert "· with exact_roots 1.0" in page
    found = rows()
    for place in ("native", "browser"):
        assert found["roots", place].ok, found["roots", place]
        assert found["witness", place].ok
        assert found["roots", place].verdict["stdout"] == "exact_roots\n"
    assert found["roots", "browser"].agreement.share == 0.0


def test_a_wheel_that_was_changed_on_the_host_is_not_run(verified):
    site, rows = verified
    (entry,) = manifest_of(site)["wheels"].values()
    carried = site / "runtime" / entry["file"].removeprefix("../")
    data = carried.read_bytes()
    carried.unlink()
    carried.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    found = rows()
    row = found["roots", "browser"]
    assert row.state == "error" and "is not the wheel" in row.verdict["error"]["message"]
    assert found["witness", "browser"].ok, "what does not import it does not load it"


CLAIM = """statement: The roots of squares are exact.
kind: computation
scope: This program.
witnesses:
  - {id: roots, at: 16, shows: an exact root}
  - {object: assert, id: roots, covers: all of it}
"""


def test_another_wheel_makes_reviews_of_what_rests_on_it_stale(notebook, make_wheel, lock):
    folder = notebook / "claims/means/spread"
    folder.mkdir(parents=True)
    (folder / "exact.yaml").write_text(CLAIM)
    other = "means/average/root-law"

    def digests():
        loaded, _ = load(notebook)
        return {
            name: claim_digest(loaded.claims[name], loaded)
            for name in ("means/spread/exact", other)
        }

    before = digests()
    lock(make_wheel("exact-roots", {"exact_roots/__init__.py": ALTERED}))
    after = digests()
    changed = {
        part for part, digest in after["means/spread/exact"].items()
        if before["means/spread/exact"][part] != digest
    }  # fmt: skip
    assert changed == {"witnesses"}
    assert after[other] == before[other]
