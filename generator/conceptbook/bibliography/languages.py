"""Names of languages in BibLaTeX's `langid`, which are babel's, and their BCP 47 tags."""

from __future__ import annotations

TAGS = {
    "american": "en-US", "arabic": "ar", "austrian": "de-AT", "brazilian": "pt-BR", "british":
    "en-GB", "bulgarian": "bg", "catalan": "ca", "chinese": "zh", "croatian": "hr", "czech": "cs",
    "danish": "da", "dutch": "nl", "english": "en", "estonian": "et", "finnish": "fi", "french":
    "fr", "german": "de", "greek": "el", "hebrew": "he", "hungarian": "hu", "italian": "it",
    "japanese": "ja", "korean": "ko", "latin": "la", "latvian": "lv", "lithuanian": "lt", "norsk":
    "nb", "nynorsk": "nn", "persian": "fa", "polish": "pl", "portuguese": "pt", "romanian": "ro",
    "russian": "ru", "serbian": "sr", "slovak": "sk", "slovene": "sl", "spanish": "es", "swedish":
    "sv", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
}  # fmt: skip
NAMES = {tag: name for name, tag in TAGS.items()}
OTHER_NAMES = {
    "ngerman": "de", "naustrian": "de-AT", "usenglish": "en-US", "ukenglish": "en-GB", "francais":
    "fr", "norwegian": "no", "magyar": "hu", "brazil": "pt-BR",
}  # fmt: skip


def tag(name: str) -> str:
    """The tag of a language's name; what is no such name stays as it is."""
    return TAGS.get(name.casefold()) or OTHER_NAMES.get(name.casefold()) or name
