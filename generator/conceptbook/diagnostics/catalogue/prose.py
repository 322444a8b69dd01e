"""Rules about page.md and the prose in YAML fields."""

from ..diagnostic import Rule, Severity

BAD_HEADING = Rule(
    "CB401",
    "bad-heading",
    Severity.ERROR,
    what="A level-2 heading is not Intuition, Math, Code or Demo, stands twice or out of order.",
    why="Every page has the same four sections, so that readers find their way.",
    fix="Use the four headings in their order; deeper headings are free.",
)
BAD_MATH = Rule(
    "CB402",
    "bad-math",
    Severity.ERROR,
    what="A formula cannot be converted.",
    why="Readers would see raw TeX.",
    fix="Correct the command that the message names.",
)
UNKNOWN_CITATION = Rule(
    "CB403",
    "unknown-citation",
    Severity.ERROR,
    what="A citation names a source that does not exist.",
    why="A citation must lead to its source.",
    fix="Correct the key, or add the source to claims/sources.yaml.",
)
BROKEN_LINK = Rule(
    "CB404",
    "broken-link",
    Severity.ERROR,
    what="A link leads to an object, page or anchor that does not exist.",
    why="Readers would be led nowhere.",
    fix="Correct the target.",
)
BAD_LINK = Rule(
    "CB405",
    "bad-link",
    Severity.ERROR,
    what="A link uses a scheme or form that pages cannot have.",
    why="Only https, mailto and object links leave or cross a page safely.",
    fix="Write `kind:[concept/]id[@value]`, a relative anchor, or an https address.",
)
MISSING_ALT = Rule(
    "CB406",
    "missing-alt",
    Severity.ERROR,
    what="An image has no alternative text.",
    why="Some readers hear the page.",
    fix="Describe the image, or mark it `{.decorative}`.",
)
DRIFTED_NUMBER = Rule(
    "CB407",
    "drifted-number",
    Severity.ERROR,
    what="A number in prose is not what its curve holds.",
    why="The words would say something else than the picture.",
    fix="Correct the digits to the value that the message gives.",
)
RAW_HTML = Rule(
    "CB408",
    "raw-html",
    Severity.ERROR,
    what="Raw HTML stands in the prose.",
    why="Pages are safe to build from a stranger's text, and read whole everywhere.",
    fix="Use Markdown, or a container.",
)
UNKNOWN_CONTAINER = Rule(
    "CB409",
    "unknown-container",
    Severity.ERROR,
    what="A `:::` block is not `proof` or `example`, or is not closed.",
    why="It would be shown as plain text.",
    fix="Use `::: proof {#id}` or `::: example`, closed by `:::`.",
)
MISSING_FIGURE = Rule(
    "CB410",
    "missing-figure",
    Severity.ERROR,
    what="An image does not lie in the concept's `figures/`.",
    why="The page would show a gap, or ask another host.",
    fix="Put the file in `figures/` and name it `figures/…`.",
)
BAD_CITATION = Rule(
    "CB411",
    "bad-citation",
    Severity.ERROR,
    what="A citation's brackets cannot be read.",
    why="Its source or locator would be lost.",
    fix="Write `[@key, p. 3; see @other]` or `@key [p. 3]`.",
)
