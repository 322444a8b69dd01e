"""notebook.yaml → Settings, as much of them as can be read."""

from __future__ import annotations

from typing import Any

from ..diagnostics.catalogue import fields as rules
from ..model import Settings
from ..model.settings import FORMAT
from .fields import validate
from .places import Places
from .prose import parse_prose
from .reader import Reader

PATH = "notebook.yaml"
FALLBACK = {"conceptbook": str(FORMAT), "title": "Notebook", "domains": []}


def load_settings(reader: Reader) -> tuple[Settings | None, Places]:
    """The settings and their places; None where the format is newer than this program.

    Where the file has faults it is `broken`, and its sound keys alone are used, so that the
    faults of all other files are found too.
    """
    document = reader.yaml(PATH)
    data = document.data if document else None
    places = document.places if document else Places(PATH)
    if document and _is_newer(reader, data, places):
        return None, places
    settings, faults = validate(Settings, data, places) if document else (None, [])
    reader.report.extend(faults)
    if settings is None:
        reader.broken.add(PATH)
        return _sound_part(data), places
    if document:
        _, faults = parse_prose(settings, document.origins, PATH)
        reader.report.extend(faults)
    return settings, places


def _is_newer(reader: Reader, data: Any, places: Places) -> bool:
    version = data.get("conceptbook") if isinstance(data, dict) else None
    if not isinstance(version, str) or not version.isascii() or not version.isdigit():
        return False
    if len(version) > 9 or int(version) > FORMAT:
        reader.report.add(
            rules.NEWER_FORMAT.at(
                places.value("conceptbook"),
                f"this notebook has format {version[:12]}; this program reads up to {FORMAT}",
                "upgrade conceptbook",
            )
        )
        return True
    if int(version) < 1:
        message = f'"conceptbook" is the version of the format, {FORMAT}'
        reader.report.add(rules.BAD_VALUE.at(places.value("conceptbook"), message))
    return False


def _sound_part(data: Any) -> Settings:
    """Settings of the keys that are valid by themselves."""
    sound = dict(FALLBACK)
    for key, value in data.items() if isinstance(data, dict) else ():
        candidate, _ = validate(Settings, {**sound, key: value}, Places(PATH))
        if candidate:
            sound[key] = value
    return Settings.model_validate(sound)
