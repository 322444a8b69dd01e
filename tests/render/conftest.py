"""Sites of the smallest notebook and of the bundled one, rendered in memory."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest
from conceptbook.assets import find_theme
from conceptbook.evidence import assess
from conceptbook.load import LoadedNotebook, load
from conceptbook.render import SiteOptions, render

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "notebooks" / "_base"
DIGEST = "0123456789abcdef"

Pages = dict[str, bytes]

_spec = importlib.util.spec_from_file_location("troubled", Path(__file__).parent / "troubled.py")
assert _spec and _spec.loader
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
make_troubled = _module.troubled


def rendered(notebook: LoadedNotebook, base_url: str | None = None, drafts: bool = True) -> Pages:
    theme = find_theme(notebook.settings.theme, notebook.root)
    where = SiteOptions.of(base_url, DIGEST, drafts)
    return {page.path: page.content for page in render(notebook, assess(notebook), theme, where)}


@pytest.fixture(scope="session")
def base() -> LoadedNotebook:
    notebook, report = load(BASE)
    assert notebook is not None, [d.message for d in report]
    return notebook


@pytest.fixture(scope="session")
def render_pages() -> Callable[..., Pages]:
    return rendered


@pytest.fixture(scope="session")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> LoadedNotebook:
    """Claims that were reviewed, contested, superseded, withdrawn, or lost their source."""
    return make_troubled(tmp_path_factory.mktemp("notebook"))


@pytest.fixture(scope="session", params=["base", "bundled", "troubled"])
def pages(request: pytest.FixtureRequest) -> Pages:
    """Every file of a site, by path."""
    return rendered(request.getfixturevalue(request.param))


@pytest.fixture(scope="session")
def html(pages: Pages) -> dict[str, str]:
    return {path: data.decode() for path, data in pages.items() if path.endswith(".html")}
