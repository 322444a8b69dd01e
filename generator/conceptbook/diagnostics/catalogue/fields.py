"""Rules about the fields of author files."""

from ..diagnostic import Rule, Severity

UNKNOWN_KEY = Rule(
    "CB201",
    "unknown-key",
    Severity.ERROR,
    what="A key is not one of those that the record has.",
    why="A misspelt key would be ignored, and its words lost.",
    fix="Correct the key; extra data of your own goes under `custom:` in sources.",
)
MISSING_KEY = Rule(
    "CB202",
    "missing-key",
    Severity.ERROR,
    what="A required key is missing.",
    why="The page or the evidence cannot do without it.",
    fix="Add the key.",
)
WRONG_TYPE = Rule(
    "CB203",
    "wrong-type",
    Severity.ERROR,
    what="A value has the wrong form: a list where a word is wanted, a word where a number is.",
    why="It would be read as something else than was meant.",
    fix="Write the value in the form that the message names.",
)
BAD_VALUE = Rule(
    "CB204",
    "bad-value",
    Severity.ERROR,
    what="A value is not one of those allowed, or out of range.",
    why="It would have no meaning.",
    fix="Use one of the values that the message names.",
)
NEWER_FORMAT = Rule(
    "CB205",
    "newer-format",
    Severity.ERROR,
    what="The notebook's format is newer than this tool.",
    why="A newer format may hold fields that this tool would drop.",
    fix="Upgrade conceptbook.",
)
INCONSISTENT_FIELDS = Rule(
    "CB206",
    "inconsistent-fields",
    Severity.ERROR,
    what="Two fields of one record cannot stand together, or one needs another.",
    why="The record would say two things.",
    fix="Follow the hint.",
)
OLDER_FORMAT = Rule(
    "CB207",
    "older-format",
    Severity.ERROR,
    what="The notebook's format is older than the one that this tool reads.",
    why="A field may have had another name or meaning; guessing would change what authors said.",
    fix="Run `conceptbook migrate`; formats count from 1.",
)
