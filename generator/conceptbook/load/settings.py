"""notebook.yaml → Settings, as much of them as can be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..diagnostics.catalogue import fields as rules
from ..model import Settings
from ..model.settings import FORMAT
from .fields import validate
from .places import Places
from .reader import Reader

PATH = "notebook.yaml"
FALLBACK = {"conceptbook": str(FORMAT), "title": "Notebook", "domains": []}


def load_settings(reader: Reader) -> tuple[Settings | None, Places]:
    """The settings and their places; None where the format is another than this program's.

    Where the file has faults it is `broken`, and its sound keys alone are used, so that the
    faults of all other files are found too.
    """
    document = reader.yaml(PATH)
    data = document.data if document else None
    places = document.places if document else Places(PATH)
    if document and _is_another(reader, data, places):
        return None, places
    settings, faults = validate(Settings, data, places) if document else (None, [])
    reader.report.extend(faults)
    if settings is None:
        reader.broken.add(PATH)
        return _sound_part(data), places
    if document and reader.words:
        from .prose import parse_prose

        _, faults = parse_prose(settings, document.origins, PATH)
        reader.report.extend(faults)
    return settings, places


def version_of(root: Path) -> int | None:
    """The version of the format that a notebook says it has; None where it says none."""
    document = Reader(root).yaml(PATH)
    return _version(document.data) if document else None


def _version(data: Any) -> int | None:
    written = data.get("conceptbook") if isinstance(data, dict) else None
    if isinstance(written, str) and written.isascii() and written.isdigit():
        return int(written[:9])
    return None


def _is_another(reader: Reader, data: Any, places: Places) -> bool:
    """Whether the format is one that this program does not read; the fault says what to do."""
    version = _version(data)
    if version is None or version == FORMAT:
        return False
    place, first = places.value("conceptbook"), 1
    if version > FORMAT:
        message = f"this notebook has format {version}; this program reads format {FORMAT}"
        fault = rules.NEWER_FORMAT.at(place, message, "upgrade conceptbook")
    elif version < first:
        message = f"there is no format {version}; this program reads format {FORMAT}"
        fault = rules.OLDER_FORMAT.at(place, message, f"formats count from {first}: write {FORMAT}")
    else:
        message = f"this notebook has format {version}; this program reads format {FORMAT}"
        hint = "run `conceptbook migrate` to see what would change, then `migrate --write`"
        fault = rules.OLDER_FORMAT.at(place, message, hint)
    reader.report.add(fault)
    return version >= first


def _sound_part(data: Any) -> Settings:
    """Settings of the keys that are valid by themselves."""
    sound = dict(FALLBACK)
    for key, value in data.items() if isinstance(data, dict) else ():
        candidate, _ = validate(Settings, {**sound, key: value}, Places(PATH))
        if candidate:
            sound[key] = value
    return Settings.model_validate(sound)
