"""The browser's modules as readers get them: without comments, which are for those who write."""

from __future__ import annotations

import re

BLOCK = re.compile(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
"""A comment that has its lines to itself."""
CAST = re.compile(r"/\*\* @type \{[^*\n]*\} \*/ ")
LINE = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
BLANK = re.compile(r"\n{2,}")


def lean(module: bytes) -> bytes:
    """The module without comments and blank lines.

    Only for our own modules, in which no string or template holds a line that looks like a
    comment; a test sees to that.
    """
    text = module.decode()
    for pattern in (CAST, BLOCK, LINE):
        text = pattern.sub("", text)
    return BLANK.sub("\n", text).lstrip("\n").encode()
