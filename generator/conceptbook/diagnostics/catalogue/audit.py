"""What `audit` reports of the state of the evidence (CB70, CB71)."""

from ..diagnostic import Rule, Severity

NO_SOURCE = Rule(
    "CB701",
    "no-source",
    Severity.NOTE,
    what="No source supports or qualifies a claim.",
    why="Readers can follow it nowhere outside the notebook.",
    fix="Add a source, if one says it.",
)
NO_QUOTE = Rule(
    "CB702",
    "no-quote",
    Severity.NOTE,
    what="Grounding evidence of a claim has no quote.",
    why="A short quote lets readers judge the wording at once.",
    fix="Quote the words that bear on the claim.",
)
NO_HUMAN_REVIEW = Rule(
    "CB703",
    "no-human-review",
    Severity.NOTE,
    what="No person has a current review of a claim.",
    why="A machine's pass vouches for nothing by itself.",
    fix="Run `conceptbook review`.",
)
NO_WITNESS = Rule(
    "CB704",
    "no-witness",
    Severity.NOTE,
    what="Nothing in the notebook itself shows a claim: no curve, assert, proof or equation.",
    why="What readers can run or derive, they need not take on trust.",
    fix="Name a witness, if one can show it.",
)
NO_LOCATOR = Rule(
    "CB705",
    "no-locator",
    Severity.NOTE,
    what="Grounding evidence of a claim does not say where in the source.",
    why="Nobody can find the place.",
    fix="Give the page, figure or theorem.",
)
STALE_REVIEW = Rule(
    "CB710",
    "stale-review",
    Severity.WARNING,
    what="What a review covers has changed since.",
    why="Its conclusion was of other words, evidence or code.",
    fix="Review again; `conceptbook review --reaffirm` where only code changed.",
)
CONTESTED_CLAIM = Rule(
    "CB711",
    "contested-claim",
    Severity.NOTE,
    what="Evidence or another claim contradicts a claim.",
    why="Readers are shown it as plainly as support.",
    fix="Nothing, if it is so; narrow the scope where the contradiction lies outside it.",
)
WEAKENED_CLAIM = Rule(
    "CB712",
    "weakened-claim",
    Severity.WARNING,
    what="A source that supports a claim was retracted, or is under an expression of concern.",
    why="The claim stands on less than it says.",
    fix="Read the notice; drop the source, or look whether the rest carries the claim.",
)
COLLAPSED_CLAIM = Rule(
    "CB713",
    "collapsed-claim",
    Severity.ERROR,
    what="Everything that supports a claim was retracted, or is under an expression of concern.",
    why="Nothing is left that says it.",
    fix="Find other evidence, or withdraw the claim.",
)
REJECTED_CLAIM = Rule(
    "CB714",
    "rejected-claim",
    Severity.WARNING,
    what="Reviewers found that the evidence does not say what a claim says.",
    why="Readers are shown the claim as rejected.",
    fix="Change the claim to what its evidence says, or answer in `response`.",
)
DISPUTED_CLAIM = Rule(
    "CB715",
    "disputed-claim",
    Severity.WARNING,
    what="Reviewers came to opposite conclusions about a claim.",
    why="Readers are shown both.",
    fix="A new review by one of them ends it, or an editor's that `settles` it.",
)
DUE_REVIEW = Rule(
    "CB716",
    "due-review",
    Severity.NOTE,
    what="A review is older than the notebook's policy wants.",
    why="The field may have moved since.",
    fix="Review the claim again.",
)
