"""What several packages' tests share: two notebooks, built sites and a Chromium."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from conceptbook.build import Options, build
from conceptbook.diagnostics import Diagnostic
from conceptbook.diagnostics.human import full
from conceptbook.evidence.digests import run_digest
from conceptbook.load import LoadedNotebook, load
from conceptbook.witness.browser import ARGUMENTS
from conceptbook.witness.chromium import require
from hatchling.builders.wheel import WheelBuilder
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "tests" / "examples"

DOUBLING = """\
n = 3
x = list(range(1, n + 1))
y = [2.0 * v for v in x]
print("done")
assert y[0] == 2
"""
DOUBLING_CONCEPT = {
    "title": "Doubling",
    "summary": "Twice as much.",
    "witnesses": [
        {
            "controls": [{"name": "n", "min": 2, "max": 9, "step": 1}],
            "plots": [
                {
                    "id": "plot",
                    "title": "Plot",
                    "x": {"label": "x"},
                    "y": {"label": "y"},
                    "curves": [{"id": "line", "x": "x", "y": "y", "shapes": [{"increasing": {}}]}],
                }
            ],
        }
    ],
}
DOUBLING_CURVE = "x,y\n1.0,2.0\n2.0,4.0\n3.0,6.0\n"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-expected",
        action="store_true",
        help="write expected.txt of tests/notebooks/ and tests/examples/ anew; read the difference",
    )


@pytest.fixture(scope="session")
def update_expected(request: pytest.FixtureRequest) -> bool:
    return request.config.getoption("--update-expected", default=False)


@pytest.fixture
def example(update_expected: bool) -> Callable[[Diagnostic, Path], None]:
    """Holds what people read of a diagnostic against tests/examples/<code>.txt, for the codes that
    no faulty notebook of tests/notebooks/ can have."""

    def hold(diagnostic: Diagnostic, root: Path) -> None:
        def lines(path: str) -> list[str]:
            file = root / path
            return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []

        text = full(diagnostic, lines).plain
        said = "".join(f"{line.rstrip()}\n" for line in text.splitlines())
        path = EXAMPLES / f"{diagnostic.rule.code}.txt"
        if update_expected:
            path.write_text(said, encoding="utf-8")
        assert said == path.read_text(encoding="utf-8")

    return hold


@pytest.fixture(scope="session")
def bundled() -> LoadedNotebook:
    """The notebook of this repository."""
    notebook, report = load(ROOT)
    assert notebook is not None and report.ok, [d.message for d in report]
    return notebook


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled notebook built for `/`."""
    return _built(tmp_path_factory.mktemp("root") / "site", None)


@pytest.fixture(scope="session")
def repo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled notebook built for `/repo/`."""
    return _built(tmp_path_factory.mktemp("repo") / "site", "https://example.org/repo/")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real Chromium; its absence is an error with what to do, never a skip.

    Of a module, not of the session: two of Playwright's sessions in one thread do not work, and
    `verify` opens its own.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require(), args=list(ARGUMENTS))
        yield browser
        browser.close()


CALM = """document.readyState === "complete" && performance.getEntriesByType("resource")
  .every(({ responseEnd }) => responseEnd < performance.now() - 500)"""


@pytest.fixture(scope="session")
def at_rest() -> Callable[[Page], None]:
    """Waits until a page has come and has fetched nothing for half a second.

    Playwright's `networkidle` may never come once a frame was taken away while it loaded.
    """

    def wait(page: Page) -> None:
        end = monotonic() + 120
        while not page.evaluate(CALM):
            assert monotonic() < end, "the page never comes to rest"
            page.wait_for_timeout(50)

    return wait


@pytest.fixture
def notebook(tmp_path):
    """Writes a notebook of one concept and loads it."""

    def make(code=DOUBLING, concept=None, **csvs):
        folder = tmp_path / "notebook" / "content" / "demo" / "doubling"
        (folder / "curves").mkdir(parents=True, exist_ok=True)
        root = tmp_path / "notebook"
        settings = {
            "conceptbook": 1,
            "title": "Demo",
            "domains": [{"id": "demo", "title": "Demo"}],
            "limits": {"native": {"seconds": 5, "memory_mb": 512}},
        }
        # JSON is YAML.
        (root / "notebook.yaml").write_text(json.dumps(settings))
        (folder / "concept.yaml").write_text(json.dumps(DOUBLING_CONCEPT | (concept or {})))
        (folder / "witness.py").write_text(code)
        for name, text in (csvs or {"line": DOUBLING_CURVE}).items():
            (folder / "curves" / f"{name}.csv").write_text(text)
        loaded, report = load(root)
        assert loaded is not None, list(report)
        return loaded

    return make


@pytest.fixture
def record() -> Callable[..., None]:
    """Writes what a run of `calculus/midpoint` would have: that the code as it stands holds."""

    def write(root: Path, *, holds: bool = True) -> None:
        loaded, _ = load(root)
        assert loaded is not None
        witness = loaded.concepts["calculus/midpoint"].witnesses["slices"]
        curve = {"id": "midpoint", "x": [], "y": [], "points": [], "shapes": [], "ok": holds}
        verdict = {
            "schema": 1,
            "concept": "calculus/midpoint",
            "witness": "slices",
            "state": "holds" if holds else "fails",
            "ok": holds,
            "error": None,
            "code": "sha256:0",
            "runtime": {"kind": "native", "python": "3.12", "numpy": "2", "pyodide": None},
            "controls": {"most": 8},
            "asserted_setting": True,
            "edited": False,
            "curves": [curve],
            "asserts": {"ok": True, "message": None, "line": None},
        }
        digest = run_digest(witness.declaration, witness.code)
        data = {"schema": 1, "witnesses": {"slices": {"digest": digest, "verdict": verdict}}}
        path = root / "content/calculus/midpoint/curves/record.json"
        path.write_text(json.dumps(data), encoding="utf-8")

    return write


def _built(site: Path, base_url: str | None) -> Path:
    built = build(ROOT, site, Options(base_url=base_url), progress=print)
    assert built.report.ok, [d.message for d in built.report]
    return site


@pytest.fixture
def make_wheel(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Builds a wheel of some modules with hatchling, as a project of its own would."""

    def make(name: str, modules: dict[str, str], *, needs: tuple[str, ...] = (), **more) -> Path:
        root = tmp_path_factory.mktemp(name)
        for path, text in modules.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(textwrap.dedent(text))
        project = {"name": name, "version": "1.0", "dependencies": list(needs), **more}
        lines = [f"{key} = {value!r}" for key, value in project.items()]
        only = sorted(modules)
        (root / "pyproject.toml").write_text(
            "\n".join(["[project]", *lines, "[tool.hatch.build]", f"include = {only!r}", ""])
        )
        return Path(next(WheelBuilder(str(root)).build(directory=str(root / "dist"))))

    return make
