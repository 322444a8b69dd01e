"""The notebook's vocabulary in a reader's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from conceptbook_kit.scales import format_number
from markupsafe import Markup, escape

STATUS = {
    "draft": "Draft",
    "in-review": "In review",
    "published": "Published",
    "retired": "Retired",
}
NOTICES = {
    "draft": "A draft: not ready to be relied on.",
    "retired": "Retired: kept for those who link to it.",
}
IMPORTANCE = {
    "essential": "Essential",
    "important": "Important",
    "supplementary": "For the curious",
}
MATH = {
    "none": "None",
    "school": "School",
    "undergraduate": "Undergraduate",
    "graduate": "Graduate",
    "research": "Research",
}
DIFFICULTY = (
    "No background",
    "One new idea",
    "Several new ideas",
    "Long chains",
    "Research reading",
)
BADGE = {
    "withdrawn": "Withdrawn",
    "superseded": "Superseded",
    "collapsed": "Its sources are retracted",
    "rejected": "Rejected in review",
    "disputed": "Disputed in review",
    "unsupported": "Unsupported",
    "stale": "Review out of date",
    "weakened": "A source is retracted",
    "reviewed": "Reviewed",
    "under-review": "Under review",
    "unreviewed": "Unreviewed",
}
KIND = {
    "empirical": "Empirical finding",
    "theorem": "Theorem",
    "definition": "Definition",
    "computation": "Computation",
    "record": "Record",
    "guidance": "Guidance",
    "conjecture": "Conjecture",
}
STANCE = {
    "supports": "Supports",
    "qualifies": "Qualifies",
    "contradicts": "Contradicts",
    "background": "Background",
}
STANCE_VERB = {
    "supports": ("supports", "support"),
    "qualifies": ("qualifies", "qualify"),
    "contradicts": ("contradicts", "contradict"),
    "background": ("gives background", "give background"),
}
OBJECT = {"curve": "Curve", "assert": "Assertion", "proof": "Proof", "equation": "Equation"}
CONCLUSION = {
    "supported": "Supported",
    "supported-with-caveats": "Supported, with the caveats as written",
    "overstated": "Overstated",
    "misattributed": "Misattributed",
    "not-supported": "Not supported",
    "contradicted": "Contradicted",
    "inaccurate": "Inaccurate",
    "inconclusive": "Inconclusive",
    "unverifiable": "Unverifiable",
}
SOURCE_TYPE = {
    "article": "Preprint",
    "article-journal": "Journal article",
    "paper-conference": "Conference paper",
    "book": "Book",
    "chapter": "Chapter",
    "thesis": "Thesis",
    "report": "Report",
    "webpage": "Web page",
    "post": "Web post",
    "post-weblog": "Web post",
    "dataset": "Data set",
    "software": "Software",
}


def law(kind: str, declared: Mapping[str, Any], resolved: Mapping[str, Any] | None) -> Markup:
    """A shape as a sentence without its subject: `falls from 40 (n_train) to 50 (past_peak)`.

    `resolved` are the arguments as a run had them; without a record names stand for themselves.
    The number behind a name is marked, so that the page can show what another run made of it.
    """
    # The model lets in numbers, names of the program and ids only.
    return Markup(_law(kind, declared, resolved))


def _law(kind: str, declared: Mapping[str, Any], resolved: Mapping[str, Any] | None) -> str:

    def arg(name: str) -> str:
        return _value(declared[name], None if resolved is None else resolved.get(name))

    span = _span(declared, arg)
    match kind:
        case "increasing" | "decreasing":
            verb = "rises" if kind == "increasing" else "falls"
            slack = (
                f", by no more than {arg('slack')} the other way" if declared.get("slack") else ""
            )
            return f"{verb}{span or ' throughout'}{slack}"
        case "peak" | "valley":
            verb = "peaks" if kind == "peak" else "is lowest"
            side = "its neighbours" if kind == "peak" else "below its neighbours"
            times = f", {arg('times')} times {side} or more" if "times" in declared else ""
            return f"{verb} at {arg('at')}{times}{span and f', seen{span}'}"
        case "above" | "below":
            other = arg("value") if "value" in declared else f"the curve {declared.get('curve')}"
            margin = f" by more than {arg('by')}" if declared.get("by") else ""
            return f"stays {kind} {other}{margin}{span}"
        case "within":
            return f"stays between {arg('low')} and {arg('high')}{span}"
        case "ratio":
            bounds = [
                f"at {word} {arg(name)}"
                for word, name in (("least", "at_least"), ("most", "at_most"))
                if name in declared
            ]
            return f"at {arg('x1')} is {' and '.join(bounds)} times its value at {arg('x2')}"
        case "slope":
            axes = declared.get("axes", "linear")
            scale = "" if axes == "linear" else f" on {axes} axes"
            return f"has a slope between {arg('low')} and {arg('high')}{scale}{span}"
        case "converges":
            return f"stays within {arg('within')} of {arg('to')} from {arg('from')} on"
        case "equal":
            return f"equals the curve {declared.get('curve')}{span}"
        case "crosses":
            way = f" on its way {declared['direction']}" if declared.get("direction") else ""
            return f"crosses {arg('level')} at {arg('at')}{way}{span}"
    return kind


def _span(declared: Mapping[str, Any], arg: Any) -> str:
    begin, end = declared.get("from"), declared.get("to")
    if begin is not None and end is not None:
        return f" from {arg('from')} to {arg('to')}"
    if begin is not None:
        return f" from {arg('from')} on"
    return f" up to {arg('to')}" if end is not None else ""


def _value(declared: Any, resolved: Any) -> str:
    if isinstance(declared, list | tuple):
        several = resolved if isinstance(resolved, list | tuple) else [None] * len(declared)
        pairs = zip(declared, several, strict=False)
        return " to ".join(_value(one, other) for one, other in pairs)
    if isinstance(declared, str):
        known = isinstance(resolved, int | float) and not isinstance(resolved, bool)
        name = f"<code>{escape(declared)}</code>"
        value = format_number(resolved) if known else None
        return f'<span data-scalar="{escape(declared)}">{value}</span> ({name})' if value else name
    return format_number(declared)


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 claim`, `3 claims`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def stances(found: Iterable[str]) -> list[str]:
    """`2 support`, `1 contradicts`: how many take each stance, all with the same weight."""
    counts = Counter(found)
    return [f"{n} {STANCE_VERB[stance][n > 1]}" for stance in STANCE if (n := counts[stance])]


def listed(parts: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def beginning(statement: str, most: int = 90) -> str:
    """Of a statement, cut between words: for a title or a link."""
    bare = statement.rstrip(".")
    return bare if len(bare) <= most else f"{bare[:most].rsplit(' ', 1)[0].rstrip(',;:')} …"
