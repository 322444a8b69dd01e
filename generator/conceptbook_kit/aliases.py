"""What the names in a program's source stand for, as far as its imports tell."""

from __future__ import annotations

import ast
from collections.abc import Mapping


def aliases(tree: ast.AST) -> dict[str, str]:
    """Local name → dotted name of what was imported under it."""
    known = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    known[alias.asname] = alias.name
                else:
                    top = alias.name.partition(".")[0]
                    known[top] = top
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return known


def dotted(node: ast.AST, known: Mapping[str, str]) -> str:
    """`np.random.normal` as "numpy.random.normal" by the aliases; "" for anything else."""
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    if isinstance(node, ast.Attribute):
        owner = dotted(node.value, known)
        return f"{owner}.{node.attr}" if owner else ""
    return ""
