"""What the words of a review mean, for those who choose among them."""

from __future__ import annotations

from collections.abc import Mapping

OPENED: Mapping[str, str] = {
    "full-text": "the whole of it",
    "excerpt": "the place named, not the rest",
    "abstract": "its abstract alone",
    "secondary": "somebody else’s account of it",
    "none": "nothing",
}
FOUND: Mapping[str, str] = {
    "supports": "it says what the claim says, within its scope",
    "qualifies": "it says so on narrower conditions, or adds one",
    "contradicts": "it says otherwise for cases within the scope",
    "background": "it is about this, and does not say it",
    "not-found": "the place named does not say it",
    "not-checked": "you did not look",
}
CONCLUDES: Mapping[str, str] = {
    "supported": "the places named say this, within this scope",
    "supported-with-caveats": "yes, as long as the caveats stand as written",
    "overstated": "the evidence says less: narrower, weaker or on a condition",
    "misattributed": "true or not, this source is not the one that says it",
    "not-supported": "the places named do not say it",
    "contradicted": "this evidence, or better evidence that you name, says otherwise",
    "inaccurate": "right in substance, with a wrong number, date, name or place",
    "inconclusive": "you could not decide: no access, or an unclear source",
    "unverifiable": "nothing public could decide it",
}
