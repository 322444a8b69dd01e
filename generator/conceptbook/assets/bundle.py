"""One folder of assets, named by the hash of the whole set: plain names, relative links inside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from ..load import LoadedNotebook
from ..markup import Fragment, formula_characters
from .cache import remembered
from .font import characters, subset, unicode_range, wanted
from .lean import lean_script, lean_style
from .modules import needed_at_once
from .theme import MAIN, OVER, MathFont, Theme
from .vendor import vendored

BROWSER = Path(__file__).resolve().parents[1] / "browser"
SERVICE_WORKER = ("sw.js", "sw-keep.js")
"""One text at the site's root; no assets of a page."""
CACHE = Path(".conceptbook") / "cache" / "fonts"
SUBSET = "fonts/math-subset.woff2"


@dataclass(frozen=True)
class Heads:
    """What the heads of pages name, below assets/<digest>/."""

    modules: tuple[str, ...] = ()
    """What `main.js` imports, and what that imports: fetched beside it rather than after it."""
    witness_modules: tuple[str, ...] = ()
    """What a page with a witness fetches beside those."""
    parts: tuple[str, ...] = ()
    """Stylesheets that a page may need beside main.css."""
    over: str | None = None
    """The stylesheet that comes last."""


@dataclass(frozen=True)
class Assets:
    """Files by their names below assets/<digest>/; `reserve` are those that hardly a page needs."""

    files: Mapping[str, bytes]
    digest: str
    reserve: frozenset[str] = frozenset()
    heads: Heads = Heads()


def bundle(theme: Theme, notebook: LoadedNotebook, *, runtime_json: bytes) -> Assets:
    """The theme's files and stylesheet, the browser's modules, the editor, and runtime.json."""
    files = {name: path.read_bytes() for name, path in theme.static.items()}
    scripts = _below(BROWSER, suffix=".js")
    files.update((name, lean_script(text)) for name, text in scripts if name not in SERVICE_WORKER)
    files.update(vendored())
    files["runtime.json"] = runtime_json
    styles = dict(theme.styles)
    if theme.math_font is not None:
        shown = wanted(math_characters(notebook))
        files[SUBSET] = _subset(notebook.root, files[theme.math_font.file], shown)
        present = characters(files[SUBSET])
        styles[MAIN] = f"{font_faces(theme.math_font, present)}\n{styles[MAIN]}"
    files.update((name, lean_style(css)) for name, css in styles.items())
    editor = {name for name in files if name.startswith("vendor/")}
    reserve = frozenset(editor | ({theme.math_font.file} if theme.math_font else set()))
    return Assets(dict(sorted(files.items())), digest(files), reserve, _heads(files, styles))


def _heads(files: Mapping[str, bytes], styles: Mapping[str, str]) -> Heads:
    modules = needed_at_once(files, "main.js")[1:]
    witness = tuple(name for name in needed_at_once(files, "witnesses.js") if name not in modules)
    parts = tuple(name for name in styles if name not in (MAIN, OVER))
    return Heads(modules, witness, parts, OVER if OVER in styles else None)


def _subset(root: Path, font: bytes, shown: frozenset[str]) -> bytes:
    inputs = [font, "".join(sorted(shown)).encode(), version("fonttools").encode()]
    return remembered(root / CACHE, inputs, ".woff2", lambda: subset(font, shown))


def digest(files: Mapping[str, bytes]) -> str:
    """The first 16 hex digits of SHA-256 over names and contents."""
    sha = hashlib.sha256()
    for name in sorted(files):
        content = hashlib.sha256(files[name]).hexdigest()
        sha.update(f"{name}\0{content}\n".encode())
    return sha.hexdigest()[:16]


def font_faces(font: MathFont, present: frozenset[str]) -> str:
    """The whole font with the subset over it, and a family of the subset alone for running text.

    A browser looks at the face declared last first, and fetches a face only for a character of
    its range: formulas of the notebook never fetch the whole font, nor does any running text.
    """
    extent = f"  unicode-range: {unicode_range(present)};\n"
    faces = [
        (font.family, font.file, ""),
        (font.family, SUBSET, extent),
        (f"{font.family} Subset", SUBSET, extent),
    ]
    return "\n".join(
        f'@font-face {{\n  font-family: "{family}";\n'
        f'  src: url("{file}") format("woff2");\n  font-display: swap;\n{extent}}}\n'
        for family, file, extent in faces
    )


def math_characters(notebook: LoadedNotebook) -> frozenset[str]:
    """What the formulas show, and the characters of all texts that text fonts seldom have."""
    shown = {c for fragment in _fragments(notebook) for c in formula_characters(fragment)}
    rare = {c for text in notebook.texts.values() for c in set(text) if ord(c) > 0x24F}
    return frozenset(shown | rare)


def _fragments(notebook: LoadedNotebook) -> Iterator[Fragment]:
    for concept in notebook.concepts.values():
        yield from concept.prose.values()
        if concept.page is not None:
            yield from concept.page.fragments
    for claim in notebook.claims.values():
        yield from claim.prose.values()
    for source in notebook.sources.values():
        yield from source.prose.values()


def _below(folder: Path, *, suffix: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob(f"*{suffix}")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
