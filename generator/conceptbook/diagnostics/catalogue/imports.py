"""Rules about notebooks of another format that are brought into this one."""

from ..diagnostic import Rule, Severity

NOT_CARRIED_OVER = Rule(
    "CB801",
    "not-carried-over",
    Severity.NOTE,
    what="Something of the other notebook has no counterpart here, and was left behind.",
    why="What is lost without a word is missed too late.",
    fix="Write it anew where the page needs it.",
)
CARRIED_OTHERWISE = Rule(
    "CB802",
    "carried-otherwise",
    Severity.NOTE,
    what="Something of the other notebook came over in another form, or under an assumption.",
    why="The other format says less, or says it differently; an author must look at the result.",
    fix="Look at what was written, and correct it where the assumption is wrong.",
)
UNRESOLVED_REFERENCE = Rule(
    "CB803",
    "unresolved-reference",
    Severity.WARNING,
    what="A reference of the other notebook leads to nothing, and was left out.",
    why="Here it would be a fault of the imported page.",
    fix="Import what it means too, or add the reference later.",
)
FOREIGN_FORM = Rule(
    "CB804",
    "foreign-form",
    Severity.ERROR,
    what="A file of the other notebook is not of the form that its format has.",
    why="Its words could come over maimed or in the wrong place.",
    fix="Bring the file into the form that the message names.",
)
THERE_ALREADY = Rule(
    "CB805",
    "there-already",
    Severity.ERROR,
    what="An import would overwrite a file of this notebook.",
    why="Work that was done here since would be lost.",
    fix="Move the file away, or give `--force`; reviews made here are never overwritten.",
)
