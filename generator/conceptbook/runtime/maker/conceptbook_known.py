"""What Python would work out anew at every start, worked out once by the maker.

These are the methods that dataclasses and named tuples write for themselves as text, and the
regular expressions of the modules. Whatever is not known here is compiled as ever.
"""

import marshal

TEXTS = {}
"""(text, mode) -> its code."""
PATTERNS = {}
"""(pattern, flags) -> what `_sre.compile` is called with beside the pattern."""


def learn(texts, patterns):
    TEXTS.update(marshal.loads(texts))
    PATTERNS.update(marshal.loads(patterns))


def code(text, mode):
    return TEXTS.get((text, mode)) or compile(text, "<string>", mode, dont_inherit=True)


def run(text, namespace, names):
    """`exec`, as dataclasses uses it."""
    exec(code(text, "exec"), namespace, names)


def value(text, namespace):
    """`eval`, as collections uses it."""
    return eval(code(text, "eval"), namespace)


def patterns(original, sre):
    """`compile` of re._compiler, with a look at what is known first."""

    def compile(p, flags=0):
        known = PATTERNS.get((p, int(flags))) if isinstance(p, (str, bytes)) else None
        return original(p, flags) if known is None else sre.compile(p, *known)

    return compile
