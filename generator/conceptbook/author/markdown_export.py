"""A concept as one Markdown file that reads well anywhere: words, program, claims, works."""

from __future__ import annotations

from ..load import LoadedConcept, LoadedNotebook
from .portable import portable_line, portable_page, references, short_name


def write_markdown(concept: LoadedConcept, notebook: LoadedNotebook) -> str:
    """The concept as one Markdown file that other programs can read."""
    parts = [f"# {concept.record.title}", portable_line(concept.record.summary, notebook)]
    parts.append(portable_page(concept, notebook))
    for witness in concept.witnesses.values():
        why = f"{witness.record.not_runnable}\n\n" if witness.record.not_runnable else ""
        code = f"```python\n{witness.code.strip()}\n```"
        parts.append(f"## Program: {witness.record.path}\n\n{why}{code}")
    if claims := claim_lines(concept, notebook):
        parts.append("## Claims\n\n" + "\n".join(claims))
    if works := references(concept, notebook):
        parts.append("## Works\n\n" + "\n".join(works))
    return "\n\n".join(filter(None, parts)) + "\n"


def claim_lines(concept: LoadedConcept, notebook: LoadedNotebook) -> list[str]:
    """Each claim with its id, its scope and its sources."""
    lines = []
    for claim in notebook.claims.values():
        if claim.concept != concept.id or claim.record.withdrawn:
            continue
        record = claim.record
        lines.append(
            f"- **{portable_line(record.statement, notebook)}** `{claim.id}` ({record.kind})"
        )
        if record.scope:
            lines.append(f"  - scope: {portable_line(record.scope, notebook)}")
        for entry in record.evidence:
            place = f", {entry.locator}" if entry.locator else ""
            lines.append(f"  - {entry.stance}: {short_name(entry.source, notebook)}{place}")
    return lines
