"""New notebooks, concepts, claims and sources, from the plain files of `templates/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import __version__
from ..load import LoadedNotebook
from ..load.settings import PATH as SETTINGS
from . import yaml_text
from .atomic import replace_file
from .yaml_edit import CannotEdit, append
from .yaml_list import append_word

TEMPLATES = Path(__file__).with_name("templates")
DOT = "dot-"
"""Begins the name of a template whose file begins with a dot."""
PROGRAM = ".in"
"""Ends the name of a template that would else be a program of this package."""


class NotMade(Exception):
    """Nothing was written; the message says why."""


def notebook_files(title: str, author: str) -> dict[str, str]:
    """The files of a small complete notebook with one concept, not recorded yet."""
    values = {
        "title": yaml_text.scalar(title),
        "author": yaml_text.scalar(author),
        "person": identifier(author),
        "version": __version__,
    }
    files = _filled("notebook", values)
    files["README.md"] = files["README.md"].replace(values["title"], title, 1)
    return files


def concept_files(
    notebook: LoadedNotebook, concept: str, title: str, summary: str, *, bare: bool = False
) -> dict[str, str]:
    """A draft, with a program unless it is bare, and notebook.yaml where its domain is new.

    Raises NotMade.
    """
    values = {"title": yaml_text.scalar(title), "summary": yaml_text.scalar(summary)}
    folder = f"content/{concept}"
    made = _filled("bare" if bare else "concept", values)
    files = {f"{folder}/{name}": text for name, text in made.items()}
    domain = concept.split("/")[0]
    if domain not in {known.id for known in notebook.settings.domains}:
        added = {"id": domain, "title": domain.replace("-", " ").capitalize()}
        files[SETTINGS] = _appended(notebook, SETTINGS, "domains", added)
    return files


def claim_files(notebook: LoadedNotebook, claim: str, fields: Mapping[str, Any]) -> dict[str, str]:
    """The claim, and concept.yaml where that lists its claims. Raises NotMade."""
    files = {f"claims/{claim}.yaml": "\n".join([*yaml_text.mapping(fields), ""])}
    concept, _, short = claim.rpartition("/")
    listed = notebook.concepts[concept].record.claims
    if listed is not None and short not in listed:
        path = f"content/{concept}/concept.yaml"
        try:
            files[path] = append_word(notebook.texts[path], path, "claims", short)
        except CannotEdit as reason:
            raise NotMade(f"nothing can be inserted into {path}: {reason}") from None
    return files


def write_new(root: Path, files: Mapping[str, str], *, changed: tuple[str, ...] = ()) -> None:
    """Write files that must not be there yet, but for those `changed`. Raises NotMade."""
    there = sorted(name for name in files if name not in changed and (root / name).exists())
    if there:
        raise NotMade(f"{', '.join(there)}: there already, and nothing is overwritten")
    for name, text in files.items():
        replace_file(root / name, text.encode())


def identifier(words: str) -> str:
    """Words as an id: lower case, joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", words.casefold())) or "author"


def _filled(folder: str, values: Mapping[str, str]) -> dict[str, str]:
    """The templates below a folder, `<<name>>` replaced by its value."""
    root, files = TEMPLATES / folder, {}
    for path in sorted(root.rglob("*")):
        if path.is_file():
            parts = path.relative_to(root).parts
            name = "/".join(re.sub(f"^{DOT}", ".", part) for part in parts).removesuffix(PROGRAM)
            text = path.read_text(encoding="utf-8")
            files[name] = re.sub(r"<<(\w+)>>", lambda match: values[match[1]], text)
    return files


def _appended(notebook: LoadedNotebook, path: str, key: str, item: Mapping[str, Any]) -> str:
    try:
        return append(notebook.texts[path], path, key, [item])
    except CannotEdit as reason:
        raise NotMade(f"nothing can be inserted into {path}: {reason}") from None
