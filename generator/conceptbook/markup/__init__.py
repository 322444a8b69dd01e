"""Markdown, math, citations and object links: text → tokens with spans → HTML."""

from ..on_demand import on_demand

__getattr__ = on_demand(
    __name__,
    {
        "collect": "formula_characters",
        "fragment": """OBJECT_KINDS SECTIONS Citation CitationItem Formula Fragment Heading Image
            ObjectLink Page PlainLink Proof Section""",
        "html": "Resolver Target to_html",
        "links": "demo_state",
        "math": "MathError mathml",
        "origin": "Origin",
        "parse": "parse_inline parse_page",
    },
)
