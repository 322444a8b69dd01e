"""Rules about files and their YAML."""

from ..diagnostic import Rule, Severity

YAML_SYNTAX = Rule(
    "CB101",
    "yaml-syntax",
    Severity.ERROR,
    what="The file is not valid YAML.",
    why="Nothing in a file that cannot be parsed can be checked.",
    fix="Mend the line that the message names; quote a value that holds `: ` or ` #`.",
)
DUPLICATE_KEY = Rule(
    "CB102",
    "duplicate-key",
    Severity.ERROR,
    what="A key stands twice in one mapping.",
    why="YAML readers keep the last one silently, so words would be lost.",
    fix="Keep one of the two.",
)
YAML_FEATURE = Rule(
    "CB103",
    "yaml-feature",
    Severity.ERROR,
    what="A tag, an anchor, an alias or a merge key is used.",
    why=(
        "Author files are plain data: what is written is what is meant, in the place where it"
        " stands."
    ),
    fix="Write the value out.",
)
YAML_TOO_LARGE = Rule(
    "CB104",
    "yaml-too-large",
    Severity.ERROR,
    what="The file is nested deeper than 64 levels or larger than 20 MB.",
    why="Such a file is never an author's record and can crash a parser.",
    fix="Split the file.",
)
NOT_UTF8 = Rule(
    "CB105",
    "not-utf8",
    Severity.ERROR,
    what="The file is not UTF-8.",
    why="All author files are UTF-8, so that digests are the same everywhere.",
    fix="Save the file as UTF-8 without a byte order mark.",
)
MISSING_FILE = Rule(
    "CB106",
    "missing-file",
    Severity.ERROR,
    what="A file that the notebook needs is missing.",
    why="A concept needs its record, a witness its program, an image its figure.",
    fix="Add the file, or take away what names it.",
)
BAD_NAME = Rule(
    "CB107",
    "bad-name",
    Severity.ERROR,
    what="A folder or file has a name that cannot be an id.",
    why=(
        "Ids are addresses; they are lower case words joined by hyphens, and some words are "
        "reserved."
    ),
    fix="Rename the folder or file.",
)
STRAY_FILE = Rule(
    "CB108",
    "stray-file",
    Severity.WARNING,
    what="A file stands where nothing reads it.",
    why="It would be lost silently.",
    fix="Move it, or delete it; verbatim files belong in `static/`.",
)
CUT_VALUE = Rule(
    "CB109",
    "cut-value",
    Severity.ERROR,
    what="A ` #` or a comma cuts a plain value short.",
    why=(
        "What follows ` #` is a comment to YAML, and a comma in `{ }` begins the next entry: "
        "words would be lost."
    ),
    fix="Quote the value.",
)
BAD_CSV = Rule(
    "CB110",
    "bad-csv",
    Severity.ERROR,
    what="An asserted curve's CSV is not in the recorded form.",
    why="The judge compares with these numbers; they must be unambiguous.",
    fix="Run `conceptbook record`.",
)
BAD_RECORD = Rule(
    "CB111",
    "bad-record",
    Severity.ERROR,
    what="A `curves/record.json` is not what `record` wrote.",
    why="The page says what it says about the recorded run.",
    fix="Run `conceptbook record --accept`.",
)
NO_NOTEBOOK = Rule(
    "CB112",
    "no-notebook",
    Severity.ERROR,
    what="There is no notebook.yaml here or in a folder above.",
    why="It marks the root of a notebook.",
    fix="Run the command inside a notebook, or make one.",
)
COMMENT_IN_TEXT = Rule(
    "CB113",
    "comment-in-text",
    Severity.WARNING,
    what="A line that begins with `# ` stands inside a block text.",
    why="There it is no comment: readers would see it.",
    fix="Move the comment above the key.",
)
LEADS_OUT = Rule(
    "CB115",
    "leads-out",
    Severity.ERROR,
    what="A symbolic link leads out of the notebook.",
    why=(
        "What it leads to would be published from the machine that builds, whatever it is, and"
        " would differ from machine to machine."
    ),
    fix="Put a copy of the file into the notebook.",
)
BAD_TEMPLATE = Rule(
    "CB116",
    "bad-template",
    Severity.ERROR,
    what="A template of the notebook's theme cannot be filled; `build` finds it, `check` does not.",
    why="The page could not be made.",
    fix="Correct the line; docs/themes.md says which names a template may use.",
)
MERGE_CONFLICT = Rule(
    "CB117",
    "merge-conflict",
    Severity.ERROR,
    what="A line is a mark that git left where two versions of the file met.",
    why="Both versions stand in the file; only its author knows which one is meant.",
    fix="Keep the lines that are meant, and delete the marks and the rest.",
)
BAD_RETRACTIONS = Rule(
    "CB114",
    "bad-retractions",
    Severity.ERROR,
    what="A retraction snapshot is not a table with the columns of Retraction Watch.",
    why="A retracted source would pass for a sound one.",
    fix="Save the CSV that Crossref publishes as claims/retractions-YYYY-MM-DD.csv.",
)
