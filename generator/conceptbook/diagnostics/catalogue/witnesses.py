"""Rules about witnesses, controls, curves and shapes."""

from ..diagnostic import Rule, Severity

WITNESS_SYNTAX = Rule(
    "CB501",
    "witness-syntax",
    Severity.ERROR,
    what="The witness is not valid Python.",
    why="It cannot run.",
    fix="Mend the line that the message names.",
)
FORBIDDEN_IMPORT = Rule(
    "CB502",
    "forbidden-import",
    Severity.ERROR,
    what="A witness imports something outside the list.",
    why=(
        "A witness is plain Python and numpy, so that it runs the same natively and in the "
        "page, safely, for years."
    ),
    fix=(
        "Use numpy or one of the listed standard modules, or lock a pure-Python wheel in "
        "notebook.yaml."
    ),
)
UNSEEDED_RANDOM = Rule(
    "CB503",
    "unseeded-random",
    Severity.ERROR,
    what="Random numbers are drawn without a seed.",
    why="The curve would be another one at every run.",
    fix="Use `numpy.random.RandomState(seed)`.",
)
UNFROZEN_RANDOM = Rule(
    "CB504",
    "unfrozen-random",
    Severity.WARNING,
    what="`default_rng` stands under an asserted curve.",
    why="numpy freezes only the stream of `RandomState`; another release may draw other numbers.",
    fix="Use `numpy.random.RandomState(seed)`.",
)
CONTROL_NOT_LITERAL = Rule(
    "CB505",
    "control-not-literal",
    Severity.ERROR,
    what="A control is not a top-level name bound to a plain literal.",
    why="Only a literal can be replaced by the reader's value.",
    fix="Bind the name at top level to a number, string or boolean.",
)
CONTROL_REBOUND = Rule(
    "CB506",
    "control-rebound",
    Severity.ERROR,
    what="A control's name is bound twice.",
    why="The reader's value would be overwritten.",
    fix="Bind it once.",
)
CURVE_NOT_RECORDED = Rule(
    "CB507",
    "curve-not-recorded",
    Severity.ERROR,
    what="A curve has no CSV.",
    why="There is nothing that the witness must reproduce.",
    fix="Run `conceptbook record CONCEPT --accept`.",
)
CURVE_OLDER_THAN_CODE = Rule(
    "CB508",
    "curve-older-than-code",
    Severity.ERROR,
    what="A curve was recorded by other code or declarations than the present.",
    why="The picture would not be the code's.",
    fix="Run `conceptbook record CONCEPT`, look at the difference, then `--accept`.",
)
UNBOUND_NAME = Rule(
    "CB509",
    "unbound-name",
    Severity.ERROR,
    what="A curve, band or shape names something that the witness does not bind at top level.",
    why="The judge would find nothing.",
    fix="Correct the name.",
)
UNEXPLAINED_TOLERANCE = Rule(
    "CB510",
    "unexplained-tolerance",
    Severity.ERROR,
    what="A wide tolerance has no `tolerance_because`.",
    why="A tolerance above 5 % can hide a wrong curve; readers must know why it is there.",
    fix="Give the reason, or narrow the tolerance.",
)
SHAPE_WANTED = Rule(
    "CB511",
    "shape-wanted",
    Severity.ERROR,
    what="A curve is judged by shapes but declares none.",
    why="It would hold whatever the witness does.",
    fix="Declare a shape, or judge by points.",
)
BAD_SHAPE = Rule(
    "CB512",
    "bad-shape",
    Severity.ERROR,
    what="A shape cannot be judged as written.",
    why="A law that cannot fail, or cannot be computed, asserts nothing.",
    fix="Follow the hint.",
)
CONTROL_OUT_OF_RANGE = Rule(
    "CB513",
    "control-out-of-range",
    Severity.ERROR,
    what="A control's default lies outside its own range, or a setting does.",
    why="The asserted setting must be reachable.",
    fix="Widen the range, or change the literal.",
)
STRAY_CURVE = Rule(
    "CB514",
    "stray-curve",
    Severity.WARNING,
    what="A CSV in `curves/` belongs to no declared curve.",
    why="Nothing reads it.",
    fix="Delete it, or declare the curve.",
)
NEVER_RUN = Rule(
    "CB517",
    "never-run",
    Severity.NOTE,
    what="A witness says of itself that it cannot run here.",
    why="Its page shows the program and its reason, and nothing that it asserts counts as held.",
    fix="Nothing need be done; rewritten with numpy alone it could run.",
)
RECORD_BELIED = Rule(
    "CB516",
    "record-belied",
    Severity.ERROR,
    what="The recorded run does not hold, or its own numbers belie its marks.",
    why="A page would show a curve as borne out by a run that bore out nothing.",
    fix="Mend the program or what it asserts, and run `conceptbook record CONCEPT --accept`.",
)
WHEEL_MISSING = Rule(
    "CB518",
    "wheel-missing",
    Severity.ERROR,
    what="A wheel that notebook.yaml locks is not there.",
    why="The witnesses that import it could not run.",
    fix=(
        "Put the file where `runtime.packages` names it; one that is named without a folder is "
        "fetched from PyPI by `conceptbook runtime fetch`."
    ),
)
WHEEL_HASH = Rule(
    "CB519",
    "wheel-hash",
    Severity.ERROR,
    what="A wheel is not the file that notebook.yaml locks.",
    why="Records and reviews were made with the locked one; another may compute other numbers.",
    fix="Put the locked file back, or lock the new one and record and review again.",
)
WHEEL_UNUSABLE = Rule(
    "CB520",
    "wheel-unusable",
    Severity.ERROR,
    what="A locked file is no wheel, or none that Python 3 in the page can import.",
    why="A witness must find the same modules natively and in the page.",
    fix="Lock a wheel for `py3-none-any` whose `Requires-Python` admits the browser's Python.",
)
WHEEL_COMPILED = Rule(
    "CB521",
    "wheel-compiled",
    Severity.ERROR,
    what="A locked wheel holds compiled code.",
    why="Machine code of one system runs neither in the page nor on a reviewer's other system.",
    fix="Lock a pure-Python wheel, one for `py3-none-any`, or write the part that you need.",
)
WHEEL_NEEDS = Rule(
    "CB522",
    "wheel-needs",
    Severity.ERROR,
    what="A locked wheel needs another distribution that is not locked, or another version of it.",
    why="A witness sees the locked wheels and nothing else, so the import would fail.",
    fix="Lock the other wheel too.",
)
WHEEL_NAME = Rule(
    "CB523",
    "wheel-name",
    Severity.ERROR,
    what="A wheel brings a module whose name is taken: by Python, numpy or another wheel.",
    why="Which of the two a witness gets would hang on an order that nobody sees.",
    fix="Take one of the wheels out of `runtime.packages`.",
)
EDITED_CURVE = Rule(
    "CB515",
    "edited-curve",
    Severity.ERROR,
    what="A recorded curve's CSV is not what `record` wrote.",
    why="No curve is drawn by hand: its numbers come from a run, and the record says which.",
    fix="Run `conceptbook record CONCEPT`, look at the difference, then `--accept`.",
)
