"""Rules about claims, evidence and reviews."""

from ..diagnostic import Rule, Severity

UNGROUNDED_CLAIM = Rule(
    "CB601",
    "ungrounded-claim",
    Severity.WARNING,
    what="A claim lacks the evidence that its kind needs.",
    why="Readers are shown that nothing supports it.",
    fix="Add a source with a stance, or a witness.",
)
OVERCLAIM = Rule(
    "CB602",
    "overclaim",
    Severity.ERROR,
    what="A published concept holds a claim without the reviews that the policy asks for.",
    why="`published` would promise what nobody checked.",
    fix="Review the claim, or set the concept to in-review.",
)
MISSING_LOCATOR = Rule(
    "CB603",
    "missing-locator",
    Severity.WARNING,
    what="Grounding evidence has no locator.",
    why="Nobody can find the place.",
    fix="Give the page, figure or theorem; leave it out rather than guess.",
)
QUOTE_TOO_LONG = Rule(
    "CB604",
    "quote-too-long",
    Severity.ERROR,
    what="A quotation is longer than the notebook allows.",
    why="Quotations belong to their authors.",
    fix="Shorten it.",
)
MISSING_SCOPE = Rule(
    "CB605",
    "missing-scope",
    Severity.ERROR,
    what="A claim of this kind has no scope.",
    why="Without it nobody can say where it is meant to hold.",
    fix="Say for which models, data or settings.",
)
DEPENDENT_REVIEW = Rule(
    "CB606",
    "dependent-review",
    Severity.ERROR,
    what="A claim's author reviewed it, and the policy asks for independence.",
    why="An author cannot vouch for their own words.",
    fix="Ask somebody else.",
)
BAD_REVIEW = Rule(
    "CB607",
    "bad-review",
    Severity.ERROR,
    what="A review lacks what its conclusion needs, or its fields disagree.",
    why="A pass without what was opened and found vouches for nothing.",
    fix="Complete it with `conceptbook review`.",
)
MISSING_ACCESSED = Rule(
    "CB608",
    "missing-accessed",
    Severity.ERROR,
    what="A web source has no `accessed` date.",
    why="Pages change; readers must know what was seen.",
    fix="Add `accessed`.",
)
INCOMPLETE_SOURCE = Rule(
    "CB609",
    "incomplete-source",
    Severity.WARNING,
    what="A source lacks its author, date or address.",
    why="Readers could not find it.",
    fix="Add `author`, `issued`, and a DOI, ISBN, URL or archive.",
)
BAD_IDENTIFIER = Rule(
    "CB610",
    "bad-identifier",
    Severity.ERROR,
    what="A DOI, ISBN, ORCID, arXiv id or URL is not of its form.",
    why="It would lead nowhere.",
    fix="Correct it; a DOI is written without https://doi.org/.",
)
MISSING_AUTHORS = Rule(
    "CB611",
    "missing-authors",
    Severity.ERROR,
    what="A published concept names no authors.",
    why="Independence of reviews is decided by them.",
    fix="Add `authors`.",
)
EVIDENCE_TWICE = Rule(
    "CB612",
    "evidence-twice",
    Severity.ERROR,
    what="Two evidence entries of a claim have the same id.",
    why="A review could not say which one it read.",
    fix="Give the second an `id`.",
)
MISSING_QUOTE = Rule(
    "CB613",
    "missing-quote",
    Severity.WARNING,
    what="Grounding evidence has no quote, and the notebook's policy asks for one.",
    why="Readers could not see the words that bear on the claim.",
    fix="Quote them, short and verbatim; or take `quote` out of `review.require`.",
)
BROKEN_ADDRESS = Rule(
    "CB614",
    "broken-address",
    Severity.WARNING,
    what="Nothing is at the address of a source any more; looked at with `check --links` alone.",
    why="Readers could not open it.",
    fix="Give the new address, or an archived copy.",
)
