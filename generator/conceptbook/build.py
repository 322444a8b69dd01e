"""The pipeline: files → notebook → pages → site, as one list of stages.

A pure function of files: it knows no clock, no git, and no network but for the runtime's
pinned files where the cache lacks them; it never runs a witness.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import conceptbook_kit

from .assets import bundle, find_theme
from .check import check
from .diagnostics import Diagnostic, Report, Span
from .diagnostics.catalogue.files import BAD_TEMPLATE
from .evidence import assess
from .load import LoadedNotebook, load
from .render import BadTemplate, SiteOptions, render, search
from .runtime import offline
from .runtime.obtain import obtain
from .runtime.prepare import PreparedRuntime, prepare
from .runtime.wheels import fetch_wheels, site_wheels
from .write import SiteWriter

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """What a command may say about a build."""

    base_url: str | None = None
    drafts: bool = False
    portable: bool = False
    """For no address in particular; see SiteOptions."""


@dataclass(frozen=True)
class Built:
    """What became of a build; no files where the report has errors."""

    report: Report
    pages: int = 0
    files: int = 0
    base_path: str = "/"
    notebook: LoadedNotebook | None = None


def build(root: Path, site: Path, options: Options, *, progress: Progress) -> Built:
    """Build the notebook at `root` into `site`; a notebook with errors leaves `site` untouched."""
    try:
        return _build(root, site, options, progress)
    except BadTemplate as fault:
        return Built(Report([_bad_template(fault, root)]))


def _build(root: Path, site: Path, options: Options, progress: Progress) -> Built:
    notebook, report = load(root)
    if notebook is not None and fetch_wheels(notebook, progress):
        notebook, report = load(root)
    if notebook is not None:
        report.extend(check(notebook))
    if notebook is None or not report.ok:
        return Built(report, notebook=notebook)
    statuses = assess(notebook)
    runtime = prepared_runtime(notebook, progress)
    theme = find_theme(notebook.settings.theme, root)
    wheels = site_wheels(notebook)
    manifest = json.dumps(runtime.manifest(wheels.manifest()), sort_keys=True).encode()
    assets = bundle(theme, notebook, runtime_json=manifest)
    searched = search.available()
    where = SiteOptions.of(
        options.base_url or notebook.settings.base_url,
        assets.digest,
        options.drafts,
        searched,
        options.portable,
        heads=assets.heads,
    )
    pages = count = 0
    with SiteWriter(site) as writer, search.index(searched) as index:
        for page in render(notebook, statuses, theme, where):
            writer.add(page.path, page.content)
            index.add(page.path, page.content)
            pages += page.path.endswith(".html")
            count += 1
        for name, content in index.files():
            writer.add(name, content)
            count += 1
        for name, content in assets.files.items():
            writer.add(f"assets/{assets.digest}/{name}", content)
        for name, content in runtime.files.items():
            writer.add(f"runtime/{runtime.digest}/{name}", content)
        for name, content in wheels.files.items():
            writer.add(name, content)
        for path in _verbatim(root):
            writer.add(path.relative_to(root / "static").as_posix(), path)
        for name, content in offline.pages(notebook.settings.title, assets.digest).items():
            writer.add(name, content)
        writer.add(offline.EDITION, offline.edition(writer.digest, assets, runtime, wheels.files))
    count += len(assets.files) + len(runtime.files) + len(wheels.files)
    return Built(report, pages, count, where.base_path, notebook)


def prepared_runtime(notebook: LoadedNotebook, progress: Progress) -> PreparedRuntime:
    """The runtime's files with the kit's own wheel."""
    path = notebook.settings.runtime.path
    own = (notebook.root / path) if path else None
    kit_root = Path(str(files(conceptbook_kit)))
    distribution = obtain(own=own, progress=progress)
    return prepare(distribution, kit_root=kit_root, progress=progress)


def _bad_template(fault: BadTemplate, root: Path) -> Diagnostic:
    inside = fault.path.is_relative_to(root)
    path = fault.path.relative_to(root) if inside else fault.path
    return BAD_TEMPLATE.at(Span(path.as_posix(), fault.line), str(fault))


def _verbatim(root: Path) -> list[Path]:
    return sorted(path for path in (root / "static").rglob("*") if path.is_file())
