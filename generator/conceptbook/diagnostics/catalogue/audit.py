"""What `audit` reports: the state of the evidence (CB70, CB71), and what changed under the claims
between two revisions (CB72 to CB75)."""

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
CLAIM_ADDED = Rule(
    "CB720",
    "claim-added",
    Severity.NOTE,
    what="A claim is new since the other revision.",
    why="It wants a reviewer.",
    fix="Review it.",
)
CLAIM_REMOVED = Rule(
    "CB721",
    "claim-removed",
    Severity.WARNING,
    what="A claim of the other revision is gone.",
    why="Its address breaks, and with it what others cited.",
    fix="Withdraw a claim with `withdrawn`, or name its old id in `aliases` of its successor.",
)
CLAIM_RENAMED = Rule(
    "CB722",
    "claim-renamed",
    Severity.NOTE,
    what="A claim has another id, and its old one is among its aliases.",
    why="Links to the old address are led on.",
    fix="Nothing.",
)
CLAIM_WITHDRAWN = Rule(
    "CB723",
    "claim-withdrawn",
    Severity.NOTE,
    what="A claim was withdrawn, or stands again.",
    why="Its page became a tombstone, or a claim again.",
    fix="Look at the claims that rest on it.",
)
CLAIM_REWORDED = Rule(
    "CB724",
    "claim-reworded",
    Severity.NOTE,
    what="The statement of a claim says something else than before.",
    why="Evidence and reviews were of the former words.",
    fix="Hold it against its evidence again.",
)
KIND_CHANGED = Rule(
    "CB725",
    "kind-changed",
    Severity.NOTE,
    what="A claim is of another kind than before.",
    why="Its kind decides what evidence it needs.",
    fix="Look whether it has what its kind needs.",
)
SCOPE_NARROWED = Rule(
    "CB726",
    "scope-narrowed",
    Severity.NOTE,
    what="A claim's scope was added, or has all its former words and more.",
    why="The claim says less, if the new words are conditions.",
    fix="Make sure that they are conditions, and not further cases.",
)
SCOPE_BROADENED = Rule(
    "CB727",
    "scope-broadened",
    Severity.WARNING,
    what="A claim's scope was dropped, or lost words that it had.",
    why="The claim says more, if the lost words were conditions; its evidence is the same.",
    fix="Make sure that the evidence covers what the claim says now.",
)
SCOPE_CHANGED = Rule(
    "CB728",
    "scope-changed",
    Severity.WARNING,
    what="A claim's scope is in other words than before.",
    why="Only a reader can tell whether it says more or less.",
    fix="Compare the two.",
)
CAVEAT_DROPPED = Rule(
    "CB729",
    "caveat-dropped",
    Severity.WARNING,
    what="A caveat of a claim is gone.",
    why="The claim says more than it did.",
    fix="Make sure that the evidence carries it without.",
)
CAVEAT_ADDED = Rule(
    "CB730",
    "caveat-added",
    Severity.NOTE,
    what="A claim has a caveat that it had not.",
    why="The claim says less than it did.",
    fix="Nothing.",
)
SOURCE_DROPPED = Rule(
    "CB731",
    "source-dropped",
    Severity.WARNING,
    what="A source that bore on a claim is gone from its evidence.",
    why="Support, or a contradiction, went with it.",
    fix="Say in the commit why.",
)
SOURCE_ADDED = Rule(
    "CB732",
    "source-added",
    Severity.NOTE,
    what="A claim has evidence that it had not.",
    why="It wants to be opened by a reviewer.",
    fix="Review the claim.",
)
STANCE_CHANGED = Rule(
    "CB733",
    "stance-changed",
    Severity.WARNING,
    what="A source is said to bear on a claim in another way than before.",
    why="The source has not changed.",
    fix="Open it at its locator.",
)
LOCATOR_LOST = Rule(
    "CB734",
    "locator-lost",
    Severity.WARNING,
    what="Evidence no longer says where in its source.",
    why="Nobody can find the place.",
    fix="Give it again.",
)
LOCATOR_CHANGED = Rule(
    "CB735",
    "locator-changed",
    Severity.NOTE,
    what="Evidence names another place in its source, or names one for the first time.",
    why="It is that place that has to say it.",
    fix="Open it there.",
)
QUOTE_CHANGED = Rule(
    "CB736",
    "quote-changed",
    Severity.NOTE,
    what="The quote of an evidence entry is another, new, or gone.",
    why="A quote is verbatim: it changes only when it was wrong, or of another place.",
    fix="Compare it with the source.",
)
REVIEW_ADDED = Rule(
    "CB740",
    "review-added",
    Severity.NOTE,
    what="A claim has a review that it had not.",
    why="It may change the claim's status.",
    fix="Nothing.",
)
REVIEW_INVALIDATED = Rule(
    "CB741",
    "review-invalidated",
    Severity.WARNING,
    what="A review that was current is stale now.",
    why="What it covers has changed.",
    fix="Ask for a new review.",
)
REVIEW_ALTERED = Rule(
    "CB742",
    "review-altered",
    Severity.ERROR,
    what="A review says something else than it did.",
    why="Reviews are append-only: what somebody vouched for is not rewritten.",
    fix="Restore it, and add a new review.",
)
REVIEW_REMOVED = Rule(
    "CB743",
    "review-removed",
    Severity.ERROR,
    what="A review is gone.",
    why="Reviews are append-only: what somebody found stays to be read.",
    fix="Restore it; its reviewer may mark it `withdrawn`.",
)
REVIEW_BY_ANOTHER = Rule(
    "CB744",
    "review-by-another",
    Severity.WARNING,
    what="A review was committed by somebody else than its reviewer.",
    why="Nothing shows that the reviewer wrote it.",
    fix="Let the reviewer commit it, or confirm it in the pull request.",
)
CURVE_RERECORDED = Rule(
    "CB750",
    "curve-re-recorded",
    Severity.NOTE,
    what="The recorded numbers of a curve are others than before.",
    why="Claims, prose and reviews were of the former numbers.",
    fix="Look at both.",
)
UPDATED_NOT_MOVED = Rule(
    "CB751",
    "updated-not-moved",
    Severity.WARNING,
    what="A concept's text changed and its `updated` date did not.",
    why="Readers are told that nothing has changed since.",
    fix="Set `updated` to the day of the change.",
)
