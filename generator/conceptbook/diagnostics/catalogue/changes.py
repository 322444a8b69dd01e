"""What `audit --since` reports: what changed under the claims from one revision to another
(CB72 to CB75)."""

from ..diagnostic import Rule, Severity

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
EVIDENCE_REWORDED = Rule(
    "CB737",
    "evidence-reworded",
    Severity.NOTE,
    what="The note or translation of evidence, or what a witness is said to show, changed.",
    why="It is by these words that readers take the evidence for support.",
    fix="Hold them against the source or the curve.",
)
WITNESS_DROPPED = Rule(
    "CB738",
    "witness-dropped",
    Severity.WARNING,
    what="A claim does not name a curve, assert, proof or equation any more that it named.",
    why="What readers could run or derive for themselves is gone.",
    fix="Say in the commit why.",
)
WITNESS_ADDED = Rule(
    "CB739",
    "witness-added",
    Severity.NOTE,
    what="A claim names a curve, assert, proof or equation that it did not name.",
    why="It has to show the claim.",
    fix="Review the claim.",
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
    what="A review, or its withdrawal, was committed by somebody else than its reviewer.",
    why="Nothing shows that the reviewer wrote it.",
    fix="Let the reviewer commit it, or confirm it in the pull request.",
)
REVIEWER_CHANGED = Rule(
    "CB745",
    "reviewer-changed",
    Severity.ERROR,
    what="The key of somebody who has reviewed stands for another person, or a tool for a person.",
    why="Their reviews would count as somebody else's, or a machine's as a person's.",
    fix="Restore the record, and add another key for the other person.",
)
POLICY_CHANGED = Rule(
    "CB746",
    "policy-changed",
    Severity.WARNING,
    what="The policy of reviews in notebook.yaml is another.",
    why="Claims may count as reviewed, or no longer, without a word of theirs having changed.",
    fix="Say in the commit why.",
)
REVIEW_WITHDRAWN = Rule(
    "CB747",
    "review-withdrawn",
    Severity.NOTE,
    what="A review was withdrawn.",
    why="It stays to be read, and counts no longer.",
    fix="Nothing, if its reviewer did it.",
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
ASSERTION_CHANGED = Rule(
    "CB752",
    "assertion-changed",
    Severity.WARNING,
    what="A curve has another tolerance or shape, or its points are judged in another way.",
    why="A wider tolerance or a dropped shape lets more pass than claims and reviews were told.",
    fix="Compare the two; say in `tolerance_because` or `because` why.",
)
PROOF_REWRITTEN = Rule(
    "CB753",
    "proof-rewritten",
    Severity.NOTE,
    what="A proof or equation that a claim names has another text.",
    why="The claim rests on what it says.",
    fix="Read it again.",
)
RELATIONS_CHANGED = Rule(
    "CB754",
    "relations-changed",
    Severity.NOTE,
    what="A claim supersedes, contradicts, refines or rests on other claims than before.",
    why="Advice is grounded by what it rests on, and a contradiction is shown on both sides.",
    fix="Look at the claims on both ends.",
)
