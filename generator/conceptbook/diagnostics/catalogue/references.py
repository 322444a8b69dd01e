"""Rules about names that refer to something else."""

from ..diagnostic import Rule, Severity

UNKNOWN_CONCEPT = Rule(
    "CB301",
    "unknown-concept",
    Severity.ERROR,
    what="A concept is named that does not exist.",
    why="The link would lead nowhere.",
    fix="Correct the id, or list it under `planned` of its domain.",
)
UNKNOWN_CLAIM = Rule(
    "CB302",
    "unknown-claim",
    Severity.ERROR,
    what="A claim is named that does not exist.",
    why="The evidence would be missing.",
    fix="Correct the id.",
)
UNKNOWN_SOURCE = Rule(
    "CB303",
    "unknown-source",
    Severity.ERROR,
    what="A source is named that `claims/sources.yaml` does not have.",
    why="A citation must lead to its source.",
    fix="Correct the key, or add the source.",
)
UNKNOWN_PERSON = Rule(
    "CB304",
    "unknown-person",
    Severity.ERROR,
    what="A person is named that `people` does not have.",
    why="Authorship and independence are decided by it.",
    fix="Add the person to notebook.yaml, or write a full record.",
)
PREREQUISITE_CYCLE = Rule(
    "CB305",
    "prerequisite-cycle",
    Severity.ERROR,
    what="Prerequisites form a circle.",
    why="No reader could begin.",
    fix="Take one of the edges away; `related` may point both ways.",
)
DUPLICATE_ID = Rule(
    "CB306",
    "duplicate-id",
    Severity.ERROR,
    what="Two objects have the same id.",
    why="An address must mean one thing.",
    fix="Rename one of them.",
)
UNKNOWN_WITNESS = Rule(
    "CB307",
    "unknown-witness",
    Severity.ERROR,
    what="A witness is named that the concept does not have.",
    why="Its run would never happen.",
    fix="Correct the id.",
)
UNKNOWN_CURVE = Rule(
    "CB308",
    "unknown-curve",
    Severity.ERROR,
    what="A curve is named that no plot declares.",
    why="There is nothing to compare with.",
    fix="Correct the id.",
)
UNKNOWN_CONTROL = Rule(
    "CB309",
    "unknown-control",
    Severity.ERROR,
    what="A control is named that the witness does not have.",
    why="The setting could not be made.",
    fix="Correct the name, or declare the control.",
)
UNKNOWN_DOMAIN = Rule(
    "CB310",
    "unknown-domain",
    Severity.ERROR,
    what="A concept lies in a domain that notebook.yaml does not list.",
    why="Domains have titles and an order.",
    fix="Add the domain, or move the folder.",
)
UNLISTED_CLAIM = Rule(
    "CB311",
    "unlisted-claim",
    Severity.WARNING,
    what="A claim of the concept's folder is not in its `claims` list.",
    why="Readers would never see it.",
    fix="Add it to the list, or drop the list to show all.",
)
UNKNOWN_OBJECT = Rule(
    "CB312",
    "unknown-object",
    Severity.ERROR,
    what="An object is named that the concept does not have.",
    why="The question or review would hang in the air.",
    fix="Correct the key.",
)
