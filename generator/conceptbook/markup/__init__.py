"""Markdown, math, citations and object links: text → tokens with spans → HTML."""

from .collect import formula_characters
from .fragment import (
    OBJECT_KINDS,
    SECTIONS,
    Citation,
    CitationItem,
    Formula,
    Fragment,
    Heading,
    Image,
    ObjectLink,
    Page,
    PlainLink,
    Proof,
    Section,
)
from .highlight import highlight
from .html import Resolver, Target, to_html
from .links import demo_state
from .math import MathError, mathml
from .origin import Origin
from .parse import parse_inline, parse_page

__all__ = [
    "OBJECT_KINDS",
    "SECTIONS",
    "Citation",
    "CitationItem",
    "Formula",
    "Fragment",
    "Heading",
    "Image",
    "MathError",
    "ObjectLink",
    "Origin",
    "Page",
    "PlainLink",
    "Proof",
    "Resolver",
    "Section",
    "Target",
    "demo_state",
    "formula_characters",
    "highlight",
    "mathml",
    "parse_inline",
    "parse_page",
    "to_html",
]
